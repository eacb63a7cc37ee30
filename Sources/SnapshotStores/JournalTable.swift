internal import LibSQLite
internal import SideEffects

/// The table of what was done for plans; stores of earlier versions get it with the first line that is written.
enum JournalTable {
  static let name = "journal"

  /// The order of writing is that of the numbers.
  static let definition = """
    CREATE TABLE IF NOT EXISTS journal (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      plan TEXT NOT NULL,
      digest BLOB NOT NULL,
      record BLOB NOT NULL
    ) STRICT;
    CREATE INDEX IF NOT EXISTS journal_by_plan ON journal (plan);
    """

  static func add(_ entry: JournalEntry, in database: borrowing Database) throws(SQLiteError) {
    let record = StoredRecord(json: JournalRecord.json(of: entry))
    let transaction = try database.beginImmediate()
    if try !isThere(in: database) { try database.execute(definition) }
    let insert = try database.prepare("INSERT INTO journal (digest, record, plan) VALUES (?, ?, ?)")
    try insert.bind(record.digest, at: 1)
    try insert.bind(record.json, at: 2)
    try insert.bind(entry.plan.string, at: 3)
    try insert.run()
    try transaction.commit()
  }

  /// Those of one plan, in the order of writing.
  static func records(of plan: Text, in database: borrowing Database) throws(SQLiteError) -> [StoredRecord] {
    guard try isThere(in: database) else { return [] }
    let statement = try database.prepare("SELECT digest, record FROM journal WHERE plan = ? ORDER BY number")
    try statement.bind(plan.string, at: 1)
    var records: [StoredRecord] = []
    while try statement.step() { records.append(StoredRecord(statement)) }
    return records
  }

  /// What is wrong with the table: a line that a damaged page hides would be done twice.
  static func problem(in database: borrowing Database) throws(SQLiteError) -> String? {
    guard try isThere(in: database) else { return nil }
    return try SQLiteSchema.problem(with: [name], in: database)
  }

  private static func isThere(in database: borrowing Database) throws(SQLiteError) -> Bool {
    let statement = try database.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?")
    try statement.bind(name, at: 1)
    return try statement.step()
  }
}
