/// A path whose entry differs between two trees.
public struct TreeChange: Equatable, Sendable {
  public let path: RepositoryPath
  /// What was there, or nil where it was added.
  public let before: TreeEntry?
  /// What is there, or nil where it was removed.
  public let after: TreeEntry?
}

/// The comparison of two trees, which doesn't look into folders that are the same on both sides.
public struct TreeDiff {
  private let limits: TreeWalk.Limits
  private let prune: (RepositoryPath) -> Bool

  /// Prepares a comparison that leaves out folders for which `prune` is true.
  public init(limits: TreeWalk.Limits = TreeWalk.Limits(), prune: @escaping (RepositoryPath) -> Bool = { _ in false }) {
    self.limits = limits
    self.prune = prune
  }

  /// All files, links and submodules that were added, removed or changed, sorted by the bytes of their paths.
  ///
  /// No tree on one side is an empty one. Throws `missingObject` or `corruptObject` for a tree that can't be read, and
  /// `limitReached`.
  public func changes(from before: ObjectID?, to after: ObjectID?, in repository: borrowing Repository) throws(GitError) -> [TreeChange] {
    var changes: [TreeChange] = []
    var pending: [(path: RepositoryPath, before: ObjectID?, after: ObjectID?)] = [(.root, before, after)]
    var seen = 0
    while let (path, before, after) = pending.popLast() {
      if before == after || (!path.bytes.isEmpty && prune(path)) { continue }
      guard path.bytes.count <= limits.pathLength else {
        throw GitError(.limitReached(limits.pathLength), message: "\(path) has more than \(limits.pathLength) bytes")
      }
      let old = try Self.entries(of: before, at: path, in: repository)
      let new = try Self.entries(of: after, at: path, in: repository)
      seen += old.count + new.count
      guard seen <= limits.entries else {
        throw GitError(.limitReached(limits.entries), message: "the trees have more than \(limits.entries) entries")
      }
      Self.merge(old, new) { one, other in
        guard one?.id != other?.id || one?.mode != other?.mode, let entry = one ?? other else { return }
        if entry.mode == .folder {
          pending.append((entry.path, one?.id, other?.id))
        } else {
          changes.append(TreeChange(path: entry.path, before: one, after: other))
        }
      }
    }
    return changes.sorted { $0.path < $1.path }
  }

  private static func entries(
    of tree: ObjectID?, at path: RepositoryPath, in repository: borrowing Repository
  ) throws(GitError) -> [TreeEntry] {
    guard let tree else { return [] }
    return try Tree(tree, in: repository).entries(in: path)
  }

  /// Pairs what has the same name and is a folder, or not, on both sides: in git's order those are two different places.
  private static func merge(_ old: [TreeEntry], _ new: [TreeEntry], _ pair: (TreeEntry?, TreeEntry?) -> Void) {
    var (left, right) = (old[...], new[...])
    while let one = left.first, let other = right.first {
      let (oneKey, otherKey) = (key(one), key(other))
      if oneKey == otherKey {
        pair(one, other)
        left.removeFirst()
        right.removeFirst()
      } else if oneKey.lexicographicallyPrecedes(otherKey) {
        pair(one, nil)
        left.removeFirst()
      } else {
        pair(nil, other)
        right.removeFirst()
      }
    }
    for one in left { pair(one, nil) }
    for other in right { pair(nil, other) }
  }

  private static func key(_ entry: TreeEntry) -> [UInt8] {
    entry.mode == .folder ? Array(entry.path.name) + [RepositoryPath.slash] : Array(entry.path.name)
  }
}
