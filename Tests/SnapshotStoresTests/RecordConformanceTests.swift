import SideEffects
import Testing

@Suite("Any store: keys, upgrades and plans")
struct RecordConformanceTests {
  @Test("the fingerprints' key is made once, with the store, and stays", arguments: StoreBackend.all)
  func key(backend: StoreBackend) async throws {
    let folder = try TemporaryFolder()
    let first = try await backend.open(folder).fingerprintKey()
    #expect(first.count == 32)
    #expect(try await backend.open(folder, key: [UInt8](repeating: 7, count: 32)).fingerprintKey() == first)
    let other = try await backend.open(try TemporaryFolder()).fingerprintKey()
    #expect(other != first)
  }

  @Test("the fingerprints' key is one, also where many open a new store at once", arguments: StoreBackend.all)
  func oneKey(backend: StoreBackend) async throws {
    let folder = try TemporaryFolder()
    let keys = try await withThrowingTaskGroup(of: [UInt8].self) { group in
      for _ in 0..<8 { group.addTask { try await backend.open(folder).fingerprintKey() } }
      return try await group.reduce(into: Set<[UInt8]>()) { $0.insert($1) }
    }
    #expect(keys.count == 1)
  }

  @Test("an upgrade is recorded, then recorded anew under its name, and told oldest first", arguments: StoreBackend.all)
  func upgrades(backend: StoreBackend) async throws {
    let store = try await backend.open(try TemporaryFolder())
    try await store.record(StoreSamples.upgrade("second", began: 20))
    var first = StoreSamples.upgrade("first", began: 10)
    try await store.record(first)
    #expect(try await store.upgrades().map(\.name) == ["first", "second"])
    (first.after, first.ended, first.end) = ("after", Instant(seconds: 15), .exited(1))
    try await store.record(first)
    #expect(try await store.upgrades() == [first, StoreSamples.upgrade("second", began: 20)])
  }

  @Test("an upgrade's record is removed without its snapshots", arguments: StoreBackend.all)
  func forgottenUpgrade(backend: StoreBackend) async throws {
    let store = try await backend.open(try TemporaryFolder())
    try await store.commit(StoreSamples.snapshot("before"))
    try await store.record(StoreSamples.upgrade("u"))
    #expect(try await !store.forgetUpgrade("before"))
    #expect(try await store.forgetUpgrade("u"))
    #expect(try await !store.forgetUpgrade("u"))
    #expect(try await store.upgrades().isEmpty)
    #expect(try await store.snapshots().map(\.name) == ["before"])
  }

  @Test("a plan is kept as it is, found by its name, and the newest where none is named", arguments: StoreBackend.all)
  func plans(backend: StoreBackend) async throws {
    let store = try await backend.open(try TemporaryFolder())
    let bytes = Array("{\"steps\": [ ]}\n".utf8)
    try await store.keepPlan("u", json: bytes, made: Instant(seconds: 9))
    try await store.keepPlan("old", json: [1], made: Instant(seconds: 8))
    #expect(try await store.plan("u")?.json == bytes)
    #expect(try await store.plan("old")?.json == [1])
    #expect(try await store.plan("none") == nil)
    #expect(try await store.plan(nil)?.name == "u")
    // Of two made at one moment, the one that was kept last.
    try await store.keepPlan("old", json: [2], made: Instant(seconds: 9))
    #expect(try await store.plan(nil)?.name == "old")
    #expect(try await store.plan("old")?.json == [2])
  }
}
