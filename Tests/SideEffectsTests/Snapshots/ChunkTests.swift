import Testing

@testable import SideEffects

@Suite("Chunks")
struct ChunkTests {
  static func line(_ id: Int, name: String = "n") -> ResourceLine {
    ResourceLine(Resource(address: ResourceAddress(watch: "w", kind: "k", id: Text("id-\(id)")), name: Text(name), attributes: [:]))
  }

  static func cut(_ lines: [ResourceLine]) -> [Chunk] {
    var cutter = ChunkCutter()
    var chunks = lines.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }.compactMap { cutter.add($0) }
    if let last = cutter.finish() { chunks.append(last) }
    return chunks
  }

  static func stream(_ chunks: [Chunk], references: [ChunkReference]? = nil, onFetch: @escaping @Sendable (Digest) -> Void = { _ in })
    -> ChunkStream
  {
    let table = Dictionary(chunks.map { ($0.reference.digest, $0.lines) }, uniquingKeysWith: { first, _ in first })
    let observation = SnapshotSamples.observation(chunks: references ?? chunks.map(\.reference))
    return ChunkStream(observation) { digest throws(Failure) in
      onFetch(digest)
      guard let lines = table[digest] else { throw Failure("missing-chunk", "none") }
      return lines
    }
  }

  @Test("of two snapshots that differ in one resource differ in one chunk")
  func locality() {
    let lines = (0..<20_000).map { Self.line($0) }
    let before = Self.cut(lines)
    #expect(before.count > 20)
    for (position, change) in [(0, nil), (9_999, nil), (5_000, Self.line(5_000, name: "other")), (19_999, nil)] {
      var changed = lines
      if let change { changed[position] = change } else { changed.remove(at: position) }
      let after = Self.cut(changed)
      let differing = Set(before.map(\.reference.digest)).subtracting(after.map(\.reference.digest))
      // Two where the line that ended a chunk is the one that went.
      #expect((1...2).contains(differing.count))
    }
  }

  @Test("hold at most 4,096 lines or little over a mebibyte")
  func limits() {
    var cutter = ChunkCutter()
    let key = Array("k".utf8)
    #expect(!ChunkCutter.mayEnd(after: key))
    for _ in 1..<4096 { #expect(cutter.add(line: [1], key: key) == nil) }
    #expect(cutter.add(line: [1], key: key)?.reference.count == 4096)
    let long = [UInt8](repeating: 1, count: 600 << 10)
    #expect(cutter.add(line: long, key: key) == nil)
    #expect(cutter.add(line: long, key: key)?.reference.count == 2)
    #expect(cutter.finish() == nil)
  }

  @Test("are cut where they always were: another rule would store everything anew")
  func cutsAreFrozen() {
    let ends = (0..<3_000).filter { ChunkCutter.mayEnd(after: "id-\($0)".utf8) }
    #expect(ends == [696, 869, 1843])
  }

  @Test("give all lines in order when read as a stream, and none when skipped")
  func reading() async throws {
    let lines = (0..<3_000).map { Self.line($0) }.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
    let chunks = Self.cut(lines)
    var stream = Self.stream(chunks)
    var read: [ResourceLine] = []
    var boundaries = 0
    while true {
      if stream.boundary != nil { boundaries += 1 }
      guard let line = try await stream.next() else { break }
      read.append(line)
    }
    #expect(read.map { Array($0.bytes) } == lines.map { Array($0.bytes) })
    #expect(boundaries == chunks.count)
    #expect(try stream.resource(of: read[0]).name == "n")

    var skipping = Self.stream(chunks, onFetch: { _ in Issue.record("a skipped chunk was fetched") })
    while skipping.boundary != nil { skipping.skipChunk() }
    #expect(try await skipping.next() == nil)
  }

  @Test("are not skipped from within")
  func skippingWithin() async throws {
    var stream = Self.stream(Self.cut([Self.line(1), Self.line(2)]))
    _ = try await stream.next()
    #expect(stream.boundary == nil)
    stream.skipChunk()
    #expect(try await stream.next() != nil)
    #expect(try await stream.next() == nil)
  }

  @Test("with lines missing, too many or out of order are refused as damage")
  func damage() async throws {
    let chunk = try #require(Self.cut([Self.line(1), Self.line(2)]).first)
    func expectDamage(_ lines: [UInt8], count: Int, times: Int = 1) async {
      let bad = Chunk(first: chunk.reference.first, count: count, lines: lines)
      var stream = Self.stream([bad], references: Array(repeating: bad.reference, count: times))
      let failure = await #expect(throws: Failure.self) { while try await stream.next() != nil {} }
      #expect(failure?.diagnostics.first.rule == "store-damaged")
    }
    await expectDamage(chunk.lines, count: 1)
    await expectDamage(chunk.lines, count: 3)
    await expectDamage(Array(chunk.lines.dropLast()), count: 2)
    await expectDamage([], count: 1)
    await expectDamage(Array(chunk.lines.reversed()), count: 2)
    await expectDamage(Array(Self.line(2).bytes + Self.line(1).bytes), count: 2)
    await expectDamage(Array(Self.line(1).bytes + Self.line(1).bytes), count: 2)
    await expectDamage(chunk.lines, count: 2, times: 2)
  }
}
