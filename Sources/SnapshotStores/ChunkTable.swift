internal import LibSQLite
internal import SideEffects

/// The table of chunks, which several snapshots share.
enum ChunkTable {
  /// A chunk as it stands in the table.
  struct Packed {
    let digest: Digest
    /// How many bytes come out when it is unpacked.
    let size: Int
    let bytes: [UInt8]
  }

  /// Those of some digests that no chunk has.
  static func missing(of digests: some Sequence<Digest>, in database: borrowing Database) throws(SQLiteError) -> [Digest] {
    let statement = try database.prepare("SELECT 1 FROM chunk WHERE digest = ?")
    var missing: [Digest] = []
    for digest in digests {
      try statement.bind(digest.bytes, at: 1)
      if try !statement.step() { missing.append(digest) }
      statement.clear()
    }
    return missing
  }

  /// In one commit, adds chunks and says of those known already that they were put now, so that no sweep takes them.
  ///
  /// Gives those of `known` that are there no more: a sweep was faster.
  static func put(
    _ new: [Packed], known: [Digest], at now: Instant, in database: borrowing Database
  ) throws(SQLiteError) -> [Digest] {
    let transaction = try database.beginImmediate()
    let insert = try database.prepare(
      "INSERT INTO chunk (digest, put, size, packed) VALUES (?, ?, ?, ?) ON CONFLICT (digest) DO UPDATE SET put = excluded.put")
    for chunk in new {
      try insert.bind(chunk.digest.bytes, at: 1)
      try insert.bind(now.seconds, at: 2)
      try insert.bind(Int64(chunk.size), at: 3)
      try insert.bind(chunk.bytes, at: 4)
      try insert.run()
    }
    let touch = try database.prepare("UPDATE chunk SET put = ? WHERE digest = ?")
    var swept: [Digest] = []
    for digest in known {
      try touch.bind(now.seconds, at: 1)
      try touch.bind(digest.bytes, at: 2)
      try touch.run()
      if database.changes == 0 { swept.append(digest) }
    }
    try transaction.commit()
    return swept
  }

  static func chunk(_ digest: Digest, in database: borrowing Database) throws(SQLiteError) -> Packed? {
    let statement = try database.prepare("SELECT size, packed FROM chunk WHERE digest = ?")
    try statement.bind(digest.bytes, at: 1)
    guard try statement.step() else { return nil }
    return Packed(digest: digest, size: Int(statement.integer(at: 0)), bytes: statement.bytes(at: 1))
  }

  /// Removes the chunks that no snapshot needs and that were last put before a moment; within the caller's transaction.
  static func sweep(before moment: Instant, in database: borrowing Database) throws(SQLiteError) {
    let statement = try database.prepare(
      "DELETE FROM chunk WHERE put < ? AND NOT EXISTS (SELECT 1 FROM snapshot_chunk WHERE snapshot_chunk.chunk = chunk.digest)")
    try statement.bind(moment.seconds, at: 1)
    try statement.run()
  }
}
