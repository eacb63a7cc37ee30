internal import LibGit2
internal import SideEffects

extension [RepositoryWorker] {
  /// Shares things out in groups: each worker takes the next one, on its own thread and until the task is cancelled, and what each has made
  /// is joined, in whatever order.
  ///
  /// - Parameter work: Told how many things have been given out with this group.
  func sharing<Thing: Sendable, Made: Sendable>(
    _ things: [Thing], by size: Int, into start: Made,
    _ work: @escaping @Sendable (isolated RepositoryWorker, ArraySlice<Thing>, _ done: Int, inout Made) -> Void,
    joined join: @Sendable (inout Made, Made) -> Void
  ) async -> Made {
    let groups = Groups(things, size: size)
    return await withTaskGroup(of: Made.self) { tasks in
      for worker in self { tasks.addTask { await worker.take(groups, into: start, work) } }
      var all = start
      for await made in tasks { join(&all, made) }
      return all
    }
  }

  /// Goes on with a comparison of two trees on all threads: what differs where a watch's files can lie, sorted by path; nil where one of the
  /// trees can't be read, or the task is cancelled.
  ///
  /// - Parameter entries: The most entries that all trees may have, those of the part among them.
  func changes(of part: TreeDiff.Part, for walk: FileWalk, entries: Int = TreeWalk.Limits().entries) async -> [TreeChange]? {
    let left = SharedCount(entries - part.entries)
    let found = await sharing(part.pending, by: 1, into: [TreeChange]?.some([])) { worker, folders, _, changes in
      guard changes != nil, let compared = try? worker.compare([FolderChange](folders), for: walk, entries: left.value) else {
        changes = nil
        return
      }
      left.subtract(compared.entries)
      changes? += compared.changes
    } joined: { all, some in
      all = all.flatMap { all in some.map { all + $0 } }
    }
    guard let found, !Task.isCancelled else { return nil }
    return (part.changes + found).sorted { $0.path < $1.path }
  }

  /// Reads files on all threads, and joins what each of them has gathered, in whatever order.
  func read<Found: Sendable>(
    _ files: [RepositoryFile], into start: Found, limit: Int = RepositoryWorker.largestFile,
    _ search: @escaping @Sendable (inout Found, RepositoryFile, Result<[UInt8], Diagnostic>) -> Void,
    progress: @escaping @Sendable (Int) -> Void = { _ in }, joined join: @Sendable (inout Found, Found) -> Void
  ) async -> Found {
    await sharing(files, by: GitEngine.groupSize, into: start) { worker, group, done, found in
      progress(done)
      for file in group { search(&found, file, worker.content(of: file, limit: limit)) }
    } joined: {
      join(&$0, $1)
    }
  }
}
