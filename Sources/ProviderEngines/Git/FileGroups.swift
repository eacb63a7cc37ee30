internal import Synchronization

/// Files in groups that several workers take one after the other.
final class FileGroups: Sendable {
  private let files: [RepositoryFile]
  private let size: Int
  private let taken = Mutex(0)

  init(_ files: [RepositoryFile], size: Int) { (self.files, self.size) = (files, size) }

  /// The next group, and how many files have been given out with it; nil when all have.
  func next() -> (group: [RepositoryFile], done: Int)? {
    let start = taken.withLock { taken in
      defer { taken = min(taken + size, files.count) }
      return taken
    }
    guard start < files.count else { return nil }
    let end = min(start + size, files.count)
    return (Array(files[start..<end]), end)
  }
}
