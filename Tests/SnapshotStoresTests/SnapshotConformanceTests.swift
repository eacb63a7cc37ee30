import SideEffects
import Testing

@Suite("Any store: snapshots")
struct SnapshotConformanceTests {
  @Test("come back as they were committed, from this process and the next", arguments: StoreBackend.all)
  func roundTrip(backend: StoreBackend) async throws {
    let folder = try TemporaryFolder()
    let answers: StoreAnswers
    do {
      let store = try await backend.open(folder)
      try await store.commit(StoreSamples.snapshot("before", [try await StoreSamples.generated(2_000, in: store)]))
      answers = try await StoreAnswers(store)
      #expect(answers.resources[0].count == 2_000)
      #expect(answers.summaries.map(\.resources) == [2_000])
      #expect(answers.summaries.map(\.isComplete) == [true])
    }
    #expect(try await StoreAnswers(try await backend.open(folder)) == answers)
  }

  @Test("are written once: a name that is taken stays what it was", arguments: StoreBackend.all)
  func writtenOnce(backend: StoreBackend) async throws {
    let store = try await backend.open(try TemporaryFolder())
    try await store.commit(StoreSamples.snapshot("n", began: 1))
    for again in [1, 2] as [Int64] {
      let failure = await #expect(throws: Failure.self) { try await store.commit(StoreSamples.snapshot("n", began: again)) }
      #expect(failure?.diagnostics.first.rule == "name-taken")
    }
    #expect(try await store.snapshot(named: "n")?.began == Instant(seconds: 1))
    #expect(try await store.snapshots().count == 1)
  }

  @Test("are whole or not there: one with a chunk that was never put is refused and leaves nothing", arguments: StoreBackend.all)
  func whole(backend: StoreBackend) async throws {
    let store = try await backend.open(try TemporaryFolder())
    let chunks = try await StoreSamples.sorted([StoreSamples.resource("a")], in: store)
    let missing = ChunkReference(first: "z", count: 1, digest: Digest(of: [9]))
    let failure = await #expect(throws: Failure.self) {
      try await store.commit(StoreSamples.snapshot("n", [StoreSamples.observation(chunks + [missing])]))
    }
    #expect(failure?.diagnostics.first.rule == "missing-chunk")
    #expect(try await store.snapshot(named: "n") == nil)
    #expect(try await store.snapshots().isEmpty)
    try await store.commit(StoreSamples.snapshot("n", [StoreSamples.observation(chunks)]))
  }

  @Test("are listed oldest first, by when they began and then by when they were committed", arguments: StoreBackend.all)
  func order(backend: StoreBackend) async throws {
    let store = try await backend.open(try TemporaryFolder())
    for (name, began, nanoseconds) in [("c", 5, 7), ("a", 9, 0), ("z", 5, 3), ("b", 5, 7)] as [(Text, Int64, Int32)] {
      try await store.commit(StoreSamples.snapshot(name, began: began, nanoseconds: nanoseconds))
    }
    #expect(try await store.snapshots().map(\.name) == ["z", "c", "b", "a"])
  }

  @Test("without a resource, and without an observation, are snapshots", arguments: StoreBackend.all)
  func empty(backend: StoreBackend) async throws {
    let store = try await backend.open(try TemporaryFolder())
    let (chunks, duplicates) = try await store.sorter().finish()
    #expect(chunks.isEmpty && duplicates.isEmpty)
    let empty = StoreSamples.snapshot("resourceless", [StoreSamples.observation(chunks)])
    try await store.commit(empty)
    try await store.commit(StoreSamples.snapshot("blind"))
    #expect(try await store.snapshot(named: "resourceless") == empty)
    #expect(try await store.snapshot(named: "blind")?.observations.isEmpty == true)
    #expect(try await store.snapshots().map(\.resources) == [0, 0])
  }

  @Test("that nobody took are nil, and an empty store is empty", arguments: StoreBackend.all)
  func none(backend: StoreBackend) async throws {
    let store = try await backend.open(try TemporaryFolder())
    #expect(try await store.snapshot(named: "n") == nil)
    #expect(try await store.snapshots().isEmpty)
    #expect(try await store.upgrades().isEmpty)
    #expect(try await store.plan(nil) == nil)
  }

  @Test("keep names apart that differ in their bytes, whatever these are", arguments: StoreBackend.all)
  func names(backend: StoreBackend) async throws {
    let store = try await backend.open(try TemporaryFolder())
    let names: [Text] = [
      "", " ", "a", "A", "a ", "e\u{301}", "\u{e9}", "a\u{0}b", "a\u{0}c", "a\n", "../a", "'; DROP TABLE snapshot; --", "%", "\u{10FFFF}",
      Text(String(repeating: "x", count: 5_000)),
    ]
    for (index, name) in names.enumerated() {
      try await store.commit(StoreSamples.snapshot(name, began: Int64(index)))
      try await store.record(StoreSamples.upgrade(name, began: Int64(index)))
    }
    for (index, name) in names.enumerated() { #expect(try await store.snapshot(named: name)?.began == Instant(seconds: Int64(index))) }
    #expect(try await store.snapshots().map(\.name) == names)
    #expect(try await store.upgrades().map(\.name) == names)
    #expect(try await store.forget("a\u{0}b"))
    #expect(try await store.snapshot(named: "a\u{0}c") != nil)
  }

  @Test("of two writers with one name are one, and the other is told", arguments: StoreBackend.all)
  func race(backend: StoreBackend) async throws {
    let folder = try TemporaryFolder()
    let stores = [try await backend.open(folder), try await backend.open(folder)]
    let outcomes = await withTaskGroup(of: (Int64, Text?).self) { group in
      for (index, store) in stores.enumerated() {
        group.addTask {
          do throws(Failure) {
            try await store.commit(StoreSamples.snapshot("n", began: Int64(index)))
            return (Int64(index), nil)
          } catch { return (Int64(index), error.diagnostics.first.rule) }
        }
      }
      return await group.reduce(into: [(Int64, Text?)]()) { $0.append($1) }
    }
    let winners = outcomes.filter { $0.1 == nil }.map(\.0)
    #expect(winners.count == 1)
    #expect(outcomes.compactMap(\.1) == ["name-taken"])
    #expect(try await stores[0].snapshot(named: "n")?.began.seconds == winners.first)
  }
}
