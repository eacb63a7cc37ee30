import SideEffects
import Testing

@Suite("Two snapshots")
struct SnapshotDiffTests {
  @Test("that share chunks are compared without reading these")
  func skipsEqualChunks() async throws {
    let resources = (0..<5_000).map { Resource.sample(Text("id-\($0)"), ["value": .flag(true)]) }
    var (before, after) = (SnapshotBuilder("before"), SnapshotBuilder("after"))
    before.look(resources)
    after.look(resources.map { $0.address.id == "id-2500" ? .sample("id-2500", ["value": .flag(false)]) : $0 })
    let table = ChunkTable([before, after])
    let comparison = try await SnapshotDiff.compare(before: before.snapshot, after: after.snapshot) { digest throws(Failure) in
      try await table.read(digest)
    }
    #expect(comparison.changes.map(\.resource.address.id) == ["id-2500"])
    #expect(before.chunks.count > 5)
    #expect(await table.reads.count == 2)
  }

  @Test("are merged whatever their chunks are: the same as a comparison one by one")
  func merges() async throws {
    // Chunks that don't begin together: of 3,000 ids each snapshot holds another part.
    let all = (0..<3_000).map { Text("id-\($0)") }
    let (old, new) = (
      all.enumerated().filter { $0.offset % 3 != 0 }.map(\.element), all.enumerated().filter { $0.offset % 5 != 0 }.map(\.element)
    )
    var (before, after) = (SnapshotBuilder("before"), SnapshotBuilder("after"))
    before.look(old.map { .sample($0) })
    after.look(new.map { .sample($0) })
    let comparison = try await SnapshotDiff.compare(before, after)
    let deleted = comparison.changes.filter { $0.word == "deleted" }.map(\.resource.address.id)
    let created = comparison.changes.filter { $0.word == "created" }.map(\.resource.address.id)
    #expect(deleted == Set(old).subtracting(new).sorted())
    #expect(created == Set(new).subtracting(old).sorted())
    #expect(comparison.changes.count == deleted.count + created.count)
  }

  @Test("give the same report in whatever order their watches were looked at")
  func order() async throws {
    var (before, after, shuffled) = (SnapshotBuilder("before"), SnapshotBuilder("after"), SnapshotBuilder("after"))
    let watches: [Text] = ["b", "a", "é", "e\u{301}"]
    for watch in watches { before.look([.sample("1", watch: watch), .sample("10", watch: watch)], watch: watch) }
    for watch in watches { after.look([.sample("2", watch: watch), .sample("10", watch: watch)], watch: watch) }
    for watch in watches.reversed() { shuffled.look([.sample("10", watch: watch), .sample("2", watch: watch)], watch: watch) }
    let comparison = try await SnapshotDiff.compare(before, after)
    #expect(comparison.changes.map(\.resource.address.watch.string) == ["a", "a", "b", "b", "e\u{301}", "e\u{301}", "é", "é"])
    #expect(try await SnapshotDiff.compare(before, shuffled) == comparison)
  }

  @Test("where one doesn't know a watch say so, and name how many resources that leaves open")
  func firstLook() async throws {
    var (before, after) = (SnapshotBuilder("before"), SnapshotBuilder("after"))
    before.look([.sample("1", watch: "old")], watch: "old")
    after.look([.sample("1", watch: "new"), .sample("2", watch: "new")], watch: "new")
    let comparison = try await SnapshotDiff.compare(before, after)
    #expect(comparison.changes.isEmpty)
    #expect(comparison.blindSpots.map(\.code) == ["first-look", "first-look"])
    #expect(comparison.blindSpots.map(\.side) == [.before, .after])
    #expect(comparison.blindSpots.map(\.unknown) == [2, 1])
  }

  @Test("that failed in the same way are blind once, and what each held is counted")
  func sameGap() async throws {
    let because = Diagnostic("forbidden", "403: the token may not read it")
    let gap = Gap(scope: Scope([.init(list: "repository", id: "7")]), because: because)
    let partial = Completeness.partial(Evidence(reads: 1, items: 1), NonEmpty(gap))
    var (before, after) = (SnapshotBuilder("before"), SnapshotBuilder("after"))
    before.look([.sample("1", scope: gap.scope), .sample("2")], completeness: partial)
    after.look([.sample("3", scope: gap.scope.appending(.init(list: "branch", id: "main"))), .sample("2")], completeness: partial)
    let comparison = try await SnapshotDiff.compare(before, after)
    #expect(comparison.changes.isEmpty)
    #expect(comparison.blindSpots == [BlindSpot(watch: "w", kind: "k", scope: gap.scope, side: .both, because: because, unknown: 2)])
  }

  @Test("keep a standing blind spot that both have as one")
  func standing() async throws {
    let standing = Diagnostic("not-listable", "incoming webhooks: no call lists them")
    var (before, after) = (SnapshotBuilder("before"), SnapshotBuilder("after"))
    before.look([], standing: [standing])
    after.look([], standing: [standing])
    let comparison = try await SnapshotDiff.compare(before, after)
    #expect(comparison.blindSpots == [BlindSpot(watch: "w", kind: "k", side: .both, because: standing)])
  }

  @Test("under two manifests compare what both declare in the same role, and say the rest")
  func manifests() async throws {
    func schema(_ manifest: UInt8, _ attributes: [Text: KindSchema.Role]) -> KindSchema {
      KindSchema(
        sort: .webhook, level: .configuration, manifest: Digest(of: [manifest]), naturalKey: [], attributes: attributes,
        listing: Digest(of: []))
    }
    var (before, after) = (SnapshotBuilder("before"), SnapshotBuilder("after"))
    before.look(
      [.sample("1", ["url": .text("a"), "events": .texts("x"), "old": .text("1"), "used": .text("1")])],
      schema: schema(1, ["url": .value, "events": .set, "old": .value, "used": .value]))
    after.look(
      [.sample("1", ["url": .text("b"), "events": .text("x"), "new": .text("1"), "used": .text("2")])],
      schema: schema(2, ["url": .value, "events": .value, "new": .value, "used": .volatile]))
    let comparison = try await SnapshotDiff.compare(before, after)
    #expect(comparison.changes.first?.attributes.map(\.name) == ["url"])
    #expect(comparison.changes.first?.notCompared == ["events", "new", "old"])
    #expect(comparison.blindSpots.map(\.code) == ["other-manifest"])
    #expect(comparison.blindSpots.first?.because.sentence.string.contains("`events`, `new`, `old`, `used`") == true)
  }

  @Test(
    "under two manifests that list otherwise compare what both hold, and call nothing created or deleted", arguments: [nil, 2] as [UInt8?])
  func listings(listing: UInt8?) async throws {
    func schema(_ manifest: UInt8, _ listing: UInt8?) -> KindSchema {
      KindSchema(
        sort: .webhook, level: .configuration, manifest: Digest(of: [manifest]), naturalKey: [], attributes: ["url": .value],
        listing: listing.map { Digest(of: [$0]) })
    }
    var (before, after) = (SnapshotBuilder("before"), SnapshotBuilder("after"))
    before.look([.sample("1", ["url": .text("a")]), .sample("2")], schema: schema(1, 1))
    after.look([.sample("1", ["url": .text("b")]), .sample("3")], schema: schema(2, listing))
    let comparison = try await SnapshotDiff.compare(before, after)
    #expect(comparison.changes.map(\.word.string) == ["updated"])
    #expect(comparison.blindSpots.map(\.code) == ["other-manifest"])
    #expect(comparison.blindSpots.map(\.unknown) == [2])
  }

  @Test("under two keys never compare fingerprints, inside texts neither, and say so once")
  func keys() async throws {
    let secret = Resource.sample("1", ["token": .secret("a"), "url": .text("https://hooks.example/fingerprint:12"), "name": .text("n")])
    let other = Resource.sample("1", ["token": .secret("b"), "url": .text("https://hooks.example/fingerprint:13"), "name": .text("m")])
    var (before, after) = (SnapshotBuilder("before"), SnapshotBuilder("after", key: "key-2"))
    before.look([secret])
    after.look([other])
    let comparison = try await SnapshotDiff.compare(before, after)
    #expect(comparison.changes.first?.attributes.map(\.name) == ["name"])
    #expect(comparison.changes.first?.notCompared == ["token", "url"])
    #expect(comparison.blindSpots.map(\.code) == ["fingerprint-key"])
    after.key = "key-1"
    #expect(try await SnapshotDiff.compare(before, after).changes.first?.attributes.map(\.name) == ["name", "token", "url"])
  }

  @Test("where a chunk can't be read are not compared at all")
  func missingChunk() async throws {
    var (before, after) = (SnapshotBuilder("before"), SnapshotBuilder("after"))
    before.look([.sample("1")])
    after.look([.sample("2")])
    let failure = await #expect(throws: Failure.self) {
      try await SnapshotDiff.compare(before: before.snapshot, after: after.snapshot) { _ throws(Failure) in
        throw Failure("store-damaged", "no")
      }
    }
    #expect(failure?.diagnostics.first.rule == "store-damaged")
  }
}
