import Glibc
import Synchronization

/// Leads signals to what this process is doing: to the foreground command, to what can be interrupted, or to its end.
///
/// The main thread does nothing but `deliver()`; everything else runs off it. (An asynchronous `main` would end in
/// libdispatch's own loop, which takes signals with an empty mask.) Nothing in this program may be bound to the main actor:
/// it would never run.
final class SignalHub: Sendable {
  private struct Foreground {
    let command: ForegroundCommand
    let ended: CheckedContinuation<CommandEnd, Never>
    let terminalModes: TerminalModes?
    var isStopped = false
  }

  private struct State {
    var foreground: Foreground?
    var interrupt: (@Sendable (Int32) -> Void)?
    var interruptedBy: Int32?
    var lastInterrupt: ContinuousClock.Instant?
  }

  private let signals: SignalSet
  private let descriptors: InheritedDescriptors
  private let progress: Progress
  private let state = Mutex(State())

  init(signals: SignalSet, descriptors: InheritedDescriptors, progress: Progress) {
    self.signals = signals
    self.descriptors = descriptors
    self.progress = progress
  }

  /// Runs a command in the foreground, as the user's shell would, and returns when it has ended.
  ///
  /// Cancelling the task doesn't end the command: only what the user sends does. A second one at the same time is not started (EBUSY).
  func runForeground(_ arguments: CommandArguments) async -> CommandEnd {
    await withCheckedContinuation { continuation in
      // Under the lock, so that the main thread can't ask about a command that is not yet noted.
      let failure: CommandEnd? = state.withLock { state in
        guard state.foreground == nil else { return .notStarted(EBUSY) }
        descriptors.closeOthersOnExecution()
        let modes = TerminalModes()
        do throws(ForegroundCommand.StartError) {
          let command = try ForegroundCommand(arguments, mask: signals.inherited)
          state.foreground = Foreground(command: command, ended: continuation, terminalModes: modes)
          return nil
        } catch {
          return .notStarted(error.code)
        }
      }
      if let failure { continuation.resume(returning: failure) }
    }
  }

  /// Does work that an interrupt (SIGINT, SIGTERM, SIGHUP) asks to end instead of ending the process.
  ///
  /// A second one within two seconds ends the process at once. While a command runs in the foreground, signals are
  /// the command's. The handler is called on the main thread, with the signal's number, and must not block.
  func interruptible<Value>(
    _ handler: @escaping @Sendable (Int32) -> Void, while work: () async throws -> Value
  ) async rethrows -> Value {
    let outer = state.withLock { state in
      defer { state.interrupt = handler }
      return state.interrupt
    }
    defer { state.withLock { $0.interrupt = outer } }
    return try await work()
  }

  /// Does work in a task that an interrupt cancels.
  /// - Parameter announce: Told of each interrupt, with the signal's number.
  /// - Returns: What the work made of it, and the signal that interrupted it, if one did.
  func cancelledByInterrupt<Value: Sendable>(
    announce: @escaping @Sendable (Int32) -> Void, _ work: @escaping @Sendable () async -> Value
  ) async -> (value: Value, signal: Int32?) {
    state.withLock { $0.interruptedBy = nil }
    let task = Task { await work() }
    let value = await interruptible { signal in
      task.cancel()
      announce(signal)
    } while: {
      await task.value
    }
    return (value, state.withLock { $0.interruptedBy })
  }

  /// Leads each signal to where it belongs, for ever; to be called by the main thread.
  func deliver() -> Never {
    while true {
      let signal = signals.next()
      switch SignalAction.of(signal, during: activity()) {
      case .askCommand: follow()
      case .forward: state.withLock { $0.foreground }?.command.send(signal.number)
      case .resume: resume()
      case .interrupt: interrupt(by: signal.number)
      case .stop: stop(by: signal.number)
      case .end:
        progress.leave()
        // Not exit(3): its handlers would tear down libraries that other threads are using.
        _exit(128 + signal.number)
      case .none: break
      }
    }
  }

  private func activity() -> SignalAction.Activity {
    state.withLock { state in
      if state.foreground != nil { return .command }
      guard state.interrupt != nil else { return .other }
      return .interruptible(sinceLast: state.lastInterrupt.map { $0.duration(to: .now) })
    }
  }

  private func interrupt(by signal: Int32) {
    let handler = state.withLock { state in
      state.lastInterrupt = .now
      state.interruptedBy = signal
      return state.interrupt
    }
    handler?(signal)
  }

  private func stop(by signal: Int32) {
    progress.leave()
    signals.letHappen(signal)
    progress.comeBack()
  }

  /// Does what the command did: ends the wait for it, or stops as it stopped.
  private func follow() {
    guard let foreground = state.withLock({ $0.foreground }) else { return }
    var stop: Int32?
    repeat {
      while let change = foreground.command.nextChange() {
        switch change {
        case .ended(let end):
          if case .signalled = end { foreground.terminalModes?.restore() }
          state.withLock { $0.foreground = nil }
          foreground.ended.resume(returning: end)
          return
        case .continued: stop = nil
        case .stopped(let signal): stop = signal
        }
        state.withLock { [stop] in $0.foreground?.isStopped = stop != nil }
      }
      // Both of us may be waking from one stop, and the command be the slower one.
    } while stop != nil && signals.take(SIGCHLD, within: .milliseconds(20))
    guard let stop else { return }
    if !signals.take(SIGCONT, within: .zero) {
      signals.letHappen(stop)
      guard signals.take(SIGCONT, within: .zero) else { return }
    }
    resume()
  }

  /// Continues the command where only this process was continued.
  private func resume() {
    guard isStopped else { return }
    // The shell continues the whole group; a second SIGCONT would be one too many for a command that counts them.
    if signals.take(SIGCHLD, within: .milliseconds(100)) { follow() }
    if isStopped { state.withLock { $0.foreground }?.command.send(SIGCONT) }
  }

  private var isStopped: Bool {
    state.withLock { $0.foreground?.isStopped ?? false }
  }
}
