internal import Synchronization

/// A number that several workers count down.
final class SharedCount: Sendable {
  private let count: Mutex<Int>

  init(_ count: Int) { self.count = Mutex(count) }

  var value: Int { count.withLock { $0 } }

  func subtract(_ number: Int) { count.withLock { $0 -= number } }
}
