internal import CGit2

/// What a commit says about itself.
public struct Commit: Equatable, Sendable {
  public let id: ObjectID
  public let tree: ObjectID
  /// The parents that it was made with, also where a shallow clone doesn't have them.
  public let parents: [ObjectID]
  public let author: Signature
  public let committer: Signature
  /// The first paragraph of its message on one line.
  public let summary: String
  /// The whole message.
  public let message: String
}

extension Repository {
  /// Reads a commit. Throws `missingObject` or `corruptObject`.
  public func commit(_ id: ObjectID) throws(GitError) -> Commit {
    var oid = id.oid
    var handle: OpaquePointer?
    let status = git_commit_lookup(&handle, self.handle, &oid)
    guard status >= 0, let handle else { throw GitError.last(status, reading: id) }
    defer { git_commit_free(handle) }
    return Commit(
      id: id,
      tree: ObjectID(git_commit_tree_id(handle).pointee),
      parents: (0..<git_commit_parentcount(handle)).compactMap { git_commit_parent_id(handle, $0).map { ObjectID($0.pointee) } },
      author: git_commit_author(handle).map { Signature($0.pointee) } ?? Signature(),
      committer: git_commit_committer(handle).map { Signature($0.pointee) } ?? Signature(),
      summary: git_commit_summary(handle).map { String(cString: $0) } ?? "",
      message: git_commit_message(handle).map { String(cString: $0) } ?? "")
  }
}
