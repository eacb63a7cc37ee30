import SideEffects

/// The machine's clock.
struct SystemApplyClock: ApplyClock {
  func now() -> Instant { SystemClock.now }
  func wait(for duration: Duration) async throws { try await Task.sleep(for: duration) }
}
