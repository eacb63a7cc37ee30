internal import Synchronization

/// A number that several workers count down.
final class SharedCount: Sendable {
  private let count: Mutex<Int>

  init(_ count: Int) { self.count = Mutex(count) }

  var value: Int { count.withLock { $0 } }

  func subtract(_ number: Int) { count.withLock { $0 -= number } }
}

/// Things in groups, files of a repository most often, that several workers take one after the other.
final class FileGroups<File: Sendable>: Sendable {
  private let files: [File]
  private let size: Int
  private let taken = Mutex(0)

  init(_ files: [File], size: Int) { (self.files, self.size) = (files, size) }

  /// The next group, and how many files have been given out with it; nil when all have.
  func next() -> (group: [File], done: Int)? {
    let start = taken.withLock { taken in
      defer { taken = min(taken + size, files.count) }
      return taken
    }
    guard start < files.count else { return nil }
    let end = min(start + size, files.count)
    return (Array(files[start..<end]), end)
  }
}
