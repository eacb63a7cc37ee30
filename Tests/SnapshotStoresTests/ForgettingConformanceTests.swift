import SideEffects
import Synchronization
import Testing

@Suite("Any store: forgetting")
struct ForgettingConformanceTests {
  /// A clock that the test sets.
  private final class Clock: Sendable {
    private let seconds = Mutex<Int64>(1_795_442_520)
    var now: Instant { Instant(seconds: seconds.withLock { $0 }) }
    func advance(hours: Int64) { seconds.withLock { $0 += hours * 3_600 } }
  }

  private static func isThere(_ chunks: [ChunkReference], in store: any SnapshotStore) async throws -> [Bool] {
    var there: [Bool] = []
    for chunk in chunks { there.append((try? await store.chunk(chunk.digest)) != nil) }
    return there
  }

  @Test("removes one snapshot, once, and frees its name", arguments: StoreBackend.all)
  func once(backend: StoreBackend) async throws {
    let store = try await backend.open(try TemporaryFolder())
    for name in ["a", "b"] as [Text] { try await store.commit(StoreSamples.snapshot(name)) }
    #expect(try await !store.forget("c"))
    #expect(try await store.forget("a"))
    #expect(try await !store.forget("a"))
    #expect(try await store.snapshots().map(\.name) == ["b"])
    try await store.commit(StoreSamples.snapshot("a"))
  }

  @Test("leaves the chunks that another snapshot needs, at whatever age", arguments: StoreBackend.all)
  func shared(backend: StoreBackend) async throws {
    let clock = Clock()
    let store = try await backend.open(try TemporaryFolder(), clock: { clock.now })
    let before = try await StoreSamples.generated(2_000, seed: 0, in: store)
    let after = try await StoreSamples.generated(2_000, seed: 1, in: store)
    try await store.commit(StoreSamples.snapshot("before", [before]))
    try await store.commit(StoreSamples.snapshot("after", [after]))
    clock.advance(hours: 1_000)
    #expect(try await store.forget("before"))
    #expect(try await StoreAnswers.resources(of: after, in: store).count == 2_000)
    let gone = before.chunks.filter { !after.chunks.contains($0) }
    #expect(!gone.isEmpty)
    #expect(try await Self.isThere(gone, in: store).allSatisfy { !$0 })
  }

  @Test("sweeps chunks that no snapshot needs when they are older than a day, and no younger ones", arguments: StoreBackend.all)
  func orphans(backend: StoreBackend) async throws {
    let clock = Clock()
    let store = try await backend.open(try TemporaryFolder(), clock: { clock.now })
    let orphans = try await StoreSamples.generated(500, in: store).chunks
    try await store.commit(StoreSamples.snapshot("n"))
    try await store.commit(StoreSamples.snapshot("m"))
    clock.advance(hours: 23)
    _ = try await store.forget("n")
    #expect(try await Self.isThere(orphans, in: store).allSatisfy { $0 })
    clock.advance(hours: 2)
    _ = try await store.forget("m")
    #expect(try await Self.isThere(orphans, in: store).allSatisfy { !$0 })
  }

  @Test("takes no chunk that a running writer has just put or met, however old it is", arguments: StoreBackend.all)
  func runningWriter(backend: StoreBackend) async throws {
    let clock = Clock()
    let folder = try TemporaryFolder()
    let store = try await backend.open(folder, clock: { clock.now })
    _ = try await StoreSamples.generated(2_000, in: store)
    clock.advance(hours: 100)
    let writer = try await backend.open(folder, clock: { clock.now })
    let met = try await StoreSamples.generated(2_000, in: writer)
    try await store.commit(StoreSamples.snapshot("n"))
    #expect(try await store.forget("n"))
    try await writer.commit(StoreSamples.snapshot("met", [met]))
    #expect(try await StoreAnswers.resources(of: met, in: store).count == 2_000)
  }

  @Test("of chunks before their snapshot was committed is told by the commit", arguments: StoreBackend.all)
  func sweptTooEarly(backend: StoreBackend) async throws {
    let clock = Clock()
    let store = try await backend.open(try TemporaryFolder(), clock: { clock.now })
    let observation = try await StoreSamples.generated(500, in: store)
    try await store.commit(StoreSamples.snapshot("n"))
    clock.advance(hours: 48)
    _ = try await store.forget("n")
    let failure = await #expect(throws: Failure.self) { try await store.commit(StoreSamples.snapshot("late", [observation])) }
    #expect(failure?.diagnostics.first.rule == "missing-chunk")
    #expect(try await store.snapshots().isEmpty)
  }
}
