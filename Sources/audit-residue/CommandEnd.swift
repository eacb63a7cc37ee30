import Glibc

/// How a foreground command ended, or why it never began.
enum CommandEnd: Equatable, Sendable {
  /// It ended by itself with this status, 0 to 255.
  case exited(Int32)

  /// A signal with this number ended it.
  case signalled(Int32)

  /// It could not be started; the number is errno's.
  case notStarted(Int32)

  /// The status that a shell gives to the same end: its own, 128 and the signal, 127 for not found, 126 for not executable.
  ///
  /// The last two are those of `env`: POSIX.1-2024, XCU 2.8.2 and the page of env.
  var exitStatus: Int32 {
    switch self {
    case .exited(let status): status
    case .signalled(let signal): 128 + signal
    case .notStarted(ENOENT): ExitStatus.notFound.rawValue
    case .notStarted: ExitStatus.notExecutable.rawValue
    }
  }
}
