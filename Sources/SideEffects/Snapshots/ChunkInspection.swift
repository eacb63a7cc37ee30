/// Looks whether chunks that came from elsewhere are such as a store writes: resources that can be read, in the order of their keys.
struct ChunkInspection {
  private var lastKeys: [Digest: ArraySlice<UInt8>] = [:]

  /// Fails with the rule `store-damaged`.
  mutating func take(_ chunk: Chunk) throws(Failure) {
    var rest = chunk.lines[...]
    var last: ArraySlice<UInt8>?
    while !rest.isEmpty {
      guard let line = ResourceLine(in: rest) else { throw StoredObject.damaged("a chunk ends within a line") }
      if let last, !last.lexicographicallyPrecedes(line.key) { throw StoredObject.damaged("the lines of a chunk are out of order") }
      _ = try line.resource(watch: "", kind: "")
      last = line.key
      rest = rest[line.bytes.endIndex...]
    }
    guard let last else { throw StoredObject.damaged("a chunk is empty") }
    // A copy: the slice would hold the whole chunk.
    lastKeys[chunk.reference.digest] = Array(last)[...]
  }

  /// Looks whether the chunks of each observation follow each other, once all of them were taken.
  func finish(_ snapshot: Snapshot) throws(Failure) {
    for observation in snapshot.observations {
      for (chunk, next) in zip(observation.chunks, observation.chunks.dropFirst()) {
        guard let last = lastKeys[chunk.digest], last.lexicographicallyPrecedes(next.first.string.utf8) else {
          throw StoredObject.damaged("the chunks of `\(observation.watch)` are out of order")
        }
      }
    }
  }
}
