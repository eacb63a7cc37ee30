/// A store that lives as long as the process: for trying a provider, where nothing is to stay.
public actor MemoryStore: SnapshotStore {
  private let key: [UInt8]
  private var chunks: [Digest: [UInt8]] = [:]
  private var taken: [Snapshot] = []
  private var entries: [JournalEntry] = []

  /// - Parameter fingerprintKey: The same key gives the same fingerprints.
  public init(fingerprintKey: [UInt8]) { key = fingerprintKey }

  public func fingerprintKey() -> [UInt8] { key }
  public func sorter() -> any ResourceSorting { MemorySorter(store: self) }
  public func put(_ chunks: [Chunk]) { for chunk in chunks { self.chunks[chunk.reference.digest] = chunk.lines } }

  public func chunk(_ digest: Digest) throws(Failure) -> [UInt8] {
    guard let lines = chunks[digest] else { throw Failure("missing-chunk", "the chunk \(digest) was never put") }
    return lines
  }

  public func commit(_ snapshot: Snapshot) throws(Failure) {
    guard self.snapshot(named: snapshot.name) == nil else { throw Failure("name-taken", "there is a snapshot `\(snapshot.name)` already") }
    taken.append(snapshot)
  }

  public func snapshot(named name: Text) -> Snapshot? { taken.first { $0.name == name } }
  /// None: no snapshot here has a parent.
  public func snapshots() -> [SnapshotSummary] { [] }

  public func forget(_ name: Text) -> Bool {
    let count = taken.count
    taken.removeAll { $0.name == name }
    return taken.count < count
  }

  public func recall(_ key: Digest) -> [UInt8]? { nil }
  public func keep(_ bytes: [UInt8], under key: Digest) {}
  public func record(_ upgrade: Upgrade) {}
  public func upgrades() -> [Upgrade] { [] }
  public func forgetUpgrade(_ name: Text) -> Bool { false }
  public func keepPlan(_ name: Text, json: [UInt8], made: Instant) {}
  public func plan(_ name: Text?) -> (name: Text, json: [UInt8])? { nil }
  public func write(_ entry: JournalEntry) { entries.append(entry) }
  public func journal(of plan: Text) -> [JournalEntry] { entries.filter { $0.plan == plan } }
  public func lockJournal() -> any JournalLock { NoLock() }
}

/// Nobody else has a store in memory.
public struct NoLock: JournalLock {
  public init() {}
  public func unlock() {}
}

/// Sorts the resources of one observation in memory.
private actor MemorySorter: ResourceSorting {
  private let store: MemoryStore
  private var lines: [ResourceLine] = []
  private var addresses: [[UInt8]: ResourceAddress] = [:]
  private var duplicates: [ResourceAddress] = []

  init(store: MemoryStore) { self.store = store }

  func add(_ resources: [Resource]) {
    for resource in resources {
      let line = ResourceLine(resource)
      if addresses.updateValue(resource.address, forKey: Array(line.key)) != nil { duplicates.append(resource.address) }
      lines.append(line)
    }
  }

  func finish() async -> (chunks: [ChunkReference], duplicates: [ResourceAddress]) {
    var cutter = ChunkCutter()
    var chunks: [Chunk] = []
    var last: ArraySlice<UInt8>?
    for line in lines.sorted(by: { $0.bytes.lexicographicallyPrecedes($1.bytes) }) where line.key != last {
      last = line.key
      if let chunk = cutter.add(line) { chunks.append(chunk) }
    }
    if let chunk = cutter.finish() { chunks.append(chunk) }
    await store.put(chunks)
    return (chunks.map(\.reference), duplicates)
  }
}
