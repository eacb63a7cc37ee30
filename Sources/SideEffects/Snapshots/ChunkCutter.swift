/// Cuts sorted lines into chunks: after about every 512th line, as its key says, at the latest after 4,096 lines or a mebibyte.
///
/// A line that comes or goes changes the chunk that it is in and no other, since where a chunk ends is read off the keys.
public struct ChunkCutter: Sendable {
  private var first: Text?
  private var lines: [UInt8] = []
  private var count = 0

  static let mostLines = 4096
  static let mostBytes = 1 << 20

  public init() {}

  /// Takes the next line, which must be greater than the one before; gives the chunk that ends with it.
  public mutating func add(_ line: ResourceLine) -> Chunk? { add(line: line.bytes, key: line.key) }

  /// The same for the bytes of a line, line feed included, and of its key.
  public mutating func add(line: some Sequence<UInt8>, key: some Sequence<UInt8>) -> Chunk? {
    if first == nil { first = Text(String(decoding: Array(key), as: UTF8.self)) }
    lines.append(contentsOf: line)
    count += 1
    return Self.mayEnd(after: key) || count == Self.mostLines || lines.count >= Self.mostBytes ? finish() : nil
  }

  /// Gives the chunk that was begun; nil where none was.
  public mutating func finish() -> Chunk? {
    guard let first else { return nil }
    defer { self = ChunkCutter() }
    return Chunk(first: first, count: count, lines: lines)
  }

  /// FNV-1a over the key's bytes (draft-eastlake-fnv), never Hasher, which is seeded anew in each process.
  static func mayEnd(after key: some Sequence<UInt8>) -> Bool {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in key { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return (hash ^ (hash >> 32)) & 511 == 0
  }
}
