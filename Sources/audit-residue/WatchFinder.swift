import ProviderEngines
import SideEffects

/// Finds what can be watched from a folder: providers of repositories are tried, those of services are told by remotes and by the environment.
struct WatchFinder: Sendable {
  let session: Session
  /// The configuration's folder, absolute.
  let folder: String

  /// - Returns: What was found, and what could be watched besides, as examples.
  func find(in catalog: ProviderCatalog) async throws(Stop) -> (found: [ProposedWatch], examples: [ProposedWatch]) {
    let surroundings = Surroundings(repository: await repository(), variables: session.environment)
    var found: [ProposedWatch] = []
    var examples: [ProposedWatch] = []
    for entry in catalog.entries {
      let provider = try await ExitStatus.failure.unless(try catalog.provider(entry.name))
      for proposal in WatchProposer.proposals(for: provider, in: surroundings) {
        let proposal = await tried(proposal, surroundings)
        if proposal.signs.isEmpty { examples.append(proposal) } else { found.append(proposal) }
      }
    }
    return (found, examples)
  }

  private func repository() async -> Surroundings.Repository? {
    do throws(Failure) {
      let configuration = Composition.gitConfiguration(session.environment)
      let real = FileSystem.realPath(folder) ?? folder
      guard let found = try await RepositorySurroundings.find(from: real, configurationFiles: configuration) else { return nil }
      let above = real.split(separator: "/").count - found.folder.split(separator: "/").count
      return .init(path: above == 0 ? "." : Array(repeating: "..", count: above).joined(separator: "/"), remotes: found.remotes)
    } catch {
      session.console.tell(error, .warning)
      return nil
    }
  }

  /// The same with a sign where the provider finds something in the repository.
  private func tried(_ proposal: ProposedWatch, _ surroundings: Surroundings) async -> ProposedWatch {
    guard proposal.provider.manifest.engine == .git, surroundings.repository != nil, proposal.isWhole else { return proposal }
    let engines = Composition.Engines(environment: session.environment)
    defer { engines.close() }
    let watch: Watch
    let engine: any Engine
    do throws(Failure) {
      watch = try WatchResolver(folder: folder).watch(proposal.settings, provider: proposal.provider, secrets: [:])
      engine = try engines.engine(for: watch)
    } catch {
      session.console.tell(error, .warning)
      return proposal
    }
    let counter = ResourceCounter()
    let tools = ObservingTools(sink: counter, fingerprinter: Fingerprinter(key: [])) { [session] in
      session.progress.update($0.watch.string, $0.doing.string)
    }
    _ = await session.hub.cancelledByInterrupt(announce: { _ in }) { [session] in
      await session.progress.shown { await engine.observe(watch, with: tools) }
    }
    let signs = await counter.signs
    return signs.reduce(proposal) { $0.adding(sign: $1) }
  }
}

/// Counts resources by kind, and the files that they stand in.
private actor ResourceCounter: ResourceSink {
  private var counts: [Text: Int] = [:]
  private var files: [Text: Set<Text>] = [:]

  func add(_ resources: [Resource], kind: Text) {
    counts[kind, default: 0] += resources.count
    for path in resources.compactMap(\.location?.path) { files[kind, default: []].insert(path) }
  }

  /// Such as "3 of the kind flag in 2 files".
  var signs: [String] {
    counts.sorted { $0.key < $1.key }.map { kind, count in
      let files = files[kind]?.count ?? 0
      return "\(count) of the kind \(kind) in \(files) \(files == 1 ? "file" : "files")"
    }
  }
}
