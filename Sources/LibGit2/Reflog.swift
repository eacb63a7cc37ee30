internal import CGit2

extension Repository {
  /// The commit that a reference named at a moment, by the repository's own log of it (git-reflog(1)).
  ///
  /// Nil where there is no log, or the moment lies before its first line and that doesn't tell what was before.
  ///
  /// - Parameter name: Such as `HEAD` or `refs/heads/main`.
  public func commit(of name: String, atSecond moment: Int64) -> ObjectID? {
    var log: OpaquePointer?
    guard git_reflog_read(&log, handle, name) >= 0, let log else { return nil }
    defer { git_reflog_free(log) }
    let count = git_reflog_entrycount(log)
    // The newest line comes first.
    for index in 0..<count {
      guard let entry = git_reflog_entry_byindex(log, index), let who = git_reflog_entry_committer(entry)?.pointee else { return nil }
      if who.when.time <= moment { return git_reflog_entry_id_new(entry).map { ObjectID($0.pointee) } }
    }
    guard count > 0, let oldest = git_reflog_entry_byindex(log, count - 1), let before = git_reflog_entry_id_old(oldest) else { return nil }
    let id = ObjectID(before.pointee)
    return id.isZero ? nil : id
  }

  /// The newest commit by its own date that is not younger than a moment, going back along first parents: a hint, since dates can lie.
  ///
  /// Nil where history doesn't reach back so far.
  public func commit(before moment: Int64, from tip: ObjectID) throws(GitError) -> ObjectID? {
    var id: ObjectID? = tip
    let shallow = try shallowEnds()
    while let next = id {
      let commit = try commit(next)
      if commit.committer.time <= moment { return next }
      id = shallow.contains(next) ? nil : commit.parents.first
    }
    return nil
  }
}

extension ObjectID {
  /// What a log writes for nothing.
  var isZero: Bool { description.allSatisfy { $0 == "0" } }
}
