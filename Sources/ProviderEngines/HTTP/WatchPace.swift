import Synchronization

/// When a watch may send its next request: at most so many a second, and not while the service asks to be left alone.
///
/// What one request is told holds for all requests of the watch.
final class WatchPace: Sendable {
  private struct State {
    /// No request before this, in the clock's uptime.
    var earliest = Duration.zero
    var waited = Duration.zero
  }

  private let state = Mutex(State())
  private let clock: any TransportClock
  private let interval: Duration?
  private let patience: Duration

  /// - Parameters:
  ///   - requestsPerSecond: nil for as many as there are places for.
  ///   - patience: how long the watch waits, all in all, where the service asks for it.
  init(requestsPerSecond: Double?, patience: Duration, clock: any TransportClock) {
    (interval, self.patience, self.clock) = (requestsPerSecond.map { .seconds(1 / $0) }, patience, clock)
  }

  /// Waits for this request's turn; throws when the task is cancelled.
  func turn() async throws {
    while true {
      let now = clock.uptime()
      let wait = state.withLock { state -> Duration? in
        guard state.earliest <= now else { return state.earliest - now }
        if let interval { state.earliest = now + interval }
        return nil
      }
      guard let wait else { return }
      try await clock.sleep(for: wait)
    }
  }

  /// Lets no request go for that long; false where the watch's patience is at its end.
  func pause(for duration: Duration) -> Bool {
    let now = clock.uptime()
    return state.withLock { state in
      let longer = now + duration - max(now, state.earliest)
      guard longer > .zero else { return true }
      guard state.waited + longer <= patience else { return false }
      state.waited += longer
      state.earliest = now + duration
      return true
    }
  }
}
