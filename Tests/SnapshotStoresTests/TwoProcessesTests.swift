import SideEffects
import Testing

/// Real processes that work on one store at once.
@Suite("Two processes", .serialized, .timeLimit(.minutes(10)))
struct TwoProcessesTests {
  private static func expectWhole(_ folder: TemporaryFolder, names: [String], resources: Int) async throws {
    let store = try await StoreBackend.all[0].open(folder)
    for name in names {
      let snapshot = try #require(try await store.snapshot(named: Text(name)), "\(name) was reported and is not there")
      #expect(try await StoreAnswers.resources(of: snapshot.observations[0], in: store).count == resources)
    }
  }

  private static func done(_ outcome: ChildProcess.Outcome) -> [String] {
    outcome.lines.filter { $0.hasPrefix("done ") }.map { String($0.split(separator: " ")[1]) }
  }

  @Test("may begin a store and take snapshots into it at once")
  func snapshots() async throws {
    let folder = try TemporaryFolder()
    let children = try ["a", "b"].map { try ChildProcess(writer: ["write", folder.store, $0, "800", "0", "8"]) }
    let outcomes = children.map { $0.end() }
    #expect(outcomes.map(\.status) == [0, 0])
    let names = outcomes.flatMap(Self.done)
    #expect(names.count == 16)
    try await Self.expectWhole(folder, names: names, resources: 800)
  }

  @Test("that want one name get it once, and the other is told")
  func oneName() async throws {
    let folder = try TemporaryFolder()
    let children = try (0..<2).map { try ChildProcess(writer: ["write", folder.store, "n", "800", "\($0)"]) }
    let outcomes = children.map { $0.end() }
    #expect(outcomes.map(\.status).sorted() == [0, 1])
    #expect(outcomes.flatMap(\.lines).contains { $0.hasPrefix("name-taken: ") })
    try await Self.expectWhole(folder, names: ["n"], resources: 800)
  }

  @Test("may forget and take snapshots at once: what was reported as taken is whole")
  func forgetting() async throws {
    let folder = try TemporaryFolder()
    let store = try await StoreBackend.all[0].open(folder)
    // The same resources, so that what is forgotten is what is being put.
    for round in 0..<8 {
      try await store.commit(StoreSamples.snapshot(Text("old-\(round)"), [try await StoreSamples.generated(800, seed: round, in: store)]))
    }
    let writer = try ChildProcess(writer: ["write", folder.store, "new", "800", "0", "8"])
    let forgetter = try ChildProcess(writer: ["forget", folder.store, "old", "8"])
    let outcomes = [writer.end(), forgetter.end()]
    #expect(outcomes.map(\.status) == [0, 0])
    #expect(Self.done(outcomes[0]).count == 8)
    try await Self.expectWhole(folder, names: Self.done(outcomes[0]), resources: 800)
    #expect(try await store.snapshots().count == 8)
  }

  @Test("of which one sweeps far too early by its clock: the other's snapshots are whole, or their loss is told")
  func wrongClock() async throws {
    let folder = try TemporaryFolder()
    let store = try await StoreBackend.all[0].open(folder)
    for round in 0..<8 {
      try await store.commit(StoreSamples.snapshot(Text("old-\(round)"), [try await StoreSamples.generated(800, seed: round, in: store)]))
    }
    let writer = try ChildProcess(writer: ["write", folder.store, "new", "800", "0", "8"])
    let forgetter = try ChildProcess(writer: ["forget", folder.store, "old", "8"], environment: ["CLOCK_OFFSET": "\(86_400 * 365)"])
    let outcome = writer.end()
    #expect(forgetter.end().status == 0)
    #expect(outcome.status == 0 || outcome.lines.contains { $0.hasPrefix("missing-chunk: ") })
    try await Self.expectWhole(folder, names: Self.done(outcome), resources: 800)
    #expect(try await store.snapshots().count == Self.done(outcome).count)
  }
}
