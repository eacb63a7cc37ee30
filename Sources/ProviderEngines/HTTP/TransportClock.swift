import Glibc
public import SideEffects

/// What time it is, and waiting.
public protocol TransportClock: Sendable {
  /// Since some fixed moment; never goes back.
  func uptime() -> Duration
  func now() -> Instant
  /// Throws when the task is cancelled.
  func sleep(for duration: Duration) async throws
}

/// The machine's own clock.
public struct SystemTransportClock: TransportClock {
  private let start = ContinuousClock.now

  public init() {}

  public func uptime() -> Duration { start.duration(to: .now) }

  public func now() -> Instant {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Instant(seconds: Int64(time.tv_sec), nanoseconds: Int32(time.tv_nsec))
  }

  public func sleep(for duration: Duration) async throws { try await Task.sleep(for: duration) }
}
