import Glibc

/// A program that was started as a shell starts one, with its output in files, so that no pipe can fill up.
final class ProgramRun {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// What it wrote and how it ended, with the status that a shell gives: its own, or 128 and the signal's number.
  struct Ended: Equatable, Sendable {
    var status: Int32
    var output: String
    var error: String
  }

  let processID: pid_t
  private let files: TemporaryFolder
  private var isReaped = false

  /// - Parameters:
  ///   - command: Its first word is looked up in PATH.
  ///   - folder: The working directory.
  ///   - environment: All that it gets.
  init(_ command: [String], in folder: String, environment: [String: String]) throws {
    files = try TemporaryFolder()
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, files.path + "/output", O_WRONLY | O_CREAT | O_APPEND, 0o600)
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, files.path + "/error", O_WRONLY | O_CREAT | O_APPEND, 0o600)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    var all = sigset_t()
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    // env goes into the folder and then becomes the program: one process, one id.
    var words: [UnsafeMutablePointer<CChar>?] = (["/usr/bin/env", "-C", folder] + command).map { strdup($0) } + [nil]
    var settings: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0)=\($1)") } + [nil]
    defer { for pointer in words + settings { free(pointer) } }
    var processID: pid_t = 0
    let code = posix_spawn(&processID, "/usr/bin/env", &actions, &attributes, &words, &settings)
    guard code == 0 else { throw Failure(description: "\(command): \(String(cString: strerror(code)))") }
    self.processID = processID
  }

  deinit {
    if !isReaped {
      kill(processID, SIGKILL)
      waitpid(processID, nil, 0)
    }
  }

  func signal(_ number: Int32) {
    if !isReaped { kill(processID, number) }
  }

  var output: String { Files.text(files.path + "/output") ?? "" }
  var error: String { Files.text(files.path + "/error") ?? "" }

  func end(within limit: Duration = .seconds(120)) async throws -> Ended {
    let end = ContinuousClock.now + limit
    var status: Int32 = 0
    while waitpid(processID, &status, WNOHANG) == 0 {
      guard ContinuousClock.now < end else { throw Failure(description: "still running after: \(output)\(error)") }
      try await Task.sleep(for: .milliseconds(3))
    }
    isReaped = true
    return Ended(status: Self.words(status), output: output, error: error)
  }

  /// Waits for its end without letting others run: for what takes no time.
  func wait() -> Int32 {
    var status: Int32 = -1
    while waitpid(processID, &status, 0) < 0, errno == EINTR {}
    isReaped = true
    return Self.words(status)
  }

  private static func words(_ status: Int32) -> Int32 { status & 0x7f == 0 ? (status >> 8) & 0xff : 128 + (status & 0x7f) }
}

/// Waits until something is true, for as long as a loaded machine may need.
func eventually(_ what: String, within limit: Duration = .seconds(60), _ holds: () throws -> Bool) async throws {
  let end = ContinuousClock.now + limit
  while try !holds() {
    guard ContinuousClock.now < end else { throw ProgramRun.Failure(description: "never came about: \(what)") }
    try await Task.sleep(for: .milliseconds(5))
  }
}
