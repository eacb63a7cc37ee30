internal import LibGit2
internal import SideEffects

extension GitEngine {
  /// So many folders that differ are shared out among several workers.
  private static let sharedFolders = 16

  /// What has changed since an earlier look at a revision; nil where that isn't known.
  ///
  /// A tree that can't be read shows again in the listing of all files, which tells of it.
  func changes(
    of state: RepositoryState, since notes: RepositoryNotes?, for walk: FileWalk, in folder: String, with workers: inout [RepositoryWorker]
  ) async -> RepositoryChanges? {
    guard let notes, let tree = state.tree.flatMap({ ObjectID($0) }), let first = workers.first else { return nil }
    let root = FolderChange(path: .root, before: notes.tree, after: tree)
    guard let part = try? await first.compare([root], for: walk, until: Self.sharedFolders) else { return nil }
    if part.pending.count >= Self.sharedFolders { workers += moreWorkers(toShare: part.pending.count, folder) }
    guard let changes = await workers.changes(of: part, for: walk) else { return nil }
    return RepositoryChanges(notes: notes, tree: tree, changes: changes, walk: walk)
  }

  /// The files that a look reads: only what is new since an earlier one where that can tell, else all.
  func listing(
    of state: RepositoryState, after changes: RepositoryChanges?, for walk: FileWalk, isKeepingFlags: Bool, with worker: RepositoryWorker
  ) async throws(Failure) -> RepositoryListing {
    if let changes, let listing = try? await worker.listing(after: changes, isKeepingFlags: isKeepingFlags) { return listing }
    return try await worker.listing(of: state, for: walk)
  }
}
