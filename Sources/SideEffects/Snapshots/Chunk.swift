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
}
