internal import SideEffects

/// Finds out what stands in the files that are left out: nobody may say that it is gone because it moved there.
struct RepositoryLeftOut: Sendable {
  let kinds: [Text]
  let walk: FileWalk

  /// For each kind the files that are left out, sorted; a file that holds nothing of the kind is none of them.
  func paths(of listing: RepositoryListing, with workers: [RepositoryWorker]) async -> [Text: [LeftOut]] {
    let known = listing.known
    let found = await workers.sharing(listing.leftOut, by: GitEngine.groupSize, into: [Text: [LeftOut]]()) { worker, files, _, found in
      for file in files {
        let (now, before) = (worker.content(of: file.file), file.before.map { worker.content(of: $0) })
        for (kind, leftOut) in inspect(file, now, before, known) { found[kind, default: []].append(leftOut) }
      }
    } joined: { all, some in
      all.merge(some) { $0 + $1 }
    }
    var paths: [Text: [LeftOut]] = [:]
    for kind in kinds {
      paths[kind] = ((listing.known?.leftOut[kind] ?? []) + (found[kind] ?? [])).sorted { $0.path < $1.path }
    }
    return paths
  }

  /// A file that can't be read is told without names: an ignored one may hold whatever stood at its path, another one anything.
  ///
  /// Of what stood in it before nothing is told but what was told already: nobody has seen it leave another place.
  private func inspect(
    _ file: RepositoryListing.File, _ content: Result<[UInt8], Diagnostic>, _ before: Result<[UInt8], Diagnostic>?,
    _ known: RepositoryListing.Known?
  ) -> [(Text, LeftOut)] {
    let path = Text(file.file.path)
    switch content {
    case .failure: return kinds.map { ($0, LeftOut(path: path, reason: file.reason)) }
    case .success(let bytes):
      let reading = walk.read(leftOut: path.string, bytes)
      let earlier = (try? before?.get()).map { walk.read(leftOut: path.string, $0) }
      return kinds.compactMap { kind in
        var names = Set((reading.resources[kind] ?? []).map(\.name))
        if let earlier {
          let told = known?.told[kind]?.first { $0.path == path }?.names ?? []
          names.subtract(Set((earlier.resources[kind] ?? []).map(\.name)).subtracting(told))
        }
        if names.isEmpty, file.reason != .ignored || reading.gaps[kind] == nil { return nil }
        return (kind, LeftOut(path: path, reason: file.reason, names: names))
      }
    }
  }
}
