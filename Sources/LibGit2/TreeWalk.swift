/// A walk through all entries of a tree, folder by folder in git's order, which is the order of the paths' bytes.
///
/// It keeps what is still to come, not the repository, so that it can be stopped and gone on with.
public struct TreeWalk {
  /// How far a walk goes, since a small hostile repository can name the same tree millions of times.
  public struct Limits: Equatable, Sendable {
    /// How many entries a walk may see, folders included.
    public let entries: Int
    /// How many bytes a path may have. Linux itself allows 4,096.
    public let pathLength: Int

    public init(entries: Int = 5_000_000, pathLength: Int = 4_096) {
      self.entries = entries
      self.pathLength = pathLength
    }
  }

  /// What a walk comes to next.
  public enum Step: Equatable, Sendable {
    /// A file, a link or a submodule.
    case entry(TreeEntry)
    /// A folder whose tree is missing or damaged, or whose path is too long: nothing below it is known.
    case unreadable(RepositoryPath, GitError)
  }

  private var pending: [TreeEntry]
  private var seen = 0
  private let limits: Limits
  private let prune: (RepositoryPath) -> Bool

  /// Begins at the root of a tree. Folders for which `prune` is true are left out with everything below them.
  public init(_ tree: ObjectID, limits: Limits = Limits(), prune: @escaping (RepositoryPath) -> Bool = { _ in false }) {
    pending = [TreeEntry(path: .root, mode: .folder, id: tree)]
    self.limits = limits
    self.prune = prune
  }

  /// The next step, or nil at the end.
  ///
  /// Throws `limitReached` where there are more entries than allowed; then nothing of what is left is known.
  public mutating func next(in repository: borrowing Repository) throws(GitError) -> Step? {
    while let entry = pending.popLast() {
      guard entry.mode == .folder else { return .entry(entry) }
      if !entry.path.bytes.isEmpty, prune(entry.path) { continue }
      guard entry.path.bytes.count <= limits.pathLength else {
        let error = GitError(.limitReached(limits.pathLength), message: "the path has more than \(limits.pathLength) bytes")
        return .unreadable(entry.path, error)
      }
      let entries: [TreeEntry]
      do {
        entries = try Tree(entry.id, in: repository).entries(in: entry.path)
      } catch {
        return .unreadable(entry.path, error)
      }
      seen += entries.count
      guard seen <= limits.entries else {
        throw GitError(.limitReached(limits.entries), message: "the tree has more than \(limits.entries) entries")
      }
      pending.append(contentsOf: entries.reversed())
    }
    return nil
  }
}
