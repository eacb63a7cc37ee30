import SideEffects

/// A store that keeps nothing, for a look that only asks whether it can be done.
struct PassingStore: SnapshotStore {
  /// Counts what passes, and its addresses, since an id that comes twice breaks the evidence.
  private actor Counter: ResourceSorting {
    private var seen: Set<ResourceAddress> = []
    private var duplicates: [ResourceAddress] = []
    private var first: Text?

    func add(_ resources: [Resource]) {
      for resource in resources {
        first = first ?? resource.address.sortKey
        if !seen.insert(resource.address).inserted { duplicates.append(resource.address) }
      }
    }

    func finish() -> (chunks: [ChunkReference], duplicates: [ResourceAddress]) {
      let counted = first.map { [ChunkReference(first: $0, count: seen.count, digest: Digest(of: []))] }
      return (counted ?? [], duplicates)
    }
  }

  /// Fingerprints of this look are compared with none.
  func fingerprintKey() -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    return (0..<32).map { _ in UInt8.random(in: 0...255, using: &generator) }
  }

  func sorter() -> any ResourceSorting { Counter() }
  func put(_ chunks: [Chunk]) {}
  func chunk(_ digest: Digest) -> [UInt8] { [] }
  func commit(_ snapshot: Snapshot) {}
  func snapshot(named name: Text) -> Snapshot? { nil }
  func snapshots() -> [SnapshotSummary] { [] }
  func forget(_ name: Text) -> Bool { false }
  func recall(_ key: Digest) -> [UInt8]? { nil }
  func keep(_ bytes: [UInt8], under key: Digest) {}
  func record(_ upgrade: Upgrade) {}
  func upgrades() -> [Upgrade] { [] }
  func forgetUpgrade(_ name: Text) -> Bool { false }
  func keepPlan(_ name: Text, json: [UInt8], made: Instant) {}
  func plan(_ name: Text?) -> (name: Text, json: [UInt8])? { nil }
  func write(_ entry: JournalEntry) {}
  func journal(of plan: Text) -> [JournalEntry] { [] }
  func lockJournal() -> any JournalLock { NoLock() }
}
