internal import LibSQLite
internal import SideEffects

/// A record's bytes, and the digest that was kept with them.
struct StoredRecord {
  let digest: [UInt8]
  let json: [UInt8]

  init(json: [UInt8]) { (digest, self.json) = (Digest(of: json).bytes, json) }

  /// From the first two columns of a row: digest and record.
  init(_ statement: borrowing Statement) { (digest, json) = (statement.bytes(at: 0), statement.bytes(at: 1)) }

  /// Whether the bytes are those that were kept.
  var isWhole: Bool { Digest(of: json).bytes == digest }
}

extension Statement {
  /// Binds a moment to two placeholders: seconds, then nanoseconds.
  borrowing func bind(_ moment: Instant, at index: Int) throws(SQLiteError) {
    try bind(moment.seconds, at: index)
    try bind(Int64(moment.nanoseconds), at: index + 1)
  }

  /// A moment in two columns: seconds, then nanoseconds.
  borrowing func instant(at column: Int) -> Instant {
    Instant(seconds: integer(at: column), nanoseconds: Int32(clamping: integer(at: column + 1)))
  }
}
