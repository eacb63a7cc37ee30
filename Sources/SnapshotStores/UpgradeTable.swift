internal import LibSQLite
internal import SideEffects

/// The table of upgrades.
enum UpgradeTable {
  /// Adds an upgrade, or replaces the one of the same name.
  static func put(_ upgrade: Upgrade, in database: borrowing Database) throws(SQLiteError) {
    let record = StoredRecord(json: UpgradeRecord.json(of: upgrade))
    let insert = try database.prepare(
      "INSERT OR REPLACE INTO upgrade (digest, record, name, began, began_nanoseconds) VALUES (?, ?, ?, ?, ?)")
    try insert.bind(record.digest, at: 1)
    try insert.bind(record.json, at: 2)
    try insert.bind(upgrade.name.string, at: 3)
    try insert.bind(upgrade.began, at: 4)
    try insert.run()
  }

  /// Oldest first.
  static func records(in database: borrowing Database) throws(SQLiteError) -> [StoredRecord] {
    let statement = try database.prepare("SELECT digest, record FROM upgrade ORDER BY began, began_nanoseconds, name")
    var records: [StoredRecord] = []
    while try statement.step() { records.append(StoredRecord(statement)) }
    return records
  }

  /// False where there is none of that name.
  static func remove(_ name: Text, in database: borrowing Database) throws(SQLiteError) -> Bool {
    let delete = try database.prepare("DELETE FROM upgrade WHERE name = ?")
    try delete.bind(name.string, at: 1)
    try delete.run()
    return database.changes > 0
  }
}
