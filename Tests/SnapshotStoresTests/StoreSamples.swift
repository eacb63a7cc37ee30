import SideEffects

@testable import store_writer

/// What the tests put into stores.
enum StoreSamples {
  static func resource(_ id: String, watch: Text = "w", kind: Text = "k", name: Text = "n", scope: Scope = .whole) -> Resource {
    Resource(address: ResourceAddress(watch: watch, kind: kind, id: Text(id), scope: scope), name: name, attributes: [:])
  }

  static func observation(_ chunks: [ChunkReference] = [], watch: Text = "w", kind: Text = "k") -> Observation {
    Observation(
      watch: watch, kind: kind, reader: .anyone, asked: Asked(provider: "p", settings: [:]), schema: GeneratedResources.schema,
      completeness: .complete(Evidence(reads: 1, items: chunks.reduce(0) { $0 + $1.count }, ends: [.singleAnswer])), chunks: chunks)
  }

  static func snapshot(_ name: Text, _ observations: [Observation] = [], began: Int64 = 1_795_442_520, nanoseconds: Int32 = 0) -> Snapshot {
    Snapshot(
      name: name, began: Instant(seconds: began, nanoseconds: nanoseconds), ended: Instant(seconds: began + 5), parent: nil,
      fingerprintKey: "0011223344556677", tool: "1", observations: observations)
  }

  /// Sorts generated resources into a store, and gives an observation of them.
  static func generated(_ count: Int, seed: Int = 0, in store: any SnapshotStore) async throws(Failure) -> Observation {
    let sorter = try await store.sorter()
    for page in GeneratedResources.pages(count: count, seed: seed) { try await sorter.add(page) }
    return GeneratedResources.observation(try await sorter.finish().chunks, count: count)
  }

  /// Sorts resources into a store, and gives their chunks.
  static func sorted(_ resources: [Resource], in store: any SnapshotStore) async throws(Failure) -> [ChunkReference] {
    let sorter = try await store.sorter()
    try await sorter.add(resources)
    return try await sorter.finish().chunks
  }

  static func upgrade(_ name: Text, began: Int64 = 10, after: Text? = nil) -> Upgrade {
    Upgrade(name: name, command: "./upgrade.sh", before: "before", began: Instant(seconds: began), after: after)
  }
}

/// All that a store answers, to be compared with what it answered before.
struct StoreAnswers: Equatable {
  let key: [UInt8]
  let summaries: [SnapshotSummary]
  let snapshots: [Snapshot]
  let resources: [[Resource]]
  let upgrades: [Upgrade]
  let plan: [UInt8]?

  init(_ store: any SnapshotStore) async throws(Failure) {
    key = try await store.fingerprintKey()
    summaries = try await store.snapshots()
    upgrades = try await store.upgrades()
    plan = try await store.plan(nil)?.json
    var snapshots: [Snapshot] = []
    var resources: [[Resource]] = []
    for summary in summaries {
      // A snapshot that is listed and not there would be an empty answer, which nothing excuses.
      guard let snapshot = try await store.snapshot(named: summary.name) else {
        throw Failure("gone", "\(summary.name) is listed and not there")
      }
      snapshots.append(snapshot)
      for observation in snapshot.observations { resources.append(try await Self.resources(of: observation, in: store)) }
    }
    (self.snapshots, self.resources) = (snapshots, resources)
  }

  static func resources(of observation: Observation, in store: any SnapshotStore) async throws(Failure) -> [Resource] {
    var stream = ChunkStream(observation) { digest async throws(Failure) in try await store.chunk(digest) }
    var resources: [Resource] = []
    while let line = try await stream.next() { resources.append(try stream.resource(of: line)) }
    return resources
  }
}
