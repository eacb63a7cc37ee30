/// Looks at all watches at one moment and makes a snapshot of what they saw.
public struct Auditor: Sendable {
  /// A watch that is ready to be looked at, or the reason why it isn't: one that can't be set up is an observation that failed.
  public enum Subject: Sendable {
    case ready(Watch, any Engine)
    case unready(Watch, NonEmpty<Diagnostic>)

    var watch: Watch {
      switch self {
      case .ready(let watch, _), .unready(let watch, _): watch
      }
    }
  }

  private let store: any SnapshotStore
  private let fingerprinter: Fingerprinter
  private let now: @Sendable () -> Instant
  private let tool: Text

  /// - Parameters:
  ///   - now: The clock.
  ///   - tool: The version that a snapshot names.
  public init(store: any SnapshotStore, fingerprinter: Fingerprinter, tool: Text, now: @escaping @Sendable () -> Instant) {
    (self.store, self.fingerprinter, self.tool, self.now) = (store, fingerprinter, tool, now)
  }

  /// Observes every watch at the same time; none takes another with it.
  ///
  /// - Throws: What kept the store from being written. The snapshot is not committed by this.
  public func observe(
    _ subjects: [Subject], as name: Text, progress: @escaping @Sendable (WatchProgress) -> Void
  ) async throws(Failure) -> Snapshot {
    let began = now()
    let newest = try await store.snapshots().last
    let earlier = NewestSnapshot(newest?.name, of: store, tool: tool, fingerprintKey: fingerprinter.keyID)
    let results = await withTaskGroup(of: Result<[Observation], Failure>.self) { group in
      for subject in subjects {
        group.addTask { await self.observations(of: subject, isFirst: newest == nil, earlier: earlier, progress: progress) }
      }
      return await group.reduce(into: [Result<[Observation], Failure>]()) { $0.append($1) }
    }
    var observations: [Observation] = []
    for result in results { observations += try result.get() }
    observations = observations.allowingForEmptyTargets()
    return Snapshot(
      name: name, began: began, ended: now(), parent: newest?.digest, fingerprintKey: fingerprinter.keyID, tool: tool,
      observations: observations)
  }

  private func observations(
    of subject: Subject, isFirst: Bool, earlier: NewestSnapshot, progress: @escaping @Sendable (WatchProgress) -> Void
  ) async -> Result<[Observation], Failure> {
    do {
      switch subject {
      case .unready(let watch, let reasons):
        return .success(
          watch.kinds.map {
            observation(watch, $0, reader: Reader(account: nil), asked: Asked(watch: watch), KindReport(completeness: .failed(reasons)))
          })
      case .ready(let watch, let engine):
        return .success(try await observations(of: watch, by: engine, isFirst: isFirst, earlier: earlier, progress: progress))
      }
    } catch { return .failure(error) }
  }

  private func observation(
    _ watch: Watch, _ kind: KindManifest, reader: Reader, asked: Asked, _ told: KindReport, duplicates: [ResourceAddress] = [],
    chunks: [ChunkReference] = []
  ) -> Observation {
    Observation(
      watch: watch.name, kind: kind.name, reader: reader, asked: asked, schema: kind.schema(manifest: watch.provider.digest),
      completeness: told.completeness.doubted(because: duplicates), standing: told.standing, leftOut: told.leftOut,
      leftOutSince: told.leftOutSince, chunks: chunks)
  }

  private func observations(
    of watch: Watch, by engine: any Engine, isFirst: Bool, earlier: NewestSnapshot,
    progress: @escaping @Sendable (WatchProgress) -> Void
  ) async throws(Failure) -> [Observation] {
    var sorters: [Text: any ResourceSorting] = [:]
    for kind in watch.kinds { sorters[kind.name] = try await store.sorter() }
    let tools = ObservingTools(
      sink: SortingSink(sorters: sorters), fingerprinter: fingerprinter, memory: ToolMemory(memory: store, tool: tool),
      isFirstLook: isFirst,
      earlier: earlier, progress: progress)
    let report = await engine.observe(watch, with: tools)
    var observations: [Observation] = []
    for kind in watch.kinds {
      guard let sorter = sorters[kind.name] else { continue }
      let (chunks, duplicates) = try await sorter.finish()
      let told =
        report.kinds[kind.name] ?? KindReport(completeness: .failed(NonEmpty(Diagnostic("not-read", "the engine said nothing about it"))))
      observations.append(
        observation(watch, kind, reader: report.reader, asked: report.asked, told, duplicates: duplicates, chunks: chunks))
    }
    return observations
  }
}

extension [Observation] {
  /// Of several repositories that one watch names some may hold none of its files, which is told only where none of them holds any: then
  /// the watch is set to look for the wrong ones.
  fileprivate func allowingForEmptyTargets() -> [Observation] {
    func key(_ observation: Observation) -> [Text] { [WatchTarget.base(of: observation.watch), observation.kind] }
    let read = Set(filter { $0.reads > 0 }.map(key))
    return map { observation in
      guard observation.holdsNoFiles, read.contains(key(observation)) else { return observation }
      return Observation(
        watch: observation.watch, kind: observation.kind, reader: observation.reader, asked: observation.asked, schema: observation.schema,
        completeness: .complete(Evidence(ends: [.treeWalked])), standing: observation.standing, leftOut: observation.leftOut,
        leftOutSince: observation.leftOutSince)
    }
  }
}

extension Observation {
  /// How many requests were answered, or files read.
  fileprivate var reads: Int {
    switch completeness {
    case .complete(let evidence), .partial(let evidence, _): evidence.reads
    case .failed: 0
    }
  }

  /// Whether all was listed, and no file of it is one to read.
  fileprivate var holdsNoFiles: Bool {
    guard case .failed(let reasons) = completeness else { return false }
    return reasons.all.allSatisfy { $0.rule == "no-files" }
  }
}

/// Hands resources to the sorter of their kind.
private struct SortingSink: ResourceSink {
  let sorters: [Text: any ResourceSorting]

  func add(_ resources: [Resource], kind: Text) async throws(Failure) {
    guard let sorter = sorters[kind] else { throw Failure("unknown-kind", "the watch doesn't ask for `\(kind)`") }
    try await sorter.add(resources)
  }
}

extension Completeness {
  /// An id that came twice breaks the evidence: the listing may have moved, or the id is not one.
  func doubted(because duplicates: [ResourceAddress]) -> Completeness {
    let told = duplicates.prefix(20).map { address in
      Gap(
        scope: address.scope,
        because: Diagnostic(
          "duplicate-id", "`\(address.id)` stands in two places or came twice, so what it is set to is ambiguous",
          advice: "Take the snapshot again; if it stays, watch only the place that counts."))
    }
    guard !told.isEmpty else { return self }
    switch self {
    case .complete(let evidence): return Completeness(evidence: evidence, gaps: told)
    case .partial(let evidence, let gaps): return Completeness(evidence: evidence, gaps: gaps.all + told)
    case .failed: return self
    }
  }
}
