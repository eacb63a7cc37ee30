internal import LibSQLite
internal import SideEffects

/// The table of what engines keep to spare themselves work; a store of an earlier version gets it with the first row.
enum MemoryTable {
  private static let definition = """
    CREATE TABLE IF NOT EXISTS memory (
      key BLOB NOT NULL PRIMARY KEY,
      number INTEGER NOT NULL,
      digest BLOB NOT NULL,
      record BLOB NOT NULL
    ) STRICT;
    """
  /// The rows that were written longest ago go first.
  private static let mostRows = 2_048

  static func put(_ bytes: [UInt8], under key: Digest, in database: borrowing Database) throws(SQLiteError) {
    let record = StoredRecord(json: bytes)
    let transaction = try database.beginImmediate()
    try database.execute(definition)
    let insert = try database.prepare(
      "INSERT OR REPLACE INTO memory (digest, record, key, number) VALUES (?, ?, ?, (SELECT coalesce(max(number), 0) + 1 FROM memory))")
    try insert.bind(record.digest, at: 1)
    try insert.bind(record.json, at: 2)
    try insert.bind(key.bytes, at: 3)
    try insert.run()
    try database.execute("DELETE FROM memory WHERE number <= (SELECT number FROM memory ORDER BY number DESC LIMIT 1 OFFSET \(mostRows))")
    try transaction.commit()
  }

  /// Nil where there is none, or none that is whole.
  static func bytes(under key: Digest, in database: borrowing Database) throws(SQLiteError) -> [UInt8]? {
    let table = try database.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'memory'")
    guard try table.step() else { return nil }
    let statement = try database.prepare("SELECT digest, record FROM memory WHERE key = ?")
    try statement.bind(key.bytes, at: 1)
    guard try statement.step() else { return nil }
    let record = StoredRecord(statement)
    return record.isWhole ? record.json : nil
  }
}
