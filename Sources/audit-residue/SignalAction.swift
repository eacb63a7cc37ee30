import Glibc

/// What a signal makes this process do.
enum SignalAction: Equatable, Sendable {
  /// What this process is busy with, as far as signals care.
  enum Activity: Equatable, Sendable {
    /// A foreground command runs.
    case command

    /// Something that can be interrupted runs; the time is that since the last interrupt, nil before the first.
    case interruptible(sinceLast: Duration?)

    /// Anything else.
    case other
  }

  /// The command's state may have changed: ask it.
  case askCommand

  /// Pass it to the command.
  case forward

  /// A continued process continues its command.
  case resume

  /// End what is being done and keep what is there.
  case interrupt

  /// Stop until continued.
  case stop

  /// End the process at once, with 128 and the signal's number.
  case end

  /// Nothing: the command has it already, or the signal has no effect.
  case none

  /// A second interrupt within this time ends the process at once.
  static let patience = Duration.seconds(2)

  /// Decides what a signal makes this process do.
  static func of(_ signal: ReceivedSignal, during activity: Activity) -> SignalAction {
    switch (signal.number, activity) {
    case (SIGCHLD, .command): .askCommand
    case (SIGCHLD, _): .none
    case (SIGCONT, .command): .resume
    case (SIGCONT, _), (SIGWINCH, .interruptible), (SIGWINCH, .other): .none
    case (_, .command): signal.isFromTerminal ? .none : .forward
    case (SIGTSTP, _): .stop
    case (SIGINT, .interruptible(let last)), (SIGTERM, .interruptible(let last)), (SIGHUP, .interruptible(let last)):
      last.map { $0 <= patience } ?? false ? .end : .interrupt
    case (_, .interruptible), (_, .other): .end
    }
  }
}
