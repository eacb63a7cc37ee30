/// A commit of one flag's change on a branch of its own.
public struct BranchCommit: Hashable, Sendable {
  public let id: Text
  public let branch: Text
  /// The repository's folder.
  public let repository: Text

  public init(id: Text, branch: Text, repository: Text) { (self.id, self.branch, self.repository) = (id, branch, repository) }
}

/// Puts patches of flags into a repository as commits on a branch of their own; never touches what is checked out.
public protocol BranchWriting: Sendable {
  /// The commit that holds a step's change, if the branch has one already: how a write that was cut short is settled.
  ///
  /// - Parameter mark: Stands in the commit's message as its trailer `Audit-Residue-Step`.
  func commit(marked mark: Text, on branch: Text, in repository: Text) async throws(Failure) -> BranchCommit?

  /// Puts one patch on the branch as one commit; the branch begins at the commit that the patch was made against.
  ///
  /// - Throws: `branch-foreign` where a branch of that name holds others' commits, `patch-unfit` where the patch doesn't fit what the
  ///   branch holds, such as a change of the work tree that was never committed.
  func write(_ patch: PlannedPatch, title: Text, mark: Text, on branch: Text) async throws(Failure) -> BranchCommit
}
