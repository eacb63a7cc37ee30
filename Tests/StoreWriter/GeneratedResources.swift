import SideEffects

/// Webhooks that differ a little between two seeds, for stores to hold: the same for the same numbers, in every process.
enum GeneratedResources {
  static let watch: Text = "github"
  static let kind: Text = "webhook"

  static let schema = KindSchema(
    sort: .webhook, level: .configuration, manifest: Digest(of: [1]), naturalKey: ["config.url"],
    attributes: ["active": .value, "events": .set, "config.url": .value, "config.content_type": .value, "config.secret": .secret])

  /// About one resource in a hundred is another one under another seed.
  static func resource(_ number: Int, seed: Int) -> Resource {
    let isChanged = number % 100 == seed % 100
    let repository = Scope.Step(list: "repository", id: Text("\(1_000 + number / 10)"), label: Text("acme/service-\(number / 10)"))
    let url = Text("https://hooks.example/\(number)/deliver")
    return Resource(
      address: ResourceAddress(watch: watch, kind: kind, id: Text("\(10_000_000 + number)"), scope: Scope([repository])), name: url,
      attributes: [
        "active": .value(.scalar(.boolean(!isChanged))), "events": .value(.set([.text("push"), .text("release")])),
        "config.url": .value(.scalar(.text(url))), "config.content_type": .value(.scalar(.text("json"))), "config.secret": .withheld,
      ], origin: Origin(at: "2026-11-23T14:02:00Z"))
  }

  /// All of them in pages, out of order as a service may give them.
  static func pages(count: Int, seed: Int, of size: Int = 100) -> some Sequence<[Resource]> {
    stride(from: 0, to: count, by: size).lazy.map { start in
      (start..<min(start + size, count)).map { resource((($0 &* 7_919) % count), seed: seed) }
    }
  }

  static func observation(_ chunks: [ChunkReference], count: Int) -> Observation {
    Observation(
      watch: watch, kind: kind, reader: Reader(account: "audit-bot"), asked: Asked(provider: "github", settings: ["owner": "acme"]),
      schema: schema,
      completeness: .complete(Evidence(reads: 1 + count / 100, items: count, ends: [.noNextPage])), chunks: chunks)
  }
}
