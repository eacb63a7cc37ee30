internal import CGit2

extension Repository {
  /// The tree that a patch in unified format makes of another one; only objects are written.
  ///
  /// All else of the tree stays as it is, modes included. Throws `unfitPatch` where the patch doesn't fit it, and `missingObject`.
  public func tree(_ tree: ObjectID, patchedBy patch: [UInt8]) throws(GitError) -> ObjectID {
    var diff: OpaquePointer?
    // libgit2 reads no other patches than git's own, which begin with such a line.
    let header = Array("diff --git ".utf8)
    let lines = patch.split(separator: UInt8(ascii: "\n"), maxSplits: 2, omittingEmptySubsequences: false)
    let names = lines.prefix(2).flatMap { $0.dropFirst(4) + [UInt8(ascii: " ")] }.dropLast()
    let patch = patch.starts(with: header) ? patch : header + names + [UInt8(ascii: "\n")] + patch
    let read = patch.withUnsafeBytes { bytes in
      git_diff_from_buffer(&diff, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count)
    }
    guard read >= 0, let diff else { throw Self.unfit() }
    defer { git_diff_free(diff) }
    var (oid, handle) = (tree.oid, OpaquePointer?.none)
    let found = git_tree_lookup(&handle, self.handle, &oid)
    guard found >= 0, let handle else { throw GitError.last(found, reading: tree) }
    defer { git_tree_free(handle) }
    var index: OpaquePointer?
    guard git_apply_to_tree(&index, self.handle, handle, diff, nil) >= 0, let index else { throw Self.unfit() }
    defer { git_index_free(index) }
    try keepModes(of: diff, from: handle, in: index)
    var made = git_oid()
    let written = git_index_write_tree_to(&made, index, self.handle)
    guard written >= 0 else { throw GitError.last(written) }
    return ObjectID(made)
  }

  /// libgit2 makes a plain file of what a patch says no mode of: an executable stays one.
  private func keepModes(of diff: OpaquePointer, from tree: OpaquePointer, in index: OpaquePointer) throws(GitError) {
    for number in 0..<git_diff_num_deltas(diff) {
      guard let delta = git_diff_get_delta(diff, number)?.pointee, delta.new_file.mode == 0, let path = delta.new_file.path else {
        continue
      }
      var found: OpaquePointer?
      guard git_tree_entry_bypath(&found, tree, path) >= 0, let found else { continue }
      defer { git_tree_entry_free(found) }
      guard var entry = git_index_get_bypath(index, path, 0)?.pointee else { continue }
      entry.mode = git_tree_entry_filemode(found).rawValue
      let added = git_index_add(index, &entry)
      guard added >= 0 else { throw GitError.last(added) }
    }
  }

  private static func unfit() -> GitError { GitError(.unfitPatch, message: GitError.lastMessage().text) }
}
