/// Names a chunk: some hundred resources in the order of their sort keys.
public struct ChunkReference: Hashable, Sendable {
  /// The first line's sort key.
  public let first: Text
  public let count: Int
  /// Over the canonical lines, never over compressed bytes, which another version of the compressor would make otherwise.
  public let digest: Digest

  public init(first: Text, count: Int, digest: Digest) { (self.first, self.count, self.digest) = (first, count, digest) }
}

/// Some hundred canonical lines, cut where the resources' own keys say, so that equal parts of two snapshots are equal chunks.
public struct Chunk: Hashable, Sendable {
  public let reference: ChunkReference
  /// `sort key TAB canonical JSON LF` for each resource.
  public let lines: [UInt8]

  /// `lines` must be whole and sorted.
  public init(first: Text, count: Int, lines: [UInt8]) {
    reference = ChunkReference(first: first, count: count, digest: Digest(of: lines))
    self.lines = lines
  }

  /// Whether a chunk ends after the line with this key: FNV-1a over the key's bytes, never Hasher, which is seeded anew in each process.
  public static func ends(after key: some Sequence<UInt8>, count: Int) -> Bool {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in key { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return (hash ^ (hash >> 32)) & 511 == 0 || count == 4096
  }
}
