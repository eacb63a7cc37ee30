internal import LibSQLite
internal import SideEffects

/// The tables of a store, and which versions of them can be read.
enum SQLiteSchema {
  /// In the file's header, so that `file(1)` and we can tell a store from another program's database: "AuRe".
  static let application: Int64 = 0x4175_5265

  /// A store of a newer version is refused; one of an older version would be brought up to date here.
  static let version: Int64 = 1

  /// What kind of database a file holds.
  enum State: Equatable {
    case store
    /// It has no tables: a store's file is never so, since it gets its name when it is whole.
    case empty
    case newer(Int64)
    case foreign
  }

  static func state(of database: borrowing Database) throws(SQLiteError) -> State {
    let version = try number("PRAGMA user_version", in: database)
    let application = try number("PRAGMA application_id", in: database)
    let tables = try number("SELECT count(*) FROM sqlite_schema", in: database)
    if application == 0, version == 0, tables == 0 { return .empty }
    guard application == Self.application else { return .foreign }
    return version > Self.version ? .newer(version) : .store
  }

  /// Settings of the connection, which the file doesn't keep.
  static func configure(_ database: borrowing Database) throws(SQLiteError) {
    // FULL, since a snapshot that was reported as taken must be there after a power cut; in WAL mode NORMAL may lose the last ones.
    // Temporary tables would go to a folder that others may read.
    try database.execute(
      "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY;"
        + "PRAGMA journal_size_limit = 16777216; PRAGMA cell_size_check = ON; PRAGMA journal_mode = WAL")
  }

  /// The tables that say what the store holds: a row of theirs that a damaged page hides would be missed without a word.
  ///
  /// Chunks are not among them: their digests are checked when they are read, and one that is missing is told.
  static let ledgers = ["fingerprint_key", "snapshot", "upgrade", "plan"]

  /// The tables that say which chunks are needed: with a row hidden, a sweep would take what a snapshot needs.
  static let uses = ["snapshot", "snapshot_chunk"]

  /// What is wrong with some tables; nil where they are whole.
  static func problem(with tables: [String], in database: borrowing Database) throws(SQLiteError) -> String? {
    for table in tables {
      let check = try database.prepare("PRAGMA integrity_check(\(table))")
      guard try check.step() else { return "the table `\(table)` can't be checked" }
      let answer = try check.text(at: 0)
      if answer != "ok" { return answer.split(separator: "\n").joined(separator: ", ") }
    }
    return nil
  }

  /// Makes the tables of a new store, in one commit with its fingerprint key.
  static func create(in database: borrowing Database, key: [UInt8]) throws(SQLiteError) {
    // It must come before the first table. Without a log beside it the file is whole by itself, and can be renamed.
    try database.execute("PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL")
    let transaction = try database.beginImmediate()
    try database.execute(tables + JournalTable.definition)
    let insert = try database.prepare("INSERT INTO fingerprint_key (number, bytes) VALUES (1, ?)")
    try insert.bind(key, at: 1)
    try insert.run()
    try database.execute("PRAGMA application_id = \(application); PRAGMA user_version = \(version)")
    try transaction.commit()
  }

  /// The store's fingerprint key; empty where it is missing.
  static func key(in database: borrowing Database) throws(SQLiteError) -> [UInt8] {
    let statement = try database.prepare("SELECT bytes FROM fingerprint_key")
    return try statement.step() ? statement.bytes(at: 0) : []
  }

  private static func number(_ query: String, in database: borrowing Database) throws(SQLiteError) -> Int64 {
    let statement = try database.prepare(query)
    return try statement.step() ? statement.integer(at: 0) : 0
  }

  /// `docs/design/store-format.md` explains them.
  private static let tables = """
    CREATE TABLE fingerprint_key (
      number INTEGER PRIMARY KEY CHECK (number = 1),
      bytes BLOB NOT NULL CHECK (length(bytes) = 32)
    ) STRICT;
    CREATE TABLE chunk (
      digest BLOB NOT NULL PRIMARY KEY,
      put INTEGER NOT NULL,
      size INTEGER NOT NULL,
      packed BLOB NOT NULL
    ) STRICT;
    CREATE TABLE snapshot (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      name TEXT NOT NULL UNIQUE,
      began INTEGER NOT NULL,
      began_nanoseconds INTEGER NOT NULL,
      ended INTEGER NOT NULL,
      ended_nanoseconds INTEGER NOT NULL,
      resources INTEGER NOT NULL,
      complete INTEGER NOT NULL,
      seal BLOB NOT NULL,
      digest BLOB NOT NULL,
      record BLOB NOT NULL
    ) STRICT;
    CREATE TABLE snapshot_chunk (
      snapshot INTEGER NOT NULL REFERENCES snapshot (number) ON DELETE CASCADE,
      chunk BLOB NOT NULL REFERENCES chunk (digest),
      PRIMARY KEY (snapshot, chunk)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX snapshot_chunk_by_chunk ON snapshot_chunk (chunk);
    CREATE TABLE upgrade (
      name TEXT NOT NULL PRIMARY KEY,
      began INTEGER NOT NULL,
      began_nanoseconds INTEGER NOT NULL,
      digest BLOB NOT NULL,
      record BLOB NOT NULL
    ) STRICT;
    CREATE TABLE plan (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      name TEXT NOT NULL UNIQUE,
      made INTEGER NOT NULL,
      made_nanoseconds INTEGER NOT NULL,
      digest BLOB NOT NULL,
      record BLOB NOT NULL
    ) STRICT;
    """
}
