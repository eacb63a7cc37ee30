/// Finds some resources of an observation: only the chunks that may hold one are read, one at a time.
enum ChunkLookup {
  /// Those of the addresses that the observation holds.
  static func resources(
    at addresses: Set<ResourceAddress>, in observation: Observation, read: @escaping ChunkStream.Fetch
  ) async throws(Failure) -> [ResourceAddress: Resource] {
    let wanted = addresses.map(\.sortKey).sorted()
    var found: [ResourceAddress: Resource] = [:]
    var next = wanted.startIndex
    for (index, chunk) in observation.chunks.enumerated() {
      while next < wanted.endIndex, wanted[next] < chunk.first { next += 1 }
      guard next < wanted.endIndex else { break }
      let following = observation.chunks.indices.contains(index + 1) ? observation.chunks[index + 1].first : nil
      if let following, wanted[next] >= following { continue }
      for resource in try await resources(of: chunk, in: observation, read) where addresses.contains(resource.address) {
        found[resource.address] = resource
      }
    }
    return found
  }

  private static func resources(
    of chunk: ChunkReference, in observation: Observation, _ read: @escaping ChunkStream.Fetch
  ) async throws(Failure) -> [Resource] {
    var stream = ChunkStream(
      Observation(
        watch: observation.watch, kind: observation.kind, reader: observation.reader, asked: observation.asked, schema: observation.schema,
        completeness: observation.completeness, chunks: [chunk]), fetch: read)
    var resources: [Resource] = []
    while let line = try await stream.next() { resources.append(try stream.resource(of: line)) }
    return resources
  }
}
