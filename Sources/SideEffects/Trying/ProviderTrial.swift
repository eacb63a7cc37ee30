/// Runs a provider over its fixtures as if they were real, without a socket, a repository or a store that stays.
public struct ProviderTrial: Sendable {
  public let provider: Provider
  public let fixtures: ProviderFixtures

  public init(provider: Provider, fixtures: ProviderFixtures) { (self.provider, self.fixtures) = (provider, fixtures) }

  /// What came out.
  public struct Outcome: Sendable {
    public let before: Snapshot
    public let after: Snapshot
    /// By no configuration, so that every change is residue but for what the provider expects.
    public let audit: Audit
    /// Resources that differ between the two and are no change, or an expected one: by kind and name.
    public let harmless: [(kind: Text, name: Text)]
    /// What to do about the residue.
    public let plan: Plan

    /// The changes as `diff --format json` has them.
    public var changesJSON: String { JSONReport(audit).json() }
    /// The plan as `plan --format json` has it.
    public var planJSON: String { PlanReport(plan).json() }
  }

  /// Always the same, so that fingerprints in expected results are.
  private static let key = Array("a key for fixtures".utf8)
  /// When fixtures are read, by their own clock.
  private static let moment = Instant(year: 2026, month: 11, day: 23, secondOfDay: 50_520)

  /// - Throws: Why the fixtures don't fit the provider's settings.
  public func run() async throws(Failure) -> Outcome {
    let store = MemoryStore(fingerprintKey: Self.key)
    let sides = try fixtures.sides(for: provider)
    let before = try await Self.snapshot(.ready(sides.before.watch, sides.before.engine), "before", store)
    let after = try await Self.snapshot(.ready(sides.after.watch, sides.after.engine), "after", store)
    let comparison = try await SnapshotDiff.compare(before: before, after: after) { digest async throws(Failure) in
      try await store.chunk(digest)
    }
    let audit = Classifier(configuration: nil, providers: [provider.name: provider], today: Self.moment)
      .classify(comparison, subjects: Audit.Subject.all(of: after))
    let watches = [sides.after.watch.name: sides.after.watch]
    let patches = await PatchPlanner(watches: watches, source: sides.after.source, fingerprinter: Fingerprinter(key: Self.key)).patches(
      for: audit)
    let plan = Planner(watches: watches, patches: patches).plan(audit, name: provider.name, seen: Self.moment)
    return Outcome(before: before, after: after, audit: audit, harmless: try await harmless(before, after, audit, store), plan: plan)
  }

  /// What one recording makes the provider say: for each kind whether it was whole, and all that was seen.
  func claims(of recording: Recording) async throws(Failure) -> [Text: Claim] {
    let store = MemoryStore(fingerprintKey: Self.key)
    let snapshot = try await Self.snapshot(.ready(try recording.watch(for: provider), RecordedEngine(recording)), "claims", store)
    let claims = snapshot.observations.map { ($0.kind, Claim(isComplete: $0.completeness.isComplete, chunks: $0.chunks)) }
    return Dictionary(claims) { first, _ in first }
  }

  struct Claim: Hashable, Sendable {
    let isComplete: Bool
    let chunks: [ChunkReference]
  }

  private static func snapshot(_ subject: Auditor.Subject, _ name: Text, _ store: MemoryStore) async throws(Failure) -> Snapshot {
    let auditor = Auditor(store: store, fingerprinter: Fingerprinter(key: key), tool: "fixtures") { moment }
    let snapshot = try await auditor.observe([subject], as: name) { _ in }
    try await store.commit(snapshot)
    return snapshot
  }

  private func harmless(_ before: Snapshot, _ after: Snapshot, _ audit: Audit, _ store: MemoryStore) async throws(Failure) -> [(
    kind: Text, name: Text
  )] {
    let changed = Set(audit.entries.flatMap { [$0.change.resource.address, $0.change.before?.address ?? $0.change.resource.address] })
    var found = audit.ignored.map { ($0.change.resource.address.kind, $0.change.resource.name) }
    for observation in after.observations {
      guard let old = before.observation(watch: observation.watch, kind: observation.kind) else { continue }
      let lines = try await Self.lines(of: old, store)
      for (key, line) in try await Self.lines(of: observation, store) {
        guard let was = lines[key], was.bytes != line.bytes else { continue }
        let resource = try line.resource(watch: observation.watch, kind: observation.kind)
        if !changed.contains(resource.address) { found.append((observation.kind, resource.name)) }
      }
    }
    return found.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map { (kind: $0.0, name: $0.1) }
  }

  private static func lines(of observation: Observation, _ store: MemoryStore) async throws(Failure) -> [[UInt8]: ResourceLine] {
    var stream = ChunkStream(observation) { digest async throws(Failure) in try await store.chunk(digest) }
    var lines: [[UInt8]: ResourceLine] = [:]
    while let line = try await stream.next() { lines[Array(line.key)] = line }
    return lines
  }
}
