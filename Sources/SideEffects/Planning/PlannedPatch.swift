/// A patch of one flag, for `git apply` in a repository.
public struct PlannedPatch: Hashable, Sendable {
  /// In unified format.
  public let text: Text
  /// Whether it needs `git apply --unidiff-zero`.
  public let needsUnidiffZero: Bool
  /// The repository's folder.
  public let repository: Text
  /// What it was made against: a commit, with `+index` or `+worktree` where it is what follows that commit.
  public let revision: Text

  /// The branch or other reference that it is for; nil for what is checked out, and where a commit is named instead.
  public let reference: Text?

  /// The commit that `git revert` takes back to the same end, since it did nothing else.
  public private(set) var reverting: Text?

  /// Whether the folder itself holds the files that it is for; of a commit they are in a checkout of it, and a bare repository has none.
  public var isForFolder: Bool { ["+worktree", "+index"].contains { revision.string.hasSuffix($0) } }

  public init(_ patch: ValuePatch, repository: Text, revision: Text, reference: Text? = nil) {
    (text, needsUnidiffZero) = (patch.text, patch.needsUnidiffZero)
    (self.repository, self.revision, self.reference) = (repository, revision, reference)
  }

  /// The same, with the commit that can be reverted instead.
  public func orReverting(_ commit: Text?) -> PlannedPatch {
    var patch = self
    patch.reverting = commit
    return patch
  }
}
