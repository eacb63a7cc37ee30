internal import LibSQLite
internal import SideEffects

/// The table of snapshots, and which chunks each of them needs.
enum SnapshotTable {
  /// How a commit ended.
  enum Commit: Equatable {
    case done
    case nameTaken
    case missingChunks(Int)
  }

  /// Adds a snapshot in one commit, after a look at whether all its chunks are there.
  static func commit(_ record: SnapshotRecord, in database: borrowing Database) throws(SQLiteError) -> Commit {
    let snapshot = record.snapshot
    let chunks = Set(snapshot.observations.flatMap(\.chunks).map(\.digest)).sorted()
    // Going out of scope without a commit rolls back.
    let transaction = try database.beginImmediate()
    guard try !contains(snapshot.name, in: database) else { return .nameTaken }
    let missing = try ChunkTable.missing(of: chunks, in: database)
    guard missing.isEmpty else { return .missingChunks(missing.count) }
    let number = try insert(record, in: database)
    let use = try database.prepare("INSERT INTO snapshot_chunk (snapshot, chunk) VALUES (?, ?)")
    for chunk in chunks {
      try use.bind(number, at: 1)
      try use.bind(chunk.bytes, at: 2)
      try use.run()
    }
    try transaction.commit()
    return .done
  }

  static func record(named name: Text, in database: borrowing Database) throws(SQLiteError) -> StoredRecord? {
    let statement = try database.prepare("SELECT digest, record FROM snapshot WHERE name = ?")
    try statement.bind(name.string, at: 1)
    return try statement.step() ? StoredRecord(statement) : nil
  }

  /// Oldest first; each with whether it is what was kept.
  static func summaries(in database: borrowing Database) throws(SQLiteError) -> [(summary: SnapshotSummary, isWhole: Bool)] {
    let statement = try database.prepare(
      "SELECT name, digest, began, began_nanoseconds, ended, ended_nanoseconds, resources, complete, seal FROM snapshot "
        + "ORDER BY began, began_nanoseconds, number")
    var summaries: [(summary: SnapshotSummary, isWhole: Bool)] = []
    while try statement.step() {
      let digest = Digest(bytes: statement.bytes(at: 1))
      let summary = SnapshotSummary(
        name: Text(try statement.text(at: 0)), began: statement.instant(at: 2), ended: statement.instant(at: 4),
        digest: digest ?? Digest(of: []), resources: Int(statement.integer(at: 6)), isComplete: statement.integer(at: 7) != 0)
      summaries.append((summary: summary, isWhole: digest != nil && statement.bytes(at: 8) == seal(of: summary)))
    }
    return summaries
  }

  /// Over the row's columns: unlike the record, they have no digest of their own.
  private static func seal(of summary: SnapshotSummary) -> [UInt8] {
    let numbers: [Int64] = [
      summary.began.seconds, Int64(summary.began.nanoseconds), summary.ended.seconds, Int64(summary.ended.nanoseconds),
      Int64(summary.resources), summary.isComplete ? 1 : 0,
    ]
    let text = numbers.map { String($0) }.joined(separator: " ") + " \(summary.digest) \(summary.name)"
    return Digest(of: text.utf8).bytes
  }

  /// Removes a snapshot and sweeps, in one commit; false where there is none of that name.
  static func forget(_ name: Text, sweepingBefore moment: Instant, in database: borrowing Database) throws(SQLiteError) -> Bool {
    let transaction = try database.beginImmediate()
    let delete = try database.prepare("DELETE FROM snapshot WHERE name = ?")
    try delete.bind(name.string, at: 1)
    try delete.run()
    let wasThere = database.changes > 0
    try ChunkTable.sweep(before: moment, in: database)
    try transaction.commit()
    return wasThere
  }

  private static func contains(_ name: Text, in database: borrowing Database) throws(SQLiteError) -> Bool {
    let statement = try database.prepare("SELECT 1 FROM snapshot WHERE name = ?")
    try statement.bind(name.string, at: 1)
    return try statement.step()
  }

  private static func insert(_ record: SnapshotRecord, in database: borrowing Database) throws(SQLiteError) -> Int64 {
    let snapshot = record.snapshot
    let summary = SnapshotSummary(
      name: snapshot.name, began: snapshot.began, ended: snapshot.ended, digest: record.digest,
      resources: snapshot.observations.reduce(0) { $0 + $1.count }, isComplete: snapshot.isComplete)
    let insert = try database.prepare(
      "INSERT INTO snapshot (name, began, began_nanoseconds, ended, ended_nanoseconds, resources, complete, seal, digest, record) "
        + "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
    try insert.bind(summary.name.string, at: 1)
    try insert.bind(summary.began, at: 2)
    try insert.bind(summary.ended, at: 4)
    try insert.bind(Int64(summary.resources), at: 6)
    try insert.bind(summary.isComplete ? 1 : 0, at: 7)
    try insert.bind(seal(of: summary), at: 8)
    try insert.bind(record.digest.bytes, at: 9)
    try insert.bind(record.json, at: 10)
    try insert.run()
    return database.lastRow
  }
}
