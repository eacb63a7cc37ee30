internal import LibGit2
public import SideEffects

extension GitEngine {
  /// Where the code of a watch's repository names what changed, besides the places that set it, as it was at a revision. Files of tests and
  /// copies of other projects are not searched. Nothing where the repository can't be read.
  ///
  /// - Parameter revision: As an observation keeps it; of a work tree the commit that it began with.
  public func uses(of changes: [Change], in watch: Watch, at revision: Text) async -> [ResourceAddress: SourceUses] {
    let resources = changes.prefix(Self.mostSearched).map(\.resource)
    let search = WordSearch(resources.map(\.name))
    guard !search.isEmpty else { return [:] }
    do throws(Failure) {
      let folder = try Self.folder(of: watch)
      let worker = try RepositoryWorker(folder: folder, configurationFiles: configurationFiles)
      let state = try await worker.state(at: Self.commit(of: revision))
      let (files, hasMore) = try await worker.sources(of: state, atMost: Self.mostSources)
      let workers = [worker] + moreWorkers(for: files.count, folder)
      let found = await workers.read(files, into: FoundUses(), limit: Self.largestSource) { found, file, content in
        guard case .success(let bytes) = content else {
          found.isCut = true
          return
        }
        guard !bytes.prefix(8_000).contains(0) else { return }
        search.find(in: bytes) { index, line in
          found.places[index, default: []].append(SourceLocation(path: Text(file.path), line: line, bytes: nil))
        }
      } joined: {
        $0.places.merge($1.places) { $0 + $1 }
        $0.isCut = $0.isCut || $1.isCut
      }
      let isCut = found.isCut || hasMore || Task.isCancelled
      return Dictionary(
        resources.enumerated().filter { search.searched.contains($0.offset) }.map { index, resource in
          (resource.address, Self.uses(of: resource, found.places[index] ?? [], isCut: isCut))
        },
        uniquingKeysWith: { first, _ in first })
    } catch { return [:] }
  }

  private static func uses(of resource: Resource, _ found: [SourceLocation], isCut: Bool) -> SourceUses {
    // A name twice on a line is read there once.
    let places = Set(found).filter { $0.path != resource.location?.path || $0.line != resource.location?.line }
      .sorted { ($0.path, $0.line) < ($1.path, $1.line) }
    return SourceUses(places: Array(places.prefix(SourceUses.mostPlaces)), count: places.count, isCut: isCut)
  }

  /// What some of the files hold; cut where one of them could not be read.
  private struct FoundUses {
    var places: [Int: [SourceLocation]] = [:]
    var isCut = false
  }

  /// Of more changes at once nobody reads where each is used.
  private static let mostSearched = 1_000
  private static let mostSources = 50_000
  /// Larger files are data, or made by a program.
  private static let largestSource = 1 << 20
}

extension RepositoryWorker {
  /// The files of a revision that are neither tests nor copies of other projects, and whether there are more.
  func sources(of state: RepositoryState, atMost limit: Int) throws(Failure) -> (files: [RepositoryFile], isCut: Bool) {
    let rules = PathRules()
    return try reading(asking: nil) { (repository) throws(GitError) in
      guard let tree = state.tree.flatMap({ ObjectID($0) }) else { return ([], true) }
      var files: [RepositoryFile] = []
      var isCut = false
      var walk = TreeWalk(tree) { rules.reason(below: String(decoding: $0.name, as: UTF8.self)) != nil }
      while let step = try walk.next(in: repository) {
        guard case .entry(let entry) = step else {
          isCut = true
          continue
        }
        guard entry.mode.isFile else { continue }
        let path = entry.path.text
        if rules.reason(path: path) != nil { continue }
        if files.count == limit { return (files, true) }
        files.append(RepositoryFile(path: path, content: .blob(entry.id)))
      }
      return (files, isCut)
    }
  }
}
