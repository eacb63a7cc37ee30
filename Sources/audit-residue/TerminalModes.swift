import Glibc

/// The terminal's settings before a command, put back where a signal ended the command before it could.
///
/// A shell does the same for what it starts itself, but sees us end in good order.
struct TerminalModes: Sendable {
  private let modes: termios

  /// Notes the settings of the terminal at standard input; nil where that is none or belongs to another job.
  init?() {
    var modes = termios()
    guard Self.isForeground, tcgetattr(STDIN_FILENO, &modes) == 0 else { return nil }
    self.modes = modes
  }

  /// Notes the settings and switches the echo of what is typed off; nil where that can't be done.
  init?(hidingInput: Void) {
    self.init()
    var hidden = modes
    hidden.c_lflag &= ~tcflag_t(ECHO)
    guard tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden) == 0 else { return nil }
  }

  /// Puts the settings back, unless the terminal is another job's now.
  func restore() {
    // From the background it would stop us (SIGTTOU, tcsetattr(3)).
    guard Self.isForeground else { return }
    var modes = modes
    tcsetattr(STDIN_FILENO, TCSADRAIN, &modes)
  }

  private static var isForeground: Bool {
    tcgetpgrp(STDIN_FILENO) == getpgrp()
  }
}
