internal import Crypto

/// One snapshot as one file, to be kept elsewhere and brought back.
///
/// A header line; the snapshot's record as one line; the lines of its chunks, each chunk once, in the order in which the
/// record names them first; a last line with the SHA-256 digest of all bytes before it. The fingerprints' key is not in it,
/// only its id: in a store with another key, the fingerprints of an imported snapshot are not compared.
public enum SnapshotFile {
  static let header = "audit-residue snapshot 1\n"
  static let trailer = "sha256 "

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
    for reference in distinctChunks(of: record.snapshot) {
      let lines = try await fetch(reference.digest)
      sum.update(data: lines)
      try await output(lines)
    }
    try await output(Array("\(trailer)\(hexadecimal(sum))\n".utf8))
  }

  /// Reads a file whose pieces `input` gives one after the other, an empty one at the end, and hands over its chunks.
  ///
  /// Only a file that arrives at its last line unaltered gives a record; what was handed over of another is nobody's and swept.
  /// Fails with the rules `file-damaged` and `newer-version`, and with what `input` and `put` fail with.
  nonisolated(nonsending) public static func read(
    from input: () async throws(Failure) -> [UInt8], put: (Chunk) async throws(Failure) -> Void
  ) async throws(Failure) -> SnapshotRecord {
    var lines = LineBuffer()
    var sum = SHA256()
    nonisolated(nonsending) func next() async throws(Failure) -> [UInt8] {
      while true {
        if let line = lines.next() { return line }
        guard lines.count <= longestLine else { throw damaged("a line is longer than any of ours") }
        let piece = try await input()
        guard !piece.isEmpty else { throw damaged("it ends too early") }
        lines.append(piece)
      }
    }

    let first = try await next()
    guard first == Array(header.utf8) else {
      guard first.starts(with: "audit-residue snapshot ".utf8) else { throw damaged("it doesn't begin as a snapshot's file does") }
      throw Failure("newer-version", "the file's format is newer than this program", advice: "update audit-residue")
    }
    sum.update(data: first)
    let json = try await next()
    sum.update(data: json)
    let record = try SnapshotRecord(json: json.dropLast())
    // Members that we don't know would be lost, and with them the snapshot's digest.
    guard SnapshotRecord(record.snapshot).digest == record.digest else {
      throw Failure("newer-version", "the file's snapshot says more than this program understands", advice: "update audit-residue")
    }
    for reference in distinctChunks(of: record.snapshot) {
      var taken: [UInt8] = []
      var count = 0
      while count < reference.count, taken.count <= longestLine {
        taken += try await next()
        count += 1
      }
      sum.update(data: taken)
      let key = taken.prefix { $0 != UInt8(ascii: "\t") }
      let chunk = Chunk(first: Text(String(decoding: key, as: UTF8.self)), count: count, lines: taken)
      guard chunk.reference == reference else { throw damaged("a part of it is not what the snapshot says") }
      try await put(chunk)
    }
    guard try await next() == Array("\(trailer)\(hexadecimal(sum))\n".utf8) else { throw damaged("its digest is another one") }
    guard lines.count == 0, try await input().isEmpty else { throw damaged("something follows its end") }
    return record
  }

  /// Longer than any line that could be written in earnest, and short enough to be held in memory.
  private static let longestLine = 256 << 20

  private static func distinctChunks(of snapshot: Snapshot) -> [ChunkReference] {
    var seen: Set<Digest> = []
    return snapshot.observations.flatMap(\.chunks).filter { seen.insert($0.digest).inserted }
  }

  private static func hexadecimal(_ sum: SHA256) -> String { Digest(bytes: Array(sum.finalize()))?.description ?? "" }

  private static func damaged(_ problem: String) -> Failure {
    Failure("file-damaged", "this is no whole snapshot: \(problem)", advice: "take another copy of the file")
  }
}
