import SideEffects

/// Snapshots that hold something of everything.
enum SnapshotSamples {
  static let schema = KindSchema(
    sort: .webhook, level: .configuration, manifest: Digest(of: [1]), naturalKey: ["config.url"],
    attributes: ["active": .value, "events": .set, "last_response": .volatile, "config.secret": .secret])

  static let listed = KindSchema(
    sort: .webhook, level: .data, manifest: Digest(of: [1]), naturalKey: [], attributes: [:], listing: Digest(of: [4]))

  static let forbidden = Diagnostic(
    "forbidden", "the token may not read this", advice: "give it read:org", place: .url("https://api.example"))

  static let repository = Scope([
    .init(list: "owner", id: "12", label: "acme"), .init(list: "repository", id: "99"),
  ])

  static let completenesses: [Completeness] = [
    .complete(Evidence(reads: 3, items: 200, ends: [.noNextPage, .totalReached])),
    .complete(Evidence()),
    .partial(
      Evidence(reads: 1, items: 2, ends: []),
      NonEmpty(Gap(scope: .whole, because: forbidden), [Gap(scope: repository, because: Diagnostic("timed-out", "too slow"))])),
    .failed(NonEmpty(Diagnostic("broken", "no", place: .file("a/b.yaml", line: 3, column: 0)))),
  ]

  static let readers = [
    Reader.anyone, Reader(account: "audit-bot", rights: .told(["read:org", "repo"])), Reader(account: "x", rights: .told([])),
  ]

  /// One observation for each completeness, the chunks in the first.
  static func snapshot(name: Text = "before", chunks: [ChunkReference] = []) -> Snapshot {
    let observations = completenesses.enumerated().map { index, completeness in
      Observation(
        watch: "github", kind: Text("kind-\(index)"), reader: readers[index % readers.count],
        asked: Asked(
          provider: "github", settings: ["owner": "acme", "e\u{301}": "1", "\u{e9}": "2"],
          constants: ["region": ["eu", "us"], "none": []],
          revision: index == 0 ? "9c01ab2" : nil),
        schema: index == 0 ? listed : schema, completeness: completeness,
        standing: index == 1 ? [Diagnostic("not-listable", "it has no list")] : [],
        chunks: index == 0 ? chunks : [])
    }
    return Snapshot(
      name: name, began: Instant(seconds: 1_795_442_520), ended: Instant(seconds: 1_795_442_525, nanoseconds: 1_020),
      parent: Digest(of: [2]),
      fingerprintKey: "0011223344556677", tool: "1.0", observations: observations)
  }

  static func observation(watch: Text = "w", kind: Text = "k", chunks: [ChunkReference] = []) -> Observation {
    Observation(
      watch: watch, kind: kind, reader: .anyone, asked: Asked(provider: "github", settings: [:]), schema: schema,
      completeness: .complete(Evidence(reads: 1, items: 0, ends: [.singleAnswer])), chunks: chunks)
  }
}
