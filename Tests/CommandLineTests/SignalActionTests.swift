import Glibc
import Testing

@testable import audit_residue

@Suite("what a signal makes the process do")
struct SignalActionTests {
  private let interruptible = SignalAction.Activity.interruptible(sinceLast: nil)

  @Test("a command gets what kill sends, and not again what the terminal sent", arguments: SignalSet.passedOn)
  func command(number: Int32) {
    #expect(SignalAction.of(ReceivedSignal(number: number, isFromTerminal: false), during: .command) == .forward)
    #expect(SignalAction.of(ReceivedSignal(number: number, isFromTerminal: true), during: .command) == .none)
  }

  @Test(
    "the first interrupt asks to end, a second within two seconds ends, a later one asks again",
    arguments: [SIGINT, SIGTERM, SIGHUP], [true, false])
  func interrupt(number: Int32, isFromTerminal: Bool) {
    let signal = ReceivedSignal(number: number, isFromTerminal: isFromTerminal)
    #expect(SignalAction.of(signal, during: interruptible) == .interrupt)
    #expect(SignalAction.of(signal, during: .interruptible(sinceLast: .seconds(2))) == .end)
    #expect(SignalAction.of(signal, during: .interruptible(sinceLast: .milliseconds(2001))) == .interrupt)
    #expect(SignalAction.of(signal, during: .other) == .end)
  }

  @Test("other deadly signals end at once", arguments: [SIGQUIT, SIGUSR1, SIGUSR2, SIGALRM, SIGPIPE])
  func deadly(number: Int32) {
    let signal = ReceivedSignal(number: number, isFromTerminal: false)
    #expect(SignalAction.of(signal, during: interruptible) == .end)
    #expect(SignalAction.of(signal, during: .other) == .end)
  }

  @Test("Ctrl-Z stops, and a change of size or a continuation does nothing", arguments: [true, false])
  func harmless(isInterruptible: Bool) {
    let activity = isInterruptible ? interruptible : .other
    #expect(SignalAction.of(ReceivedSignal(number: SIGTSTP, isFromTerminal: true), during: activity) == .stop)
    for number in [SIGWINCH, SIGCONT, SIGCHLD] {
      #expect(SignalAction.of(ReceivedSignal(number: number, isFromTerminal: true), during: activity) == .none)
    }
  }

  @Test("a command is asked for its state and continued when this process is")
  func state() {
    #expect(SignalAction.of(ReceivedSignal(number: SIGCHLD, isFromTerminal: true), during: .command) == .askCommand)
    #expect(SignalAction.of(ReceivedSignal(number: SIGCONT, isFromTerminal: false), during: .command) == .resume)
  }
}
