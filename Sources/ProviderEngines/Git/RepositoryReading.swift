internal import LibGit2
internal import SideEffects

/// Reads the listed files of a repository and makes the report on each kind of them.
struct RepositoryReading: Sendable {
  let watch: Watch
  let walk: FileWalk
  let state: RepositoryState
  let tools: ObservingTools

  /// How many resources are handed over at once.
  private static let batch = 512

  /// What several workers have found, in whatever order.
  private struct Found {
    var reads: [Text: Int] = [:]
    var resources: [Text: [Resource]] = [:]
    var gaps: [Text: [Gap]] = [:]
    /// For each kind how many files held nothing.
    var empty: [Text: Int] = [:]
    /// The paths of all other files.
    var full: Set<Text> = []
    /// Those of them that must be read at each look.
    var again: Set<Text> = []

    mutating func merge(_ other: Found) {
      reads.merge(other.reads) { $0 + $1 }
      empty.merge(other.empty) { $0 + $1 }
      add(other.resources, other.gaps)
      full.formUnion(other.full)
      again.formUnion(other.again)
    }

    mutating func add(_ resources: [Text: [Resource]], _ gaps: [Text: [Gap]]) {
      for (kind, some) in resources { self.resources[kind, default: []] += some }
      for (kind, some) in gaps { self.gaps[kind, default: []] += some }
    }
  }

  /// The report on each kind, and what to note for the next look; nil where all must be listed again.
  ///
  /// - Parameter earlier: What stood in files that need not be read again, if any such are listed.
  func read(
    _ listing: RepositoryListing, keeping earlier: EarlierFlags?, with workers: [RepositoryWorker]
  ) async -> (kinds: [Text: KindReport], notes: RepositoryNotes?) {
    var found = await read(listing.files, with: workers)
    if let known = listing.known {
      found.empty.merge(known.empty) { $0 + $1 }
      found.reads.merge(known.empty) { $0 + $1 }
      keep(known.kept, earlier, in: &found)
    }
    let (empty, tree) = (found.empty, notedTree(of: listing))
    await leftOut(listing.vendored, with: workers, &found)
    for gap in listing.gaps {
      for kind in watch.kinds {
        found.gaps[kind.name, default: []].append(Gap(scope: scope(of: gap.extent, kind.name), because: gap.because))
      }
    }
    // What is left out matters where something moves there, so a first look that can be gone on with need not read it.
    var (listing, since) = (listing, listing.known?.leftOutSince)
    if let tree, tools.isFirstLook, listing.known == nil, !listing.leftOut.isEmpty { (listing.leftOut, since) = ([], tree) }
    let leftOut = await RepositoryLeftOut(kinds: watch.kinds.map(\.name), walk: walk).paths(of: listing, with: workers)
    var (reports, items): ([Text: KindReport], [Text: Int]) = ([:], [:])
    for kind in watch.kinds {
      let paths = (leftOut[kind.name] ?? []) + listing.leftOutFolders
      let resources = DistinctResources(of: kind, in: watch.provider, found.resources[kind.name] ?? [])
      items[kind.name] = resources.resources.count
      found.again.formUnion(resources.shared)
      reports[kind.name] = await report(on: kind, found, resources, leftOut: paths.sorted { $0.path < $1.path }, since: since)
    }
    guard let tree, !Task.isCancelled else { return (reports, nil) }
    return (
      reports,
      RepositoryNotes(
        tree: tree, revision: state.revision, items: items, empty: empty, full: found.full, again: found.again,
        attributeFiles: listing.attributeFiles, links: listing.links,
        leftOutFolders: listing.leftOutFolders,
        leftOut: leftOut.filter { !$0.value.isEmpty }, leftOutSince: since)
    )
  }

  /// The tree about which notes can be made: nothing in it is unknown but what stands in single files.
  private func notedTree(of listing: RepositoryListing) -> ObjectID? {
    guard tools.memory != nil, case .revision = state.moment, listing.isNotable else { return nil }
    return state.tree.flatMap { ObjectID($0) }
  }

  private func scope(of extent: RepositoryListing.Gap.Extent, _ kind: Text) -> Scope {
    switch extent {
    case .file(let path): walk.scope(ofFile: path, kind: kind)
    case .folder: .whole
    }
  }

  /// Reads and searches all files; each worker takes the next group when it is done with one.
  private func read(_ files: [RepositoryFile], with workers: [RepositoryWorker]) async -> Found {
    await workers.read(files, into: Found()) { found, file, content in
      search(file, content, &found)
    } progress: { done in
      tools.progress(WatchProgress(watch: watch.name, doing: Text("\(done) of \(files.count) files")))
    } joined: { all, some in
      all.merge(some)
    }
  }

  /// Takes what is known of files that did not change as if they had been read.
  private func keep(_ files: Set<Text>, _ earlier: EarlierFlags?, in found: inout Found) {
    guard let earlier, !files.isEmpty else { return }
    for file in files { for kind in walk.kinds(reading: file.string) { found.reads[kind, default: 0] += 1 } }
    for kind in watch.kinds.map(\.name) { found.resources[kind, default: []] += earlier.resources(of: kind, in: files) }
    found.full.formUnion(files)
  }

  private func search(_ file: RepositoryFile, _ content: Result<[UInt8], Diagnostic>, _ found: inout Found) {
    let kinds = walk.kinds(of: file.readers)
    func note(_ because: Diagnostic) {
      found.full.insert(Text(file.path))
      found.again.insert(Text(file.path))
      for kind in kinds { found.gaps[kind, default: []].append(Gap(scope: walk.scope(ofFile: file.path, kind: kind), because: because)) }
    }
    switch content {
    case .failure(let diagnostic):
      note(diagnostic)
    case .success(let bytes) where Self.isPointer(bytes):
      note(
        Diagnostic(
          "lfs-pointer", "the file's content is kept by Git LFS and not in the repository", advice: "Leave the file out of the watch.",
          place: .file(Text(file.path), line: 0, column: 0)))
    case .success(let bytes):
      let reading = walk.read(file.path, bytes, for: file.readers)
      for kind in kinds { found.reads[kind, default: 0] += 1 }
      if reading.isEmpty {
        for kind in kinds { found.empty[kind, default: 0] += 1 }
        return
      }
      found.full.insert(Text(file.path))
      if !reading.gaps.isEmpty { found.again.insert(Text(file.path)) }
      found.add(reading.resources, reading.gaps)
    }
  }

  /// What stands in files that the repository calls copies of other projects is not read; that it stands there is said, since a
  /// file may have been called so only now.
  private func leftOut(_ files: [RepositoryFile], with workers: [RepositoryWorker], _ found: inout Found) async {
    let inside = await read(files, with: Array(workers.prefix(1)))
    found.full.formUnion(inside.full)
    for kind in watch.kinds.map(\.name) {
      func note(_ paths: Set<Text>, _ sentence: String) {
        for path in paths {
          let because = Diagnostic(
            "left-out-by-attributes", "\(sentence) and is left out, because .gitattributes marks it linguist-vendored",
            advice: "Take the mark away, set `vendored`, or leave the file out of the watch.", place: .file(path, line: 0, column: 0))
          found.gaps[kind, default: []].append(Gap(scope: walk.scope(ofFile: path.string, kind: kind), because: because))
        }
      }
      let holding = Set((inside.resources[kind] ?? []).compactMap(\.location?.path))
      note(holding, "the file holds a \(kind)")
      note(Set((inside.gaps[kind] ?? []).map(\.because.place.path)).subtracting(holding), "the file can't be read")
    }
  }

  /// Hands over a kind's resources, sorted, and says how complete they are.
  private func report(on kind: KindManifest, _ found: Found, _ resources: DistinctResources, leftOut: [LeftOut], since: ObjectID?) async
    -> KindReport
  {
    var gaps = found.gaps[kind.name] ?? []
    let reads = found.reads[kind.name] ?? 0
    if Task.isCancelled {
      gaps.append(Gap(scope: .whole, because: Diagnostic("cancelled", "the reading was interrupted", advice: "Look again.")))
    }
    if reads == 0, gaps.isEmpty, !kind.lists.isEmpty {
      gaps.append(
        Gap(
          scope: .whole,
          because: Diagnostic(
            "no-files", "no file here is one that the watch reads", advice: "Look at the watch's files and its `ref`.",
            place: .file(Text(state.folder), line: 0, column: 0))))
    }
    gaps += resources.gaps
    for start in stride(from: 0, to: resources.resources.count, by: Self.batch) {
      let end = min(start + Self.batch, resources.resources.count)
      do { try await tools.sink.add(Array(resources.resources[start..<end]), kind: kind.name) } catch {
        gaps += error.diagnostics.all.map { Gap(scope: .whole, because: $0) }
        break
      }
    }
    let evidence = Evidence(reads: reads, items: resources.resources.count, ends: [.treeWalked])
    let sorted = gaps.sorted {
      ($0.scope, $0.because.place.path, $0.because.rule, $0.because.sentence) < (
        $1.scope, $1.because.place.path, $1.because.rule, $1.because.sentence
      )
    }
    return KindReport(
      completeness: Completeness(evidence: evidence, gaps: sorted), standing: walk.standing(of: kind), leftOut: leftOut,
      leftOutSince: since.map { Text($0.description) })
  }

  /// A pointer file of Git LFS (its own specification): small, and its first line names the version.
  private static func isPointer(_ bytes: [UInt8]) -> Bool {
    bytes.count < 1_024 && bytes.starts(with: "version https://git-lfs.github.com/spec/".utf8)
  }
}

extension Diagnostic.Place {
  fileprivate var path: Text {
    switch self {
    case .file(let path, _, _): path
    case .url(let url): url
    case .nowhere: ""
    }
  }
}
