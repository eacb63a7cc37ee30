/// What time it is, and waiting: for carrying out a plan.
public protocol ApplyClock: Sendable {
  func now() -> Instant
  /// Throws when the task is cancelled.
  func wait(for duration: Duration) async throws
}
