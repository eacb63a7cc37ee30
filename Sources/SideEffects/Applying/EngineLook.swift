/// Looks again through the engines, and keeps what it sees in memory alone.
public struct EngineLook: FreshLooking {
  private let basis: Snapshot
  private let fingerprinter: Fingerprinter
  private let engine: @Sendable (Watch) throws(Failure) -> any Engine
  private let progress: @Sendable (WatchProgress) -> Void
  private let memory: (any ReadingMemory)?

  /// - Parameters:
  ///   - basis: The newest snapshot that the plan is made of.
  ///   - memory: What the looks before this one left, so that the same can be told of what was left out; nothing is kept in it. Nil where
  ///     another version of the program made the basis.
  ///   - engine: The engine that a watch's provider asks for.
  public init(
    basis: Snapshot, fingerprinter: Fingerprinter, memory: (any ReadingMemory)? = nil,
    progress: @escaping @Sendable (WatchProgress) -> Void = { _ in },
    engine: @escaping @Sendable (Watch) throws(Failure) -> any Engine
  ) {
    (self.basis, self.fingerprinter, self.engine, self.progress) = (basis, fingerprinter, engine, progress)
    self.memory = memory.map { RecalledMemory(memory: ToolMemory(memory: $0, tool: basis.tool)) }
  }

  public func look(at watch: Watch, kind: KindManifest, scopes: Set<Scope>?) async -> FreshLook {
    let sink = CollectingSink()
    // A repository's files are read for all kinds at once, and what was noted of them is noted of all.
    let isNarrow = watch.provider.manifest.engine != .git
    let narrowed = isNarrow ? Watch(name: watch.name, provider: watch.provider, settings: watch.settings, only: [kind.name]) : watch
    let report: WatchReport
    do throws(Failure) {
      let tools = ObservingTools(
        sink: sink, fingerprinter: fingerprinter, memory: memory, progress: progress, focus: scopes, items: { sink.keep($0, $1) })
      report = await (try engine(narrowed)).observe(narrowed, with: tools)
    } catch {
      report = WatchReport(
        reader: .anyone, asked: Asked(watch: narrowed), kinds: [kind.name: KindReport(completeness: .failed(error.diagnostics))])
    }
    let told = report.kinds[kind.name] ?? KindReport(completeness: .failed(NonEmpty(Diagnostic("not-read", "the engine said nothing"))))
    let (all, items, allTwice) = sink.collected
    let (resources, twice) = (all.filter { $0.key.kind == kind.name }, allTwice.filter { $0.kind == kind.name })
    let observation = Observation(
      watch: watch.name, kind: kind.name, reader: report.reader, asked: report.asked,
      schema: kind.schema(manifest: watch.provider.digest), completeness: told.completeness.doubted(because: twice),
      standing: told.standing, leftOut: told.leftOut, leftOutSince: told.leftOutSince)
    return FreshLook(
      observation, resources: resources, items: items, earlier: basis.observation(watch: watch.name, kind: kind.name),
      keysAreEqual: basis.fingerprintKey == fingerprinter.keyID)
  }
}
