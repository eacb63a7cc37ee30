/// Reads an observation's resources in the order of their keys, one chunk in memory at a time.
///
/// A comparison asks `boundary` of two streams: where both stand before equal chunks, it skips both unread.
public struct ChunkStream: Sendable {
  /// Fetches the lines of a chunk, as `SnapshotStore.chunk` does.
  public typealias Fetch = @Sendable (Digest) async throws(Failure) -> [UInt8]

  public let watch: Text
  public let kind: Text
  private let fetch: Fetch
  private var coming: ArraySlice<ChunkReference>
  private var lines: ArraySlice<UInt8> = []
  /// How many lines of the chunk have still to come.
  private var remaining = 0
  private var lastKey: ArraySlice<UInt8>?

  public init(_ observation: Observation, fetch: @escaping Fetch) {
    (watch, kind, coming) = (observation.watch, observation.kind, observation.chunks[...])
    self.fetch = fetch
  }

  /// The chunk that comes next; nil within a chunk and at the end.
  public var boundary: ChunkReference? { lines.isEmpty ? coming.first : nil }

  /// Passes over the chunk at the boundary without reading it; does nothing within a chunk.
  public mutating func skipChunk() {
    if lines.isEmpty { coming = coming.dropFirst() }
  }

  /// The next line; nil at the end.
  ///
  /// Fails with what fetching fails with, and with the rule `store-damaged` where lines are missing or out of order.
  public mutating func next() async throws(Failure) -> ResourceLine? {
    if lines.isEmpty {
      guard let chunk = coming.popFirst() else { return nil }
      (lines, remaining) = (try await fetch(chunk.digest)[...], chunk.count)
    }
    guard let line = ResourceLine(in: lines) else { throw StoredObject.damaged("a chunk ends within a line") }
    lines = lines[line.bytes.endIndex...]
    remaining -= 1
    guard lines.isEmpty == (remaining == 0) else { throw StoredObject.damaged("a chunk has more or fewer lines than its snapshot says") }
    if let lastKey, !lastKey.lexicographicallyPrecedes(line.key) { throw StoredObject.damaged("the lines of a chunk are out of order") }
    lastKey = line.key
    return line
  }

  /// Reads the resource of a line that this stream gave.
  public func resource(of line: ResourceLine) throws(Failure) -> Resource { try line.resource(watch: watch, kind: kind) }
}
