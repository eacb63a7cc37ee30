import Glibc
import Testing

/// The command of `run` must not notice that it is not the user's shell that started it.
@Suite("a command in the foreground", .serialized)
struct ForegroundTests {
  private let harness: ForegroundHarness

  init() throws {
    harness = try ForegroundHarness()
  }

  /// Says each signal that arrives, waits without a process of its own for the first one and half a second longer, and ends with 7.
  ///
  /// However late the test is with its signal, it is waited for; one that arrives a second time is seen in what follows.
  private let patient = """
    got() { echo "got $1"; seen=1; }
    for name in HUP INT QUIT TERM USR1 USR2 WINCH ALRM; do trap "got $name" $name; done
    exec 9<> <(:)
    echo ready
    for turn in {1..200}; do [ "$seen" ] && break; read -t 0.1 -u 9; done
    for turn in {1..5}; do read -t 0.1 -u 9; done
    echo done
    exit 7
    """

  @Test("gets keys of the terminal once", arguments: [("\u{3}", "got INT"), ("\u{1c}", "got QUIT")])
  func keys(key: String, sign: String) async throws {
    let seen = try await harness.run(patient) { terminal in
      try await terminal.expect("ready")
      terminal.type(key)
      try await terminal.expect(sign)
    }
    #expect(seen.wrapped.transcript.components(of: sign) == 1)
    #expect(seen.wrapped.status == 7)
    #expect(seen.bare == seen.wrapped)
  }

  @Test(
    "gets what is sent to the process that runs it",
    arguments: [SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2, SIGWINCH, SIGALRM])
  func kill(signal: Int32) async throws {
    let seen = try await harness.run(patient) { terminal in
      try await terminal.expect("ready")
      terminal.signal(signal)
      try await terminal.expect("got ")
    }
    #expect(seen.wrapped.status == 7)
    #expect(seen.bare == seen.wrapped)
  }

  @Test("has the terminal, in its foreground group, at its size")
  func terminal() async throws {
    let script = """
      [ -t 0 ] && [ -t 1 ] && [ -t 2 ] && echo three
      read -r _ _ _ _ group _ _ foreground _ < /proc/$$/stat; [ $group = $foreground ] && echo foreground
      stty size
      read -p "name? " name; echo hello $name
      stty -a
      """
    let seen = try await harness.run(script) { terminal in
      try await terminal.expect("name? ")
      terminal.type("swift\n")
    }
    #expect(seen.wrapped.transcript.hasPrefix("three\r\nforeground\r\n24 100\r\nname? hello swift\r\n"))
    #expect(seen.bare == seen.wrapped)
  }

  @Test("gives its status on", arguments: [0, 1, 2, 3, 4, 125, 126, 127, 128, 255])
  func status(status: Int32) async throws {
    let seen = try await harness.run("exit \(status)")
    #expect(seen.wrapped.status == status)
    #expect(seen.bare == seen.wrapped)
  }

  @Test("that a signal ends gives 128 and the signal's number", arguments: [SIGSEGV, SIGKILL, SIGTERM, SIGINT, SIGABRT])
  func death(signal: Int32) async throws {
    let seen = try await harness.run("ulimit -c 0; kill -\(signal) $$")
    #expect(seen.wrapped.status == 128 + signal)
    #expect(seen.bare == seen.wrapped)
  }

  @Test("that can't be started ends as env ends it", arguments: ["no-such-command-here", "./plain", "./folder", "./lost", "''"])
  func notStarted(command: String) async throws {
    let folder = try TemporaryFolder()
    try folder.write("plain", "echo no\n", mode: 0o644)
    try folder.write("lost", "#!/nonexistent/interpreter\n", mode: 0o755)
    mkdir(folder.path + "/folder", 0o755)
    let script = """
      cd \(folder.path)
      env \(command) 2> /dev/null; echo $?
      \(harness.wrapperText) \(command) 2> message; echo $?
      [ -s message ] && echo said
      """
    let lines = try await shell(script)
    #expect(lines.count == 3)
    #expect(lines.first == lines.dropFirst().first)
    #expect(["126", "127"].contains(lines.first))
    #expect(lines.last == "said")
  }

  @Test("may be a script without an interpreter line, found in PATH")
  func scriptWithoutInterpreter() async throws {
    let folder = try TemporaryFolder()
    try folder.write("plain-script", "echo $0 $1\n", mode: 0o755)
    let lines = try await shell("PATH=\(folder.path):$PATH; \(harness.wrapperText) plain-script word")
    #expect(lines == ["\(folder.path)/plain-script word"])
  }

  @Test("has the descriptors of the caller and none of ours")
  func descriptors() async throws {
    let list = "sh -c 'cd /proc/self/fd; for name in *; do [ $name = 255 ] || echo $name; done'"
    let lines = try await shell(
      """
      exec 3> /dev/null 9< /dev/zero
      \(list); echo -; \(harness.wrapperText) \(list)
      echo -; \(list) <&-; echo -; \(harness.wrapperText) \(list) <&-
      """)
    let parts = lines.split(separator: "-")
    try #require(parts.count == 4)
    #expect(parts[0].contains("3") && parts[0].contains("9"))
    #expect(parts[0] == parts[1])
    #expect(parts[2] == parts[3])
  }

  @Test("reads a process substitution and writes to an inherited descriptor")
  func substitution() async throws {
    let lines = try await shell("\(harness.wrapperText) cat <(echo inside); exec 3>&1; \(harness.wrapperText) sh -c 'echo third >&3'")
    #expect(lines == ["inside", "third"])
  }

  @Test("keeps the signals that were ignored or blocked, and only those")
  func signalState() async throws {
    let look = "grep -E ^Sig(Blk|Ign|Cgt) /proc/self/status".split(separator: " ").map { "'\($0)'" }.joined(separator: " ")
    let lines = try await shell(
      """
      \(look); \(harness.wrapperText) \(look)
      trap '' HUP INT PIPE; \(look); \(harness.wrapperText) \(look)
      """)
    try #require(lines.count == 12)
    #expect(lines[0..<3] == lines[3..<6])
    #expect(lines[6..<9] == lines[9..<12])
    #expect(lines[1] != lines[7])
  }

  @Test("is not ended by a hang-up that its caller ignores")
  func hangUp() async throws {
    let seen = try await harness.run("trap '' HUP; \(harness.wrapperText) sh -c 'echo up; sleep 0.3; echo still' ") {
      try await $0.expect("up")
      Glibc.kill(-$0.processID, SIGHUP)
    }
    #expect(seen.wrapped.transcript == "up\r\nstill\r\n")
    #expect(seen.bare == seen.wrapped)
  }

  @Test("gets its words byte for byte")
  func bytes() async throws {
    let words = "$'\\xff\\xfe' '' ' ' $'e\\xcc\\x81'"
    let lines = try await shell("printf '<%s>' \(words) | od -c; \(harness.wrapperText) printf '<%s>' \(words) | od -c")
    #expect(lines.count == 4)
    #expect(Array(lines.prefix(2)) == Array(lines.suffix(2)))
  }

  @Test("dies of a reader who leaves")
  func brokenPipe() async throws {
    let lines = try await shell("\(harness.wrapperText) yes | head -1; echo ${PIPESTATUS[0]}")
    #expect(lines == ["y", "141"])
  }

  private func shell(_ script: String) async throws -> [String] {
    let terminal = try PseudoTerminal(["/bin/bash", "--norc", "--noprofile", "-c", script])
    _ = try await terminal.end()
    return terminal.text.split(separator: "\r\n", omittingEmptySubsequences: false).dropLast().map { String($0) }
  }
}

extension String {
  fileprivate func components(of part: String) -> Int { ranges(of: part).count }
}
