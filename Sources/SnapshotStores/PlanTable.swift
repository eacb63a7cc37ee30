internal import LibSQLite
internal import SideEffects

/// The table of plans.
enum PlanTable {
  /// Adds a plan, or replaces the one of the same name.
  static func put(_ name: Text, json: [UInt8], made: Instant, in database: borrowing Database) throws(SQLiteError) {
    let record = StoredRecord(json: json)
    // A replaced plan gets a new number: of two made at the same moment, the one kept last is the newest.
    let insert = try database.prepare("INSERT OR REPLACE INTO plan (digest, record, name, made, made_nanoseconds) VALUES (?, ?, ?, ?, ?)")
    try insert.bind(record.digest, at: 1)
    try insert.bind(record.json, at: 2)
    try insert.bind(name.string, at: 3)
    try insert.bind(made, at: 4)
    try insert.run()
  }

  /// The plan of a name, or the newest.
  static func record(named name: Text?, in database: borrowing Database) throws(SQLiteError) -> (name: Text, record: StoredRecord)? {
    let statement = try database.prepare(
      "SELECT digest, record, name FROM plan WHERE ?1 IS NULL OR name = ?1 ORDER BY made DESC, made_nanoseconds DESC, number DESC LIMIT 1")
    if let name { try statement.bind(name.string, at: 1) }
    return try statement.step() ? (Text(try statement.text(at: 2)), StoredRecord(statement)) : nil
  }
}
