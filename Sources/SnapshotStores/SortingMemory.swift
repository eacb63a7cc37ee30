internal import Synchronization

/// The memory that all sortings of a store share, in bytes: watches are read at once, and their sum is what counts.
final class SortingMemory: Sendable {
  let limit: Int
  private let used = Mutex(0)

  init(limit: Int) { self.limit = limit }

  /// Counts bytes that a sorting took, or gave back where the number is negative; tells whether it is too much in all.
  func add(_ bytes: Int) -> Bool {
    used.withLock { used in
      used += bytes
      return used > limit
    }
  }
}
