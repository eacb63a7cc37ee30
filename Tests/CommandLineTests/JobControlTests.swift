import Glibc
import Testing

@Suite("job control", .serialized)
struct JobControlTests {
  private let harness: ForegroundHarness

  init() throws {
    harness = try ForegroundHarness()
  }

  @Test("Ctrl-Z stops the command and fg continues it, as the bare command")
  func stopAndContinue() async throws {
    let seen = try await harness.atShell { terminal in
      terminal.type("$W sh -c 'echo ready; read word; echo got $word; exit 9'\n")
      try await terminal.expect("ready")
      terminal.type("\u{1a}")
      try await terminal.expect("Stopped")
      terminal.type("echo status $?; jobs; echo listed\n")
      try await terminal.expect("listed")
      terminal.type("fg\n")
      try await terminal.expect("$W sh")
      try await Task.sleep(for: .milliseconds(200))
      terminal.type("again\n")
      try await terminal.expect("got again")
      terminal.type("echo status $?\n")
      try await terminal.expect("status 9")
    }
    #expect(seen.bare == seen.wrapped)
  }

  @Test("Ctrl-Z again and again, with what the command sees of it")
  func many() async throws {
    let seen = try await harness.atShell { terminal in
      terminal.type("$W bash -c 'trap \"echo continued\" CONT; echo ready; until read -t 0.1 word; do :; done; echo end'\n")
      try await terminal.expect("ready")
      for _ in 1...5 {
        terminal.type("\u{1a}")
        try await terminal.expect("Stopped")
        terminal.type("fg\n")
        try await terminal.expect("continued")
        try await Task.sleep(for: .milliseconds(150))
      }
      terminal.type("word\n")
      try await terminal.expect("end")
    }
    #expect(seen.wrapped.transcript.ranges(of: "continued\r\n").count == 5)
    #expect(seen.bare == seen.wrapped)
  }

  @Test("a command that alone is stopped stops the job", arguments: ["STOP", "TSTP", "TTIN", "TTOU"])
  func onlyTheCommand(signal: String) async throws {
    let seen = try await harness.atShell { terminal in
      terminal.type("$W sh -c 'echo ready; kill -\(signal) $$; echo continued; exit 3'\n")
      try await terminal.expect("Stopped")
      terminal.type("jobs -l | cut -c 14-; echo listed\n")
      try await terminal.expect("listed")
      terminal.type("fg\n")
      try await terminal.expect("continued")
      terminal.type("echo status $?\n")
      try await terminal.expect("status 3")
    }
    #expect(seen.bare == seen.wrapped)
  }

  @Test("a command in the background that reads the terminal stops the job")
  func background() async throws {
    let seen = try await harness.atShell { terminal in
      terminal.type("$W sh -c 'read word; echo got $word' &\n")
      try await terminal.expect("[1] ")
      // The shell tells of it before its next prompt, so that must not come too early.
      terminal.type("until jobs -s | grep -q .; do sleep 0.05; done\n")
      try await terminal.expect("Stopped")
      terminal.type("fg\n")
      try await terminal.expect("$W sh")
      try await Task.sleep(for: .milliseconds(300))
      terminal.type("word\n")
      try await terminal.expect("got word")
    }
    #expect(seen.bare == seen.wrapped)
  }

  @Test("a command that ignores Ctrl-Z is not stopped")
  func ignored() async throws {
    let seen = try await harness.atShell { terminal in
      terminal.type("$W bash -c 'trap \"\" TSTP; echo ready; read word; echo got $word'\n")
      try await terminal.expect("ready")
      terminal.type("\u{1a}")
      try await Task.sleep(for: .milliseconds(200))
      terminal.type("word\n")
      try await terminal.expect("got word")
    }
    #expect(!seen.wrapped.transcript.contains("Stopped"))
    #expect(seen.bare == seen.wrapped)
  }

  @Test("only the outer process is continued, and the command continues too")
  func outerContinued() async throws {
    let seen = try await harness.atShell { terminal in
      terminal.type("$W bash -c 'trap \"echo continued\" CONT; echo ready; kill -STOP $$; sleep 0.2; echo end'\n")
      try await terminal.expect("Stopped")
      terminal.type("kill -CONT $(jobs -p); sleep 0.7; echo waited\n")
      try await terminal.expect("waited")
    }
    #expect(seen.wrapped.transcript.ranges(of: "continued\r\n").count == 1)
    #expect(seen.bare == seen.wrapped)
  }

  @Test("a killed command leaves the terminal as it was")
  func terminalModes() async throws {
    let seen = try await harness.atShell { terminal in
      terminal.type("$W bash -c 'stty raw; kill -KILL $$' 2> /dev/null\n")
      terminal.type("stty -a; echo shown\n")
      try await terminal.expect("shown")
    }
    #expect(seen.wrapped.transcript.contains(" icanon"))
  }
}
