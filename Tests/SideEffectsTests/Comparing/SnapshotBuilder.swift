import SideEffects

/// Builds snapshots whose chunks lie in a table, cut and written as a store has them.
struct SnapshotBuilder {
  var name: Text
  var key: Text = "key-1"
  private(set) var chunks: [Digest: [UInt8]] = [:]
  private var observations: [Observation] = []

  init(_ name: Text, key: Text = "key-1") { (self.name, self.key) = (name, key) }

  static let schema = KindSchema(sort: .webhook, level: .configuration, manifest: Digest(of: [1]), naturalKey: [], attributes: [:])

  mutating func look(
    _ resources: [Resource], watch: Text = "w", kind: Text = "k", reader: Reader = Reader(account: "admin"),
    asked: Asked = Asked(provider: "p", settings: ["base": "http://service.example"]), schema: KindSchema = Self.schema,
    completeness: Completeness = .complete(Evidence(reads: 1, items: 1, ends: [.singleAnswer])), standing: [Diagnostic] = [],
    leftOut: [LeftOut] = [], leftOutSince: Text? = nil
  ) {
    var cutter = ChunkCutter()
    let lines = resources.map { ResourceLine($0) }.sorted { $0.key.lexicographicallyPrecedes($1.key) }
    var cut = lines.compactMap { cutter.add($0) }
    if let last = cutter.finish() { cut.append(last) }
    for chunk in cut { chunks[chunk.reference.digest] = chunk.lines }
    observations.append(
      Observation(
        watch: watch, kind: kind, reader: reader, asked: asked, schema: schema, completeness: completeness, standing: standing,
        leftOut: leftOut, leftOutSince: leftOutSince, chunks: cut.map(\.reference)))
  }

  var snapshot: Snapshot {
    Snapshot(
      name: name, began: Instant(seconds: 1_795_442_000), ended: Instant(seconds: 1_795_442_060), parent: nil, fingerprintKey: key,
      tool: "test",
      observations: observations)
  }
}

/// Reads the chunks of several builders, and tells which were asked for.
final actor ChunkTable {
  private let chunks: [Digest: [UInt8]]
  private(set) var reads: [Digest] = []

  init(_ builders: [SnapshotBuilder]) {
    chunks = builders.reduce(into: [:]) { table, builder in table.merge(builder.chunks) { first, _ in first } }
  }

  func read(_ digest: Digest) throws(Failure) -> [UInt8] {
    reads.append(digest)
    guard let lines = chunks[digest] else { throw Failure("missing-chunk", "none") }
    return lines
  }
}

extension SnapshotDiff {
  /// Compares what two builders hold.
  static func compare(_ before: SnapshotBuilder, _ after: SnapshotBuilder) async throws -> Comparison {
    let table = ChunkTable([before, after])
    return try await compare(before: before.snapshot, after: after.snapshot) { digest throws(Failure) in try await table.read(digest) }
  }
}

extension Resource {
  /// A resource with little to say.
  static func sample(
    _ id: Text = "1", watch: Text = "w", kind: Text = "k", scope: Scope = .whole, name: Text? = nil, _ attributes: [Text: Reading] = [:],
    origin: Origin = .unknown, kept: [Text: Scalar] = [:]
  ) -> Resource {
    Resource(
      address: ResourceAddress(watch: watch, kind: kind, id: id, scope: scope), name: name ?? id, attributes: attributes, origin: origin,
      kept: kept)
  }
}

extension Reading {
  static func text(_ text: Text) -> Reading { .value(.scalar(.text(text))) }
  static func flag(_ value: Bool) -> Reading { .value(.scalar(.boolean(value))) }
  static func texts(_ texts: Text...) -> Reading { .value(.set(Set(texts.map { .text($0) }))) }
  static func secret(_ secret: String) -> Reading { .value(.scalar(.secret(Fingerprint(stored: Digest(of: secret.utf8))))) }
}
