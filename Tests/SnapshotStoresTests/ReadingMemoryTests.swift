import SideEffects
import SnapshotStores
import Testing

@Suite("What a store remembers for engines")
struct ReadingMemoryTests {
  @Test("is there however often something else is kept anew, and the oldest goes first where there is too much")
  func eviction() async throws {
    let folder = try TemporaryFolder()
    let store = try await SQLiteStore.open(at: folder.store) { Instant(seconds: 0) }
    func key(_ number: Int) -> Digest { Digest(of: Array("\(number)".utf8)) }
    await store.keep([1], under: key(0))
    for round in 0..<2_500 { await store.keep([UInt8(round % 256)], under: key(1)) }
    #expect(await store.recall(key(0)) == [1])
    #expect(await store.recall(key(1)) == [195])
    for number in 1..<2_500 { await store.keep([2], under: key(number)) }
    #expect(await store.recall(key(0)) == nil)
    #expect(await store.recall(key(2_499)) == [2])
  }
}
