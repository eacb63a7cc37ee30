internal import Crypto

/// One snapshot as one file, to be kept elsewhere and brought back.
///
/// A header line; the snapshot's record as one line; the lines of its chunks, each chunk once, in the order in which the
/// record names them first; a last line with the SHA-256 digest of all bytes before it. The fingerprints' key is not in it,
/// only its id: in a store with another key, the fingerprints of an imported snapshot are not compared.
public enum SnapshotFile {
  static let header = "audit-residue snapshot 1\n"

  /// Whether a file's first bytes are those of a snapshot's file, of whichever version.
  public static func isHead(_ bytes: some Collection<UInt8>) -> Bool { bytes.starts(with: "audit-residue snapshot ".utf8) }

  /// Writes a snapshot piece by piece, with no more than one chunk in memory.
  ///
  /// Fails with what `fetch` and `output` fail with.
  nonisolated(nonsending) public static func write(
    _ record: SnapshotRecord, fetch: (Digest) async throws(Failure) -> [UInt8], to output: ([UInt8]) async throws(Failure) -> Void
  ) async throws(Failure) {
    var sum = SHA256()
    let head = Array(header.utf8) + record.json + [UInt8(ascii: "\n")]
    sum.update(data: head)
    try await output(head)
    for reference in try distinctChunks(of: record.snapshot) {
      let lines = try await fetch(reference.digest)
      sum.update(data: lines)
      try await output(lines)
    }
    try await output(PortableFile.lastLine(sum))
  }

  /// Reads a file whose pieces `input` gives one after the other, an empty one at the end, and hands over its chunks.
  ///
  /// Only a file that arrives at its last line unaltered, and whose chunks a store could have written, gives a record; what was
  /// handed over of another is nobody's and swept. Fails with the rules `file-damaged` and `newer-version`, and with what `input`
  /// and `put` fail with.
  nonisolated(nonsending) public static func read(
    from input: () async throws(Failure) -> [UInt8], put: (Chunk) async throws(Failure) -> Void
  ) async throws(Failure) -> SnapshotRecord {
    var reader = PortableFileReader()
    let first = try await reader.next(limit: longestHeader, from: input)
    guard first == Array(header.utf8) else {
      guard isHead(first) else { throw PortableFile.damaged("it doesn't begin as a snapshot's file does") }
      throw PortableFile.newer("the file's format is")
    }
    let json = try await reader.next(limit: longestRecord, from: input)
    let record = try PortableFile.reading { () throws(Failure) in try SnapshotRecord(json: json.dropLast()) }
    // Members that we don't know would be lost, and with them the snapshot's digest.
    guard SnapshotRecord(record.snapshot).digest == record.digest else { throw PortableFile.newer("what the file's snapshot says is") }
    var inspection = ChunkInspection()
    for reference in try distinctChunks(of: record.snapshot) {
      var taken: [UInt8] = []
      var count = 0
      while count < reference.count, taken.count <= longestLine {
        taken += try await reader.next(limit: longestLine, from: input)
        count += 1
      }
      let key = taken.prefix { $0 != UInt8(ascii: "\t") }
      let chunk = Chunk(first: Text(String(decoding: key, as: UTF8.self)), count: count, lines: taken)
      guard chunk.reference == reference else { throw PortableFile.damaged("a part of it is not what the snapshot says") }
      try PortableFile.reading { () throws(Failure) in try inspection.take(chunk) }
      try await put(chunk)
    }
    try await reader.finish(from: input)
    try PortableFile.reading { () throws(Failure) in try inspection.finish(record.snapshot) }
    return record
  }

  private static let longestHeader = 64
  /// Enough for the chunks of a hundred million resources, and little enough to be held as a tree.
  private static let longestRecord = 32 << 20
  /// Longer than any line that could be written in earnest, and short enough to be held in memory.
  private static let longestLine = 256 << 20

  /// Each chunk once; one digest with two descriptions is a lie, of which only the first would be looked at.
  private static func distinctChunks(of snapshot: Snapshot) throws(Failure) -> [ChunkReference] {
    var seen: [Digest: ChunkReference] = [:]
    var distinct: [ChunkReference] = []
    for reference in snapshot.observations.flatMap(\.chunks) {
      if let same = seen.updateValue(reference, forKey: reference.digest) {
        guard same == reference else { throw PortableFile.damaged("it describes one part in two ways") }
      } else {
        distinct.append(reference)
      }
    }
    return distinct
  }
}
