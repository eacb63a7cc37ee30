/// The lines of one observation with a look at the next key; a chunk is read only when a line of it is taken.
struct LineQueue {
  private var stream: ChunkStream
  private var head: ResourceLine?

  init(_ stream: ChunkStream) { self.stream = stream }

  /// The chunk that begins here; nil within a chunk and at the end.
  var boundary: ChunkReference? { head == nil ? stream.boundary : nil }

  /// Passes over the chunk at the boundary without reading it.
  mutating func skipChunk() { stream.skipChunk() }

  /// The key of the next line; nil at the end.
  mutating func key() async throws(Failure) -> ArraySlice<UInt8>? {
    if let boundary { return Array(boundary.first.string.utf8)[...] }
    if head == nil { head = try await stream.next() }
    return head?.key
  }

  /// The next line; nil at the end.
  mutating func take() async throws(Failure) -> ResourceLine? {
    guard let line = head else { return try await stream.next() }
    head = nil
    return line
  }

  func resource(of line: ResourceLine) throws(Failure) -> Resource { try stream.resource(of: line) }
}
