import SideEffects
import Testing

@Suite("Any store: chunks")
struct ChunkConformanceTests {
  @Test("are named by what they hold, so two snapshots that differ in one resource share all but one", arguments: StoreBackend.all)
  func sharing(backend: StoreBackend) async throws {
    let store = try await backend.open(try TemporaryFolder())
    let resources = (0..<20_000).map { StoreSamples.resource("id-\($0)") }
    let before = try await StoreSamples.sorted(resources, in: store)
    let again = try await StoreSamples.sorted(resources.shuffled(), in: store)
    #expect(again == before)
    let after = try await StoreSamples.sorted(resources.dropLast() + [StoreSamples.resource("id-19999", name: "other")], in: store)
    #expect(before.count > 20)
    #expect(Set(after).subtracting(before).count == 1)
    for reference in before + after { #expect(Digest(of: try await store.chunk(reference.digest)) == reference.digest) }
  }

  @Test("may be put twice, and many at once", arguments: StoreBackend.all)
  func puttingTwice(backend: StoreBackend) async throws {
    let store = try await backend.open(try TemporaryFolder())
    let chunk = Chunk(first: "a", count: 1, lines: Array("a\t{\"name\":\"n\"}\n".utf8))
    try await store.put([chunk, chunk])
    try await store.put([chunk])
    try await store.put([])
    #expect(try await store.chunk(chunk.reference.digest) == chunk.lines)
  }

  @Test("that were never put are told, not empty", arguments: StoreBackend.all)
  func missing(backend: StoreBackend) async throws {
    let store = try await backend.open(try TemporaryFolder())
    let failure = await #expect(throws: Failure.self) { try await store.chunk(Digest(of: [1])) }
    #expect(failure?.diagnostics.first.rule == "missing-chunk")
    #expect(failure?.diagnostics.first.advice.isEmpty == false)
  }

  @Test("hold resources in the order of their ids' bytes, in whatever order these came", arguments: StoreBackend.all)
  func order(backend: StoreBackend) async throws {
    let store = try await backend.open(try TemporaryFolder())
    let ids = ["b", "a", "B", "a\"", "a ", "a!", "", "10", "9", "e\u{301}", "\u{e9}", "z", "\u{10FFFF}", "a\u{1}", "%41"]
    let chunks = try await StoreSamples.sorted(ids.map { StoreSamples.resource($0) }, in: store)
    let read = try await StoreAnswers.resources(of: StoreSamples.observation(chunks), in: store)
    #expect(Set(read.map(\.address.id)) == Set(ids.map { Text($0) }))
    let keys = read.map(\.address.sortKey)
    #expect(keys == keys.sorted())
  }

  @Test("keep one resource of an address that came several times, the same whichever came first, and tell it", arguments: StoreBackend.all)
  func duplicates(backend: StoreBackend) async throws {
    let store = try await backend.open(try TemporaryFolder())
    let twice = [
      StoreSamples.resource("a", name: "1"), StoreSamples.resource("b"), StoreSamples.resource("a", name: "2"), StoreSamples.resource("c"),
    ]
    var kept: [[ChunkReference]] = []
    for resources in [twice, twice.reversed()] {
      let sorter = try await store.sorter()
      for resource in resources { try await sorter.add([resource]) }
      let (chunks, duplicates) = try await sorter.finish()
      #expect(duplicates.map(\.id) == ["a"])
      #expect(chunks.reduce(0) { $0 + $1.count } == 3)
      kept.append(chunks)
    }
    #expect(kept[0] == kept[1])
    // The same id below another parent is another resource.
    let scoped = StoreSamples.resource("a", scope: Scope([.init(list: "r", id: "1")]))
    let sorter = try await store.sorter()
    try await sorter.add([StoreSamples.resource("a"), scoped])
    #expect(try await sorter.finish().duplicates.isEmpty)
  }

  @Test("are those of one observation: a sorting takes no other's resources and ends once", arguments: StoreBackend.all)
  func oneObservation(backend: StoreBackend) async throws {
    let store = try await backend.open(try TemporaryFolder())
    let sorter = try await store.sorter()
    try await sorter.add([StoreSamples.resource("a")])
    await #expect(throws: Failure.self) { try await sorter.add([StoreSamples.resource("a", watch: "other")]) }
    await #expect(throws: Failure.self) { try await sorter.add([StoreSamples.resource("a", kind: "other")]) }
    #expect(try await sorter.finish().chunks.count == 1)
    await #expect(throws: Failure.self) { try await sorter.finish() }
    await #expect(throws: Failure.self) { try await sorter.add([StoreSamples.resource("b")]) }
  }

  @Test("of many sortings at once, each in pages out of order, are those of one after the other", arguments: StoreBackend.all)
  func atOnce(backend: StoreBackend) async throws {
    let store = try await backend.open(try TemporaryFolder())
    let alone = try await StoreSamples.generated(3_000, in: store).chunks
    let together = try await withThrowingTaskGroup(of: [ChunkReference].self) { group in
      for _ in 0..<8 { group.addTask { try await StoreSamples.generated(3_000, in: store).chunks } }
      return try await group.reduce(into: [[ChunkReference]]()) { $0.append($1) }
    }
    #expect(together.allSatisfy { $0 == alone })
  }
}
