internal import CSQLite

/// A connection to a database file, closed when it goes out of scope.
///
/// It belongs to one thread at a time: an actor may own one, whichever thread it runs on.
public struct Database: ~Copyable {
  /// What may be done with the file.
  public enum Access: Hashable, Sendable {
    case readOnly
    /// The file must exist.
    case readWrite
    /// The file is made where it is missing, with the permissions that the process's mask leaves.
    case create
  }

  private let connection: OpaquePointer

  /// Opens a file; statements that find it locked wait for as long as the busy timeout says.
  ///
  /// SQLite reads nothing of the file before the first statement: a file that is no database is told then.
  public init(path: String, access: Access, busyTimeout: Duration = .seconds(10)) throws(SQLiteError) {
    // A path with a zero in it would end there, and another file would be opened.
    guard !path.utf8.contains(0) else { throw SQLiteError(extendedCode: SQLITE_CANTOPEN, message: "the path holds a zero byte") }
    let mode =
      switch access {
      case .readOnly: SQLITE_OPEN_READONLY
      case .readWrite: SQLITE_OPEN_READWRITE
      case .create: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
      }
    var opened: OpaquePointer?
    // One thread at a time is what the actor that owns us sees to; SQLite's own mutex would be a second one.
    let status = sqlite3_open_v2(path, &opened, mode | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nil)
    guard status == SQLITE_OK, let opened else {
      let error = SQLiteError.last(of: opened, code: status)
      sqlite3_close_v2(opened)
      throw error
    }
    connection = opened
    let (seconds, attoseconds) = busyTimeout.components
    sqlite3_busy_timeout(connection, Int32(clamping: seconds * 1_000 + attoseconds / 1_000_000_000_000_000))
  }

  deinit { sqlite3_close_v2(connection) }

  /// Runs one statement or several with semicolons between; rows that they give are passed over.
  public borrowing func execute(_ statements: String) throws(SQLiteError) {
    let status = sqlite3_exec(connection, statements, nil, nil, nil)
    guard status == SQLITE_OK else { throw SQLiteError.last(of: connection, code: status, statement: statements) }
  }

  /// Compiles one statement; what follows it in the text is an error.
  ///
  /// SQLite keeps the connection open until its last statement is gone, so a statement may outlive its database.
  public borrowing func prepare(_ statement: String) throws(SQLiteError) -> Statement {
    try Statement(statement, in: connection)
  }

  /// Begins a transaction that holds the write lock from its first moment on, so that it can't fail for a lock later.
  public borrowing func beginImmediate() throws(SQLiteError) -> Transaction {
    let commitment = try prepare("COMMIT")
    let rollback = try prepare("ROLLBACK")
    try execute("BEGIN IMMEDIATE")
    return Transaction(commitment: commitment, rollback: rollback)
  }

  /// How many rows the last statement inserted, changed or deleted.
  public var changes: Int { Int(sqlite3_changes64(connection)) }

  /// The row number that the last INSERT gave.
  public var lastRow: Int64 { sqlite3_last_insert_rowid(connection) }
}
