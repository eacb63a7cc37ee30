internal import Synchronization

/// Things in groups that several workers take one after the other.
final class Groups<Thing: Sendable>: Sendable {
  private let things: [Thing]
  private let size: Int
  private let taken = Mutex(0)

  init(_ things: [Thing], size: Int) { (self.things, self.size) = (things, size) }

  /// The next group, and how many things have been given out with it; nil when all have.
  func next() -> (group: ArraySlice<Thing>, done: Int)? {
    let start = taken.withLock { taken in
      defer { taken = min(taken + size, things.count) }
      return taken
    }
    guard start < things.count else { return nil }
    let end = min(start + size, things.count)
    return (things[start..<end], end)
  }
}
