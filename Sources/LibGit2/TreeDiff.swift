/// A path whose entry differs between two trees.
public struct TreeChange: Equatable, Sendable {
  public let path: RepositoryPath
  /// What was there, or nil where it was added.
  public let before: TreeEntry?
  /// What is there, or nil where it was removed.
  public let after: TreeEntry?
}

/// A folder that differs between two trees; nil on one side where it was added or removed.
public struct FolderChange: Equatable, Sendable {
  public let path: RepositoryPath
  public let before: ObjectID?
  public let after: ObjectID?

  public init(path: RepositoryPath, before: ObjectID?, after: ObjectID?) {
    (self.path, self.before, self.after) = (path, before, after)
  }
}

/// The comparison of two trees, which doesn't look into folders that are the same on both sides.
public struct TreeDiff {
  /// What a comparison has found so far, and the folders that it has not looked into.
  public struct Part: Equatable, Sendable {
    public var changes: [TreeChange]
    public var pending: [FolderChange]
    /// How many entries the trees had that were looked into.
    public var entries: Int
  }

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
    try compare([FolderChange(path: .root, before: before, after: after)], in: repository).changes.sorted { $0.path < $1.path }
  }

  /// Compares folders and what is below them, until all is compared or as many folders are left as several threads can share.
  ///
  /// The changes are not sorted. The limit of entries is that of one call: the next one is for what this one has left of it. Throws as
  /// `changes` does.
  public func compare(_ folders: [FolderChange], until enough: Int = .max, in repository: borrowing Repository) throws(GitError) -> Part {
    var changes: [TreeChange] = []
    var pending = folders[...]
    var seen = 0
    while pending.count < enough, let folder = pending.popFirst() {
      let path = folder.path
      if folder.before == folder.after || (!path.bytes.isEmpty && prune(path)) { continue }
      guard path.bytes.count <= limits.pathLength else {
        throw GitError(.limitReached(limits.pathLength), message: "\(path) has more than \(limits.pathLength) bytes")
      }
      let (old, new) = (try Self.tree(folder.before, in: repository), try Self.tree(folder.after, in: repository))
      seen += old.entries.count + new.entries.count
      guard seen <= limits.entries else {
        throw GitError(.limitReached(limits.entries), message: "the trees have more than \(limits.entries) entries")
      }
      Self.merge(old, new) { one, other in
        guard one?.id != other?.id || one?.mode != other?.mode else { return }
        let (before, after) = (one.map { old.entry($0, in: path) }, other.map { new.entry($0, in: path) })
        guard let entry = before ?? after else { return }
        if entry.mode == .folder {
          pending.append(FolderChange(path: entry.path, before: before?.id, after: after?.id))
        } else {
          changes.append(TreeChange(path: entry.path, before: before, after: after))
        }
      }
    }
    return Part(changes: changes, pending: Array(pending), entries: seen)
  }

  private static func tree(_ id: ObjectID?, in repository: borrowing Repository) throws(GitError) -> Tree {
    guard let id else { return .empty }
    return try Tree(id, in: repository)
  }

  /// Pairs what has the same name and is a folder, or not, on both sides: in git's order those are two different places.
  private static func merge(_ old: Tree, _ new: Tree, _ pair: (Tree.Entry?, Tree.Entry?) -> Void) {
    var (left, right) = (0, 0)
    while left < old.entries.count || right < new.entries.count {
      guard left < old.entries.count, right < new.entries.count else {
        if left < old.entries.count { pair(old.entries[left], nil) } else { pair(nil, new.entries[right]) }
        (left, right) = (left + 1, right + 1)
        continue
      }
      let (one, other) = (old.entries[left], new.entries[right])
      switch order(old.name(of: one), one.mode, new.name(of: other), other.mode) {
      case 0:
        pair(one, other)
        (left, right) = (left + 1, right + 1)
      case ..<0:
        pair(one, nil)
        left += 1
      default:
        pair(nil, other)
        right += 1
      }
    }
  }

  /// Below zero where the first comes first; a folder's name ends in a slash for this.
  static func order(_ one: ArraySlice<UInt8>, _ mode: EntryMode, _ other: ArraySlice<UInt8>, _ otherMode: EntryMode) -> Int {
    let common = min(one.count, other.count)
    for offset in 0..<common {
      let (a, b) = (one[one.startIndex + offset], other[other.startIndex + offset])
      if a != b { return Int(a) - Int(b) }
    }
    func next(_ name: ArraySlice<UInt8>, _ mode: EntryMode) -> Int {
      name.count > common ? Int(name[name.startIndex + common]) : mode == .folder ? Int(RepositoryPath.slash) : -1
    }
    let (a, b) = (next(one, mode), next(other, otherMode))
    // A longer name goes on after what ended here; a folder and a file of one name differ.
    return a != b ? a - b : one.count - other.count
  }
}
