import SideEffects

/// Snapshots that hold something of everything.
enum SnapshotSamples {
  static let schema = KindSchema(
    sort: .webhook, level: .configuration, manifest: Digest(of: [1]), naturalKey: ["config.url"],
    attributes: ["active": .value, "events": .set, "last_response": .volatile, "config.secret": .secret])

  static func observation(watch: Text = "w", kind: Text = "k", chunks: [ChunkReference] = []) -> Observation {
    Observation(
      watch: watch, kind: kind, reader: .anyone, asked: Asked(provider: "github", settings: [:]), schema: schema,
      completeness: .complete(Evidence(reads: 1, items: 0, ends: [.singleAnswer])), chunks: chunks)
  }
}
