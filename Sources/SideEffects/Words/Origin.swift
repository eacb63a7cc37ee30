/// When and by whom a resource or its last change came to be, as far as the service or the history tells.
public struct Origin: Hashable, Sendable {
  /// The time of creation as the service spells it; another one under the same id is another thing.
  public let at: Text?
  public let by: Text?
  /// The time of the last change, as the service spells it.
  public let changed: Text?
  /// When it ends by itself.
  public let until: Text?
  /// The commit that changed it.
  public let commit: Text?
  /// What that commit says of itself; known only where history was asked, and never stored.
  public let story: CommitStory?

  public init(
    at: Text? = nil, by: Text? = nil, changed: Text? = nil, until: Text? = nil, commit: Text? = nil, story: CommitStory? = nil
  ) {
    (self.at, self.by, self.changed, self.until, self.commit) = (at, by, changed, until, commit)
    self.story = story
  }

  public static let unknown = Origin()

  public var createdAt: Instant? { at.flatMap { Instant(told: $0.string) } }
  public var changedAt: Instant? { changed.flatMap { Instant(told: $0.string) } }
}

/// What history tells of a commit that changed a flag, besides its author and time.
public struct CommitStory: Hashable, Sendable {
  /// The first paragraph of its message.
  public let title: Text
  /// Who committed it, where that is not the author.
  public let committer: Text?
  /// When it was committed, which is later than the author's time where it was rebased or picked; nil where that is not told.
  public let committed: Instant?
  /// `#123`, `group/project!7` or the address of a review: what it was merged by, as far as messages tell.
  public let request: Text?
  /// The commits before it that changed the same flag on the way from one revision to the other, the latest first.
  public let earlier: [Text]
  /// Whether it changed the flag's value and nothing else, so that reverting it puts the flag back and does no more.
  public let didNothingElse: Bool

  public init(
    title: Text, committer: Text? = nil, committed: Instant? = nil, request: Text? = nil, earlier: [Text] = [],
    didNothingElse: Bool = false
  ) {
    (self.title, self.committer, self.committed, self.request, self.earlier) = (title, committer, committed, request, earlier)
    self.didNothingElse = didNothingElse
  }
}

/// Why no commit is named for a change in a repository.
public enum NoCommit: Hashable, Sendable, CaseIterable {
  /// It stands in the work tree or the index, and not in the commit below.
  case uncommitted
  /// The revision after the change is an ancestor of the one before it.
  case wentBack
  /// The history of a shallow clone ends before the commit that did it.
  case shallow
  /// No commit that was read made it what it is: a merge did, or one that can't be read.
  case notFound
}
