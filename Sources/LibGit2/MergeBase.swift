internal import CGit2

extension Repository {
  /// The best commit that two commits both come from (git-merge-base(1)), or nil where their histories have nothing in common.
  ///
  /// Throws `other` where history can't be read that far.
  public func mergeBase(of one: ObjectID, and other: ObjectID) throws(GitError) -> ObjectID? {
    var (left, right, base) = (one.oid, other.oid, git_oid())
    let status = git_merge_base(&base, handle, &left, &right)
    if status == GIT_ENOTFOUND.rawValue { return nil }
    guard status >= 0 else { throw GitError.last(status) }
    return ObjectID(base)
  }
}
