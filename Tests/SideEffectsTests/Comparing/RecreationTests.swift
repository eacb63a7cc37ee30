import SideEffects
import Testing

@Suite("What was deleted and created again")
struct RecreationTests {
  static func schema(_ key: [Text]) -> KindSchema {
    KindSchema(
      sort: .webhook, level: .configuration, manifest: Digest(of: [1]), naturalKey: key,
      attributes: ["url": .value, "secret": .secret, "events": .set])
  }

  static func words(_ before: [Resource], _ after: [Resource], key: [Text], completeness: Completeness? = nil) async throws -> [String] {
    var (old, new) = (SnapshotBuilder("before"), SnapshotBuilder("after"))
    old.look(before, schema: schema(key))
    new.look(after, schema: schema(key), completeness: completeness ?? .complete(Evidence(reads: 1, items: 1)))
    return try await SnapshotDiff.compare(old, new).changes.map { change in
      [change.before?.address.id, change.after?.address.id].compactMap { $0?.string }.joined(separator: ">") + " \(change.word)"
    }
  }

  static func hook(_ id: Text, _ url: Text = "u", scope: Scope = .whole, more: [Text: Reading] = [:], kept: [Text: Scalar] = [:])
    -> Resource
  {
    .sample(id, scope: scope, ["url": .text(url)].merging(more) { _, new in new }, kept: kept)
  }

  @Test("is recreated where its natural key is on both sides once")
  func joined() async throws {
    #expect(try await Self.words([Self.hook("1")], [Self.hook("2")], key: ["url"]) == ["1>2 recreated"])
    #expect(
      try await Self.words([Self.hook("1"), Self.hook("3", "v")], [Self.hook("2"), Self.hook("4", "w")], key: ["url"]) == [
        "1>2 recreated", "3 deleted", "4 created",
      ])
  }

  @Test("stays deleted and created without a key, or where two have the same")
  func notJoined() async throws {
    #expect(try await Self.words([Self.hook("1")], [Self.hook("2")], key: []) == ["1 deleted", "2 created"])
    #expect(
      try await Self.words([Self.hook("1")], [Self.hook("2"), Self.hook("3")], key: ["url"]) == ["1 deleted", "2 created", "3 created"])
    #expect(
      try await Self.words([Self.hook("1"), Self.hook("3")], [Self.hook("2")], key: ["url"]) == ["1 deleted", "2 created", "3 deleted"])
  }

  @Test("is never told from masked or missing values")
  func masked() async throws {
    let mask: [Text: Reading] = ["secret": .withheld]
    #expect(
      try await Self.words([Self.hook("1", more: mask)], [Self.hook("2", more: mask)], key: ["url", "secret"]) == [
        "1 deleted", "2 created",
      ])
    #expect(try await Self.words([.sample("1")], [.sample("2")], key: ["url"]) == ["1 deleted", "2 created"])
  }

  @Test("is not joined with what may have been there all along")
  func unproven() async throws {
    let partial = Completeness.failed(NonEmpty(Diagnostic("forbidden", "no")))
    #expect(try await Self.words([Self.hook("1")], [Self.hook("2")], key: ["url"], completeness: partial) == ["2 created"])
  }

  @Test("is known by parents, kept values and whole objects too")
  func otherParts() async throws {
    let (one, two) = (
      Scope([.init(list: "repository", id: "7", label: "acme/api")]), Scope([.init(list: "repository", id: "8", label: "acme/web")])
    )
    for key in [["repository.id", "url"], ["repository", "url"]] as [[Text]] {
      #expect(try await Self.words([Self.hook("1", scope: one)], [Self.hook("2", scope: one)], key: key) == ["1>2 recreated"])
      #expect(try await Self.words([Self.hook("1", scope: one)], [Self.hook("2", scope: two)], key: key) == ["1 deleted", "2 created"])
    }
    let (a, b): ([Text: Scalar], [Text: Scalar]) = (["place": .text("orgs/a")], ["place": .text("orgs/b")])
    #expect(try await Self.words([Self.hook("1", kept: a)], [Self.hook("2", kept: a)], key: ["place", "url"]) == ["1>2 recreated"])
    #expect(
      try await Self.words([Self.hook("1", kept: a)], [Self.hook("2", kept: b)], key: ["place", "url"]) == ["1 deleted", "2 created"])
    let (x, y) = (
      Resource.sample("1", ["config.url": .text("u"), "config.type": .text("x")]),
      Resource.sample("2", ["config.url": .text("u"), "config.type": .text("y")])
    )
    #expect(try await Self.words([x], [y], key: ["config"]) == ["1 deleted", "2 created"])
    #expect(try await Self.words([x], [y], key: ["config.url"]) == ["1>2 recreated"])
  }

  @Test("under the same id is recreated too, and says what it lost")
  func sameID() async throws {
    var (old, new) = (SnapshotBuilder("before"), SnapshotBuilder("after"))
    let before = Resource.sample(
      "1", ["url": .text("u"), "secret": .secret("a"), "events": .texts("push")], origin: Origin(at: "2026-01-01T00:00:00Z"))
    let after = Resource.sample(
      "1", ["url": .text("u"), "secret": .secret("b"), "events": .texts("push")], origin: Origin(at: "2026-02-01T00:00:00Z"))
    old.look([before], schema: Self.schema(["url"]))
    new.look([after], schema: Self.schema(["url"]))
    let changes = try await SnapshotDiff.compare(old, new).changes
    #expect(changes.map(\.word) == ["recreated"])
    #expect(changes.first?.attributes.map(\.name) == ["secret"])
  }
}
