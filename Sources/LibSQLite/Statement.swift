internal import CSQLite

/// A compiled statement, freed when it goes out of scope; it belongs to its database's thread.
///
/// Placeholders count from 1, columns from 0, as in SQLite.
public struct Statement: ~Copyable {
  private let statement: OpaquePointer

  init(_ text: String, in connection: OpaquePointer) throws(SQLiteError) {
    var compiled: OpaquePointer?
    let length = text.utf8.count
    let (status, isWhole) = text.withCString { start in
      var tail: UnsafePointer<CChar>?
      let status = sqlite3_prepare_v2(connection, start, Int32(clamping: length + 1), &compiled, &tail)
      let rest = tail.map { String(cString: $0) } ?? ""
      return (status, rest.utf8.allSatisfy { [0x20, 0x09, 0x0A, 0x0D, UInt8(ascii: ";")].contains($0) })
    }
    guard status == SQLITE_OK else { throw SQLiteError.last(of: connection, code: status, statement: text) }
    guard let compiled, isWhole else {
      sqlite3_finalize(compiled)
      throw SQLiteError(extendedCode: SQLITE_MISUSE, message: "the text is not exactly one statement", statement: text)
    }
    statement = compiled
  }

  deinit { sqlite3_finalize(statement) }

  /// Gives a parameter its text; the first parameter has the index 1, here and below.
  public borrowing func bind(_ text: String, at index: Int) throws(SQLiteError) {
    let length = UInt64(text.utf8.count)
    try check(text.withCString { audit_sqlite3_bind_text(statement, Int32(clamping: index), $0, length) })
  }

  /// Gives a parameter its bytes.
  public borrowing func bind(_ bytes: [UInt8], at index: Int) throws(SQLiteError) {
    try check(
      bytes.withUnsafeBytes {
        $0.isEmpty
          ? sqlite3_bind_zeroblob(statement, Int32(clamping: index), 0)
          : audit_sqlite3_bind_blob(statement, Int32(clamping: index), $0.baseAddress, UInt64($0.count))
      })
  }

  /// Gives a parameter its number.
  public borrowing func bind(_ integer: Int64, at index: Int) throws(SQLiteError) {
    try check(sqlite3_bind_int64(statement, Int32(clamping: index), integer))
  }

  /// Gives a parameter no value.
  public borrowing func bindNull(at index: Int) throws(SQLiteError) {
    try check(sqlite3_bind_null(statement, Int32(clamping: index)))
  }

  /// Goes on to the next row; false where there is none left. An error ends the statement as the last row does.
  public borrowing func step() throws(SQLiteError) -> Bool {
    let status = sqlite3_step(statement)
    if status == SQLITE_ROW { return true }
    // The message is read before the reset, which ends a read lock and may set another one.
    let error = status == SQLITE_DONE ? nil : failure(status)
    sqlite3_reset(statement)
    if let error { throw error }
    return false
  }

  /// Runs to the end, passing over rows, and forgets what was bound: it can be bound and run again.
  public borrowing func run() throws(SQLiteError) {
    defer { clear() }
    while try step() {}
  }

  /// Ends a reading before its last row, and forgets what was bound.
  public borrowing func clear() {
    sqlite3_reset(statement)
    sqlite3_clear_bindings(statement)
  }

  /// Whether a column of the row is NULL.
  public borrowing func isNull(at column: Int) -> Bool {
    sqlite3_column_type(statement, Int32(clamping: column)) == SQLITE_NULL
  }

  /// A column of the row as SQLite converts it; 0 for NULL.
  public borrowing func integer(at column: Int) -> Int64 { sqlite3_column_int64(statement, Int32(clamping: column)) }

  /// The bytes of a text or blob in the row; none for NULL.
  public borrowing func bytes(at column: Int) -> [UInt8] {
    // The address first: asking for the length before may convert, and asking for the address after it would convert again.
    let start = sqlite3_column_blob(statement, Int32(clamping: column))
    return Array(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, Int32(clamping: column)))))
  }

  /// A text in the row; fails with the reason `damaged` where it is no UTF-8, which SQLite itself doesn't check.
  public borrowing func text(at column: Int) throws(SQLiteError) -> String {
    guard let text = String(validating: bytes(at: column), as: UTF8.self) else {
      throw SQLiteError(extendedCode: SQLITE_CORRUPT, message: "a text is not UTF-8", statement: source)
    }
    return text
  }

  private var source: String? { sqlite3_sql(statement).map { String(cString: $0) } }

  private borrowing func failure(_ status: Int32) -> SQLiteError {
    SQLiteError.last(of: sqlite3_db_handle(statement), code: status, statement: source)
  }

  private borrowing func check(_ status: Int32) throws(SQLiteError) {
    guard status == SQLITE_OK else { throw failure(status) }
  }
}
