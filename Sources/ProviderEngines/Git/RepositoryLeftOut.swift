internal import SideEffects

/// Finds out what stands in the files that are left out: nobody may say that it is gone because it moved there.
struct RepositoryLeftOut: Sendable {
  let kinds: [Text]
  let walk: FileWalk

  /// For each kind the paths that are left out, sorted; a file that holds nothing of the kind is none of them.
  func paths(of listing: RepositoryListing, with workers: [RepositoryWorker]) async -> [Text: [LeftOut]] {
    let files = listing.leftOut
    let reasons = Dictionary(files.map { ($0.file.path, $0.reason) }) { first, _ in first }
    let groups = FileGroups(files.map(\.file), size: GitEngine.groupSize)
    let found = await withTaskGroup(of: [Text: [LeftOut]].self) { tasks in
      for worker in workers {
        tasks.addTask {
          var found: [Text: [LeftOut]] = [:]
          while !Task.isCancelled, let (group, _) = groups.next() {
            for (file, content) in await worker.contents(of: group) {
              for (kind, leftOut) in inspect(file, content, reasons[file.path] ?? .ignored) { found[kind, default: []].append(leftOut) }
            }
          }
          return found
        }
      }
      return await tasks.reduce(into: [Text: [LeftOut]]()) { all, some in all.merge(some) { $0 + $1 } }
    }
    var paths: [Text: [LeftOut]] = [:]
    for kind in kinds { paths[kind] = (listing.leftOutFolders + (found[kind] ?? [])).sorted { $0.path < $1.path } }
    return paths
  }

  /// An ignored file that can't be read may hold whatever stood at its path.
  private func inspect(_ file: RepositoryFile, _ content: Result<[UInt8], Diagnostic>, _ reason: LeftOut.Reason) -> [(Text, LeftOut)] {
    switch content {
    case .failure: return reason == .ignored ? kinds.map { ($0, LeftOut(path: Text(file.path), reason: reason)) } : []
    case .success(let bytes):
      let reading = walk.read(leftOut: file.path, bytes)
      return kinds.compactMap { kind in
        let names = Set((reading.resources[kind] ?? []).map(\.name))
        if names.isEmpty, reason != .ignored || reading.gaps[kind] == nil { return nil }
        return (kind, LeftOut(path: Text(file.path), reason: reason, names: names))
      }
    }
  }
}
