import Glibc

/// The signals that this process reads as values instead of being ended or stopped by them.
///
/// Made once, by the main thread, before any other thread exists: every thread inherits the blocked mask, and only
/// the main thread waits. A signal that was ignored when the process started stays ignored (`nohup`).
struct SignalSet: Sendable {
  /// What whoever started us may send to the command they believe to have started.
  ///
  /// SIGPIPE is among them so that a reader who leaves is an error of the write and not our end. The signals of a
  /// background process that wants the terminal (SIGTTIN, SIGTTOU) keep their effect, as do those of a crash.
  static let passedOn = [SIGHUP, SIGINT, SIGQUIT, SIGUSR1, SIGUSR2, SIGPIPE, SIGALRM, SIGTERM, SIGTSTP, SIGWINCH]

  /// The mask before, which a command gets back.
  let inherited: sigset_t

  private let awaited: sigset_t

  /// Blocks the signals in the calling thread, and in all threads that come from it.
  init() {
    // A parent that ignores SIGCHLD has its children reaped without their status: there would be nothing to report.
    signal(SIGCHLD, SIG_DFL)
    var set = sigset_t()
    sigemptyset(&set)
    for number in Self.passedOn where !Self.isIgnored(number) { sigaddset(&set, number) }
    sigaddset(&set, SIGCHLD)
    sigaddset(&set, SIGCONT)
    var before = sigset_t()
    pthread_sigmask(SIG_BLOCK, &set, &before)
    awaited = set
    inherited = before
  }

  /// Waits for the next signal.
  func next() -> ReceivedSignal {
    while true {
      var set = awaited
      var information = siginfo_t()
      let number = sigwaitinfo(&set, &information)
      // si_code: sigaction(2). Positive is the kernel; zero and below are kill(2), tgkill(2) and sigqueue(3).
      if number > 0 { return ReceivedSignal(number: number, isFromTerminal: information.si_code > 0) }
    }
  }

  /// Takes one signal if it has come or comes within the time, and says whether it did.
  func take(_ number: Int32, within limit: Duration) -> Bool {
    var set = sigset_t()
    sigemptyset(&set)
    sigaddset(&set, number)
    let (seconds, attoseconds) = limit.components
    var time = timespec(tv_sec: Int(seconds), tv_nsec: Int(attoseconds / 1_000_000_000))
    return sigtimedwait(&set, nil, &time) == number
  }

  /// Gives a signal its usual effect on this process, which for a stop ends with the next SIGCONT.
  func letHappen(_ number: Int32) {
    var set = sigset_t()
    sigemptyset(&set)
    sigaddset(&set, number)
    var before = sigset_t()
    // Raised while it is blocked, so that one from the terminal that waits already and this one are one stop.
    raise(number)
    pthread_sigmask(SIG_UNBLOCK, &set, &before)
    pthread_sigmask(SIG_SETMASK, &before, nil)
  }

  private static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    sigaction(number, nil, &action)
    // SIG_IGN is the address 1 in <bits/signum-generic.h>; functions have no other equality.
    return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1
  }
}
