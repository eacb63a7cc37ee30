import Glibc

/// A real program on a real terminal: a session of its own whose controlling terminal this process drives.
///
/// Echo is off, so that a transcript holds only what programs wrote.
final class PseudoTerminal {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// The program's process, leader of its session.
  let processID: pid_t

  /// Everything that was written to the terminal so far.
  private(set) var transcript: [UInt8] = []

  private let controller: Int32
  private var expectedUntil = 0
  private var isReaped = false

  init(_ command: [String], environment: [String: String] = [:]) throws {
    var controller: Int32 = -1
    var device: Int32 = -1
    var size = winsize(ws_row: 24, ws_col: 100, ws_xpixel: 0, ws_ypixel: 0)
    guard openpty(&controller, &device, nil, nil, &size) == 0 else { throw Failure(description: "openpty: \(errno)") }
    defer { close(device) }
    var modes = termios()
    tcgetattr(device, &modes)
    modes.c_lflag &= ~tcflag_t(ECHO)
    tcsetattr(device, TCSANOW, &modes)
    for descriptor in [controller, device] { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    _ = fcntl(controller, F_SETFL, O_NONBLOCK)

    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    // A session's leader that opens a terminal gets it as its controlling one.
    var name = [CChar](repeating: 0, count: 64)
    guard ttyname_r(device, &name, name.count) == 0 else { throw Failure(description: "ttyname_r: \(errno)") }
    posix_spawn_file_actions_addopen(&actions, 0, name, O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, 0, 1)
    posix_spawn_file_actions_adddup2(&actions, 0, 2)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    var all = sigset_t()
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    let newSession: Int32 = 0x80  // POSIX_SPAWN_SETSID of <spawn.h>, which is not imported.
    posix_spawnattr_setflags(&attributes, Int16(newSession | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

    let variables = ["PATH": "/usr/bin:/bin", "TERM": "xterm", "LC_ALL": "C", "PS1": "", "HOME": "/nonexistent"]
      .merging(environment) { $1 }
    var words: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
    var settings: [UnsafeMutablePointer<CChar>?] = variables.map { strdup("\($0)=\($1)") } + [nil]
    defer { for pointer in words + settings { free(pointer) } }
    var processID: pid_t = 0
    let code = posix_spawn(&processID, command[0], &actions, &attributes, &words, &settings)
    guard code == 0 else {
      close(controller)
      throw Failure(description: "\(command[0]): \(String(cString: strerror(code)))")
    }
    self.controller = controller
    self.processID = processID
  }

  deinit {
    if !isReaped {
      kill(processID, SIGKILL)
      waitpid(processID, nil, 0)
    }
    close(controller)
  }

  /// Types bytes.
  func type(_ text: String) {
    let bytes = Array(text.utf8)
    _ = write(controller, bytes, bytes.count)
  }

  /// Sends a signal to the program alone.
  func signal(_ number: Int32) {
    kill(processID, number)
  }

  /// Waits until the text has been written after what was expected last.
  func expect(_ text: String, within limit: Duration = .seconds(20)) async throws {
    let wanted = Array(text.utf8)
    let end = ContinuousClock.now + limit
    while true {
      read()
      let fresh = transcript[expectedUntil...]
      if let found = fresh.indices.first(where: { fresh[$0...].starts(with: wanted) }) {
        expectedUntil = found + wanted.count
        return
      }
      guard ContinuousClock.now < end else {
        throw Failure(description: "expected \(text.debugDescription) after: \(String(decoding: transcript, as: UTF8.self))")
      }
      try await Task.sleep(for: .milliseconds(5))
    }
  }

  /// Waits for the program's end, and returns its status as a shell gives it: its own, or 128 and the signal's number.
  func end(within limit: Duration = .seconds(20)) async throws -> Int32 {
    let end = ContinuousClock.now + limit
    var status: Int32 = 0
    while waitpid(processID, &status, WNOHANG) == 0 {
      read()
      guard ContinuousClock.now < end else {
        throw Failure(description: "still running after: \(String(decoding: transcript, as: UTF8.self))")
      }
      try await Task.sleep(for: .milliseconds(5))
    }
    isReaped = true
    read()
    return status & 0x7f == 0 ? (status >> 8) & 0xff : 128 + (status & 0x7f)
  }

  /// What was written, with the terminal's line ends as they are.
  var text: String { String(decoding: transcript, as: UTF8.self) }

  private func read() {
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = Glibc.read(controller, &buffer, buffer.count)
      guard count > 0 else { return }
      transcript += buffer.prefix(count)
    }
  }
}
