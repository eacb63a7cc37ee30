internal import CGit2
internal import Glibc

/// One entry of the index: what the next commit would hold at a path.
public struct IndexEntry: Equatable, Sendable {
  public let path: RepositoryPath
  public let mode: EntryMode
  public let id: ObjectID
  /// 0, or in a conflict 1 for the common ancestor, 2 for ours and 3 for theirs.
  public let stage: Int
  /// Whether a sparse checkout leaves the file out of the work tree on purpose (git-update-index(1), "skip-worktree bit").
  public let isSkippedInWorkTree: Bool
  /// Whether only the path was added, by `git add --intent-to-add`; then the content is not that of the file.
  public let isIntentOnly: Bool
}

extension Repository {
  /// All entries of the index, sorted by path and stage; none where there is no index.
  public func indexEntries() throws(GitError) -> [IndexEntry] {
    var handle: OpaquePointer?
    let status = git_repository_index(&handle, self.handle)
    guard status >= 0, let handle else { throw GitError.last(status) }
    defer { git_index_free(handle) }
    // The repository keeps its index open; what another process has written since must be seen.
    let read = git_index_read(handle, 1)
    guard read >= 0 else { throw GitError.last(read) }
    return (0..<git_index_entrycount(handle)).compactMap { index in
      guard let entry = git_index_get_byindex(handle, index), let path = entry.pointee.path else { return nil }
      let flags = UInt32(entry.pointee.flags_extended)
      return IndexEntry(
        path: RepositoryPath(Array(UnsafeRawBufferPointer(start: path, count: strlen(path)))),
        mode: EntryMode(mode: entry.pointee.mode),
        id: ObjectID(entry.pointee.id),
        stage: Int(git_index_entry_stage(entry)),
        isSkippedInWorkTree: flags & GIT_INDEX_ENTRY_SKIP_WORKTREE.rawValue != 0,
        isIntentOnly: flags & GIT_INDEX_ENTRY_INTENT_TO_ADD.rawValue != 0)
    }
  }
}
