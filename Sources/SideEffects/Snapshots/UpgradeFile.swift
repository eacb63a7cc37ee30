internal import Crypto

/// An upgrade's record as one file, kept beside the copies of its snapshots and brought back with them.
///
/// A header line; the record as one line; a last line with the SHA-256 digest of all bytes before it. Unlike a snapshot, the
/// record changes while the upgrade goes on, and the file is written anew each time.
public enum UpgradeFile {
  static let header = "audit-residue upgrade 1\n"

  /// Whether a file's first bytes are those of an upgrade's file, of whichever version.
  public static func isHead(_ bytes: some Collection<UInt8>) -> Bool { bytes.starts(with: "audit-residue upgrade ".utf8) }

  /// An upgrade as the bytes of one file.
  public static func bytes(of upgrade: Upgrade) -> [UInt8] {
    let lines = Array(header.utf8) + UpgradeRecord.json(of: upgrade) + [UInt8(ascii: "\n")]
    var sum = SHA256()
    sum.update(data: lines)
    return lines + PortableFile.lastLine(sum)
  }

  /// Reads a file whose pieces `input` gives one after the other, an empty one at the end.
  ///
  /// Fails with the rules `file-damaged` and `newer-version`, and with what `input` fails with.
  nonisolated(nonsending) public static func read(from input: () async throws(Failure) -> [UInt8]) async throws(Failure) -> Upgrade {
    var reader = PortableFileReader()
    let first = try await reader.next(limit: 64, from: input)
    guard first == Array(header.utf8) else {
      guard isHead(first) else { throw PortableFile.damaged("it doesn't begin as an upgrade's file does") }
      throw PortableFile.newer("the file's format is")
    }
    let json = try await reader.next(limit: 1 << 20, from: input)
    let upgrade = try PortableFile.reading { () throws(Failure) in try UpgradeRecord.upgrade(from: json.dropLast()) }
    guard UpgradeRecord.json(of: upgrade) == Array(json.dropLast()) else { throw PortableFile.newer("what the file's upgrade says is") }
    try await reader.finish(from: input)
    return upgrade
  }
}
