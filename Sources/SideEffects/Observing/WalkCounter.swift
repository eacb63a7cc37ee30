import Synchronization

/// Counts a watch's requests and items, and tells of them.
final class WalkCounter: Sendable {
  private let watch: Text
  private let teller: @Sendable (WatchProgress) -> Void
  private let counts = Mutex<(requests: Int, items: Int)>((0, 0))

  init(watch: Text, tell: @escaping @Sendable (WatchProgress) -> Void) { (self.watch, teller) = (watch, tell) }

  func tell(_ doing: String) { teller(WatchProgress(watch: watch, doing: Text(doing))) }

  func add(items: Int, of list: Text) {
    let (requests, items) = counts.withLock { counts in
      counts.requests += 1
      counts.items += items
      return counts
    }
    tell("\(list): \(requests) requests, \(items) items")
  }
}
