internal import LibSQLite
public import SideEffects
internal import Threads

/// A store in one SQLite file: snapshots, the chunks that they share, upgrades, plans and the fingerprints' key.
///
/// It works on a thread of its own. Any number of processes of one user may have it open at once; each change is one commit, so
/// that a process killed at any moment leaves a change whole or not made. `docs/design/store-format.md` describes the file.
public actor SQLiteStore: SnapshotStore {
  /// The store's folder.
  public nonisolated let folder: String
  /// What to know about the place, such as that it lies on another machine.
  public nonisolated let remarks: [Diagnostic]
  public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  private nonisolated let executor: ThreadExecutor
  private nonisolated let clock: @Sendable () -> Instant
  private nonisolated let sortingMemory = SortingMemory(limit: 32 << 20)
  private let database: Database
  private let file: String

  /// How long a statement waits for another process's lock; writers hold it for some milliseconds.
  private static let patience = Duration.seconds(10)
  /// A chunk that no snapshot needs is kept this long: somebody may be about to commit a snapshot with it.
  private static let secondsOfGrace: Int64 = 86_400
  /// Far beyond any chunk of ours: a damaged size must not take all memory.
  private static let largestChunk = 1 << 30

  /// Opens the store in a folder; makes both where they are missing.
  ///
  /// `clock` tells the time now; `key` makes the 32 bytes of a new store's key, unpredictable ones outside of tests. Fails with the
  /// rules `store-exposed`, `store-foreign`, `store-unwritable`, `store-full`, `store-busy`, `store-damaged`, `store-failed` and
  /// `newer-version`.
  public static func open(
    at folder: String, clock: @escaping @Sendable () -> Instant, key: @escaping @Sendable () -> [UInt8] = SQLiteStore.randomKey
  ) async throws(Failure) -> SQLiteStore {
    try await Opener(executor: try ThreadExecutor()).open(folder, clock, key)
  }

  /// Runs the opening on the store's thread, since it may wait for a lock.
  private actor Opener {
    let executor: ThreadExecutor
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(executor: ThreadExecutor) { self.executor = executor }

    func open(
      _ folder: String, _ clock: @escaping @Sendable () -> Instant, _ key: @Sendable () -> [UInt8]
    ) throws(Failure) -> SQLiteStore {
      try SQLiteStore(folder, executor, clock, key)
    }
  }

  private init(
    _ folder: String, _ executor: ThreadExecutor, _ clock: @escaping @Sendable () -> Instant, _ key: () -> [UInt8]
  ) throws(Failure) {
    let file = folder + "/store.sqlite"
    try StorePermissions.prepareFolder(folder)
    let lock = try FolderLock(folder, patience: Self.patience)
    if try !StorePermissions.isThere(file) { try Self.make(file, in: folder, key: key()) }
    let opened = try StorePermissions.closeFiles(file)
    let database = try Failure.mapping(file) { () throws(SQLiteError) in
      try Database(path: file, access: .readWrite, busyTimeout: Self.patience)
    }
    try Self.check(try Failure.mapping(file) { () throws(SQLiteError) in try SQLiteSchema.state(of: database) }, file)
    let problem = try Failure.mapping(file) { () throws(SQLiteError) -> String? in
      try SQLiteSchema.configure(database)
      return try SQLiteSchema.problem(with: SQLiteSchema.ledgers, in: database)
    }
    if let problem { throw Self.damaged("its tables are damaged (\(problem))", file) }
    _ = consume lock
    (self.folder, self.file, self.executor, self.clock) = (folder, file, executor, clock)
    remarks = opened + [NetworkFileSystem.remark(on: folder)].compactMap { $0 }
    self.database = database
  }

  /// Whether a folder holds a store, whole or damaged.
  public static func isThere(in folder: String) throws(Failure) -> Bool {
    for file in ["/store.sqlite", "/store.sqlite-wal"] where try StorePermissions.isThere(folder + file) { return true }
    return false
  }

  /// Makes the file of a new store beside its place and renames it, so that an empty file is never a store that was begun:
  /// it is one that was cut.
  private static func make(_ file: String, in folder: String, key: [UInt8]) throws(Failure) {
    guard try !StorePermissions.isThere(file + "-wal") else { throw damaged("the store's file is missing, and its log is left", file) }
    let draft = file + ".new"
    for leftover in [draft, draft + "-journal"] { try StorePermissions.remove(leftover) }
    try StorePermissions.makeFile(draft)
    try Failure.mapping(draft) { () throws(SQLiteError) -> Void in
      let database = try Database(path: draft, access: .readWrite, busyTimeout: patience)
      try SQLiteSchema.create(in: database, key: key)
    }
    try StorePermissions.rename(draft, to: file)
    try StorePermissions.synchronize(folder)
  }

  private static func check(_ state: SQLiteSchema.State, _ file: String) throws(Failure) {
    let place = Diagnostic.Place.file(Text(file), line: 0, column: 0)
    switch state {
    case .store: return
    case .empty: throw damaged("the store's file is empty", file)
    case .newer(let version):
      throw Failure(
        "newer-version", "the store has version \(version), and this program knows versions up to \(SQLiteSchema.version)",
        advice: "Update audit-residue.", place: place)
    case .foreign:
      throw Failure(
        "store-damaged", "the file is the database of another program", advice: "Choose another folder for the store.", place: place)
    }
  }

  /// 32 bytes of the system's randomness.
  public static let randomKey: @Sendable () -> [UInt8] = {
    var system = SystemRandomNumberGenerator()
    return (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &system) }
  }

  // MARK: Chunks

  public func fingerprintKey() throws(Failure) -> [UInt8] {
    let key = try working { database throws(SQLiteError) in try SQLiteSchema.key(in: database) }
    guard key.count == 32 else { throw damaged("the key of the fingerprints is missing") }
    return key
  }

  public nonisolated func sorter() throws(Failure) -> any ResourceSorting {
    ResourceSorter(folder: folder, memory: sortingMemory, executor: executor, store: self)
  }

  public func put(_ chunks: [Chunk]) throws(Failure) {
    let digests = chunks.map(\.reference.digest)
    var missing = Set(try working { database throws(SQLiteError) in try ChunkTable.missing(of: digests, in: database) })
    var coming: [ChunkTable.Packed] = []
    repeat {
      for chunk in chunks where missing.contains(chunk.reference.digest) { coming.append(try pack(chunk)) }
      let known = Set(digests).subtracting(coming.map(\.digest)).sorted()
      let (new, now) = (coming, clock())
      missing = Set(try working { database throws(SQLiteError) in try ChunkTable.put(new, known: known, at: now, in: database) })
    } while !missing.isEmpty
  }

  public func chunk(_ digest: Digest) throws(Failure) -> [UInt8] {
    let packed = try working { database throws(SQLiteError) in try ChunkTable.chunk(digest, in: database) }
    guard let packed else { throw missingChunk("the chunk \(digest) is not in the store") }
    let lines: [UInt8]
    do throws(ChunkCompression.Problem) {
      guard (0...Self.largestChunk).contains(packed.size) else { throw ChunkCompression.Problem(message: "its size can't be true") }
      lines = try ChunkCompression.decompress(packed.bytes, count: packed.size)
    } catch {
      throw damaged("the chunk \(digest) can't be unpacked (\(error.message))")
    }
    guard Digest(of: lines) == digest else { throw damaged("the chunk \(digest) is not what was stored") }
    return lines
  }

  private func pack(_ chunk: Chunk) throws(Failure) -> ChunkTable.Packed {
    do {
      let bytes = try ChunkCompression.compress(chunk.lines)
      return ChunkTable.Packed(digest: chunk.reference.digest, size: chunk.lines.count, bytes: bytes)
    } catch {
      throw Failure("store-failed", "a chunk could not be packed: \(error.message)", advice: "Free some memory, and try again.")
    }
  }

  // MARK: Snapshots

  public func commit(_ snapshot: Snapshot) throws(Failure) {
    let record = SnapshotRecord(snapshot)
    switch try working({ database throws(SQLiteError) in try SnapshotTable.commit(record, in: database) }) {
    case .done: return
    case .nameTaken:
      throw Failure(
        "name-taken", "there is a snapshot named `\(snapshot.name)` already, and snapshots are never overwritten",
        advice: "Choose another name.")
    case .missingChunks(let count):
      throw missingChunk("\(count) chunks of the snapshot `\(snapshot.name)` were never put, or were swept since")
    }
  }

  public func snapshot(named name: Text) throws(Failure) -> Snapshot? {
    let stored = try working { database throws(SQLiteError) in try SnapshotTable.record(named: name, in: database) }
    guard let stored else { return nil }
    let snapshot = try SnapshotRecord(json: try whole(stored, "the snapshot `\(name)`")).snapshot
    guard snapshot.name == name else { throw damaged("the snapshot `\(name)` is kept under another's name") }
    return snapshot
  }

  public func snapshots() throws(Failure) -> [SnapshotSummary] {
    let rows = try working { database throws(SQLiteError) in try SnapshotTable.summaries(in: database) }
    var summaries: [SnapshotSummary] = []
    for row in rows {
      guard row.isWhole else { throw damaged("the entry of the snapshot `\(row.summary.name)` is not what was stored") }
      summaries.append(row.summary)
    }
    return summaries
  }

  public func forget(_ name: Text) throws(Failure) -> Bool {
    let moment = Instant(seconds: clock().seconds - Self.secondsOfGrace)
    let problem = try working { database throws(SQLiteError) in try SQLiteSchema.problem(with: SQLiteSchema.uses, in: database) }
    if let problem { throw damaged("nothing is removed, since its tables are damaged (\(problem))") }
    let wasThere = try working { database throws(SQLiteError) in
      try SnapshotTable.forget(name, sweepingBefore: moment, in: database)
    }
    // The snapshot is gone; that its room could not be given back at once is no failure, the next chunks will use it.
    try? database.execute("PRAGMA incremental_vacuum; PRAGMA wal_checkpoint(TRUNCATE)")
    return wasThere
  }

  // MARK: Upgrades and plans

  public func record(_ upgrade: Upgrade) throws(Failure) {
    try working { database throws(SQLiteError) in try UpgradeTable.put(upgrade, in: database) }
  }

  public func upgrades() throws(Failure) -> [Upgrade] {
    var upgrades: [Upgrade] = []
    for stored in try working({ database throws(SQLiteError) in try UpgradeTable.records(in: database) }) {
      upgrades.append(try UpgradeRecord.upgrade(from: try whole(stored, "an upgrade")))
    }
    return upgrades
  }

  public func forgetUpgrade(_ name: Text) throws(Failure) -> Bool {
    try working { database throws(SQLiteError) in try UpgradeTable.remove(name, in: database) }
  }

  public func keepPlan(_ name: Text, json: [UInt8], made: Instant) throws(Failure) {
    try working { database throws(SQLiteError) in try PlanTable.put(name, json: json, made: made, in: database) }
  }

  public func plan(_ name: Text?) throws(Failure) -> (name: Text, json: [UInt8])? {
    let found = try working { database throws(SQLiteError) in try PlanTable.record(named: name, in: database) }
    guard let found else { return nil }
    return (found.name, try whole(found.record, "the plan `\(found.name)`"))
  }

  // MARK: Memory

  public func recall(_ key: Digest) -> [UInt8]? {
    (try? working { database throws(SQLiteError) in try MemoryTable.bytes(under: key, in: database) }) ?? nil
  }

  public func keep(_ bytes: [UInt8], under key: Digest) {
    try? working { database throws(SQLiteError) in try MemoryTable.put(bytes, under: key, in: database) }
  }

  // MARK: Journals

  public func write(_ entry: JournalEntry) throws(Failure) {
    try working { database throws(SQLiteError) in try JournalTable.add(entry, in: database) }
  }

  public func journal(of plan: Text) throws(Failure) -> [JournalEntry] {
    let problem = try working { database throws(SQLiteError) in try JournalTable.problem(in: database) }
    if let problem { throw damaged("what was done for plans can't be read whole (\(problem))") }
    var entries: [JournalEntry] = []
    for stored in try working({ database throws(SQLiteError) in try JournalTable.records(of: plan, in: database) }) {
      let entry = try JournalRecord.entry(from: try whole(stored, "a line of the journal of `\(plan)`"))
      guard entry.plan == plan else { throw damaged("a line of another plan's journal is kept as one of `\(plan)`") }
      entries.append(entry)
    }
    return entries
  }

  public func lockJournal() throws(Failure) -> any JournalLock {
    try ApplyLock(in: file.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/"))
  }

  // MARK: Failures

  private func working<Result>(_ body: (borrowing Database) throws(SQLiteError) -> Result) throws(Failure) -> Result {
    try Failure.mapping(file) { () throws(SQLiteError) in try body(database) }
  }

  private func whole(_ stored: StoredRecord, _ name: String) throws(Failure) -> [UInt8] {
    guard stored.isWhole else { throw damaged("\(name) is not what was stored") }
    return stored.json
  }

  private func damaged(_ problem: String) -> Failure { Self.damaged(problem, file) }

  private static func damaged(_ problem: String, _ file: String) -> Failure {
    Failure(
      "store-damaged", problem,
      advice: "Put the store's file back from a backup, or move it away and `import` the copies of its snapshots into a new store.",
      place: .file(Text(file), line: 0, column: 0))
  }

  private func missingChunk(_ problem: String) -> Failure {
    Failure("missing-chunk", problem, advice: "Take the snapshot again.", place: .file(Text(file), line: 0, column: 0))
  }
}
