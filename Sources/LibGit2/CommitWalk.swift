internal import Glibc

/// A walk from commits to their ancestors, the latest committed first, reading each commit only when it is its turn.
public struct CommitWalk {
  /// What a walk comes to next.
  public enum Step: Equatable, Sendable {
    case commit(Commit)
    /// A commit that is missing or damaged: its ancestors are not known.
    case unreadable(ObjectID, GitError)
  }

  /// Whether the walk has come to where a shallow clone's history ends.
  public private(set) var hasReachedShallowEnd = false
  /// The commits that were come to and are still to be given.
  public var waiting: some Collection<ObjectID> { pending.lazy.map(\.id) }
  private var pending: [Commit] = []
  private var unreadable: [(ObjectID, GitError)] = []
  private var known: Set<ObjectID> = []
  private let shallowEnds: Set<ObjectID>

  /// Begins with a commit, which is the first step.
  public init(from start: ObjectID, in repository: borrowing Repository) throws(GitError) {
    shallowEnds = try repository.shallowEnds()
    add(start, in: repository)
  }

  /// The next step, or nil at the end of history.
  public mutating func next(in repository: borrowing Repository) -> Step? {
    if let (id, error) = unreadable.popLast() { return .unreadable(id, error) }
    guard let commit = pending.popLast() else { return nil }
    if shallowEnds.contains(commit.id) {
      hasReachedShallowEnd = true
    } else {
      for parent in commit.parents { add(parent, in: repository) }
    }
    return .commit(commit)
  }

  private mutating func add(_ id: ObjectID, in repository: borrowing Repository) {
    guard known.insert(id).inserted else { return }
    do {
      let commit = try repository.commit(id)
      // Sorted with the next one last; there are only as many as history has branches side by side.
      var (low, high) = (0, pending.count)
      while low < high {
        let middle = (low + high) / 2
        if Self.isLater(pending[middle], than: commit) { high = middle } else { low = middle + 1 }
      }
      pending.insert(commit, at: low)
    } catch {
      unreadable.append((id, error))
    }
  }

  /// Of two committed at once, as scripts and rebases do, the one that was come to first: it is nearer to the start.
  private static func isLater(_ one: Commit, than other: Commit) -> Bool { one.committer.time >= other.committer.time }
}

extension Repository {
  /// The commits at which a shallow clone's history ends; their parents are not there (git's `shallow` file).
  public func shallowEnds() throws(GitError) -> Set<ObjectID> {
    guard isShallow else { return [] }
    guard let bytes = GitFolderFile.read(commonFolder + "shallow") else {
      throw GitError(.other(-1), message: "\(commonFolder)shallow can't be read")
    }
    return Set(String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap { ObjectID(String($0)) })
  }
}
