import Testing

@testable import SideEffects

@Suite("A snapshot's file")
struct SnapshotFileTests {
  static let chunks = ChunkTests.cut((0..<3).map { ChunkTests.line($0) }) + ChunkTests.cut([ChunkTests.line(9, name: "other")])
  /// The first chunk is named by two observations and stands in the file once.
  static let record = snapshot(chunks.map(\.reference), and: [chunks[0].reference])

  /// Few bytes, so that each of them can be altered in turn.
  static let small = SnapshotRecord(
    Snapshot(
      name: "n", began: Instant(seconds: 0), ended: Instant(seconds: 1), parent: nil, fingerprintKey: "k", tool: "1",
      observations: [SnapshotSamples.observation(chunks: chunks.map(\.reference))]))

  static func snapshot(_ first: [ChunkReference], and second: [ChunkReference] = []) -> SnapshotRecord {
    let snapshot = SnapshotSamples.snapshot()
    let observations = [SnapshotSamples.observation(kind: "a", chunks: first), SnapshotSamples.observation(kind: "b", chunks: second)]
    return SnapshotRecord(
      Snapshot(
        name: "n", began: snapshot.began, ended: snapshot.ended, parent: snapshot.parent, fingerprintKey: "k", tool: "1",
        observations: observations + snapshot.observations))
  }

  static func file(_ record: SnapshotRecord = record) async throws -> [UInt8] {
    let lines = Dictionary((chunks + forged).map { ($0.reference.digest, $0.lines) }, uniquingKeysWith: { first, _ in first })
    var file: [UInt8] = []
    try await SnapshotFile.write(
      record,
      fetch: { digest throws(Failure) in
        guard let lines = lines[digest] else { throw Failure("missing-chunk", "none") }
        return lines
      },
      to: { file += $0 })
    return file
  }

  static func read(_ file: [UInt8], piece: Int = 1000) async throws(Failure) -> (record: SnapshotRecord, chunks: [Chunk]) {
    var rest = file[...]
    var chunks: [Chunk] = []
    let record = try await SnapshotFile.read(
      from: {
        defer { rest = rest.dropFirst(piece) }
        return Array(rest.prefix(piece))
      },
      put: { chunks.append($0) })
    return (record, chunks)
  }

  @Test("brings back the snapshot and its chunks, in whatever pieces it arrives", arguments: [1, 7, 1000, 1 << 20])
  func roundTrip(piece: Int) async throws {
    let file = try await Self.file()
    let read = try await Self.read(file, piece: piece)
    #expect(read.record == Self.record)
    #expect(read.chunks == Self.chunks)
  }

  @Test("begins and ends as other programs can read it")
  func layout() async throws {
    let lines = String(decoding: try await Self.file(), as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == 8)
    #expect(lines[0] == "audit-residue snapshot 1")
    #expect(lines[1].hasPrefix("{\"began\":"))
    #expect(lines[2].hasPrefix("id-0\t{"))
    let before = lines.dropLast(2).map { $0 + "\n" }.joined()
    #expect(lines[6] == "sha256 \(Digest(of: before.utf8))")
    #expect(lines[7].isEmpty)
  }

  @Test("is refused when it is cut, at whichever byte")
  func cut() async throws {
    let file = try await Self.file(Self.small)
    for length in file.indices {
      await #expect(throws: Failure.self) { try await Self.read(Array(file.prefix(length))) }
    }
  }

  @Test("is refused when one byte is another one, whichever")
  func altered() async throws {
    let file = try await Self.file(Self.small)
    for index in file.indices {
      var altered = file
      altered[index] ^= 1 << (index % 8)
      await #expect(throws: Failure.self) { try await Self.read(altered) }
    }
  }

  @Test("is refused when something follows it")
  func appended() async throws {
    let file = try await Self.file()
    let failure = await #expect(throws: Failure.self) { try await Self.read(file + [0x0A]) }
    #expect(failure?.diagnostics.first.rule == "file-damaged")
    await #expect(throws: Failure.self) { try await Self.read(file + [0x0A], piece: file.count) }
  }

  @Test("of a newer format, or with members that this version would lose, says that an update is needed")
  func newer() async throws {
    let text = String(decoding: try await Self.file(), as: UTF8.self)
    for (old, new) in [("snapshot 1\n", "snapshot 2\n"), ("\"tool\":", "\"novelty\":1,\"tool\":")] {
      let failure = await #expect(throws: Failure.self) { try await Self.read(Array(text.replacing(old, with: new).utf8)) }
      #expect(failure?.diagnostics.first.rule == "newer-version")
    }
  }

  /// Chunks whose digests are right and which no store would write.
  static let forged = [
    "a\tno JSON\n", "b\t{\"name\":\"n\"}\na\t{\"name\":\"n\"}\n", "a\t{\"name\":\"n\"}\na\t{\"name\":\"n\"}\n", "%zz\t{\"name\":\"n\"}\n",
    "a\t{}\n",
  ].map {
    Chunk(first: Text(String($0.prefix { $0 != "\t" })), count: $0.filter { $0 == "\n" }.count, lines: Array($0.utf8))
  }

  @Test("is refused where its digests are right and a chunk is none that a store writes", arguments: forged)
  func forgedChunk(chunk: Chunk) async throws {
    let file = try await Self.file(Self.snapshot([chunk.reference]))
    let failure = await #expect(throws: Failure.self) { try await Self.read(file) }
    #expect(failure?.diagnostics.first.rule == "file-damaged")
  }

  @Test("is refused where the chunks of an observation are out of order, or one of them is described in two ways")
  func forgedOrder() async throws {
    let references = Self.chunks.map(\.reference)
    let file = try await Self.file(Self.snapshot(references.reversed()))
    let failure = await #expect(throws: Failure.self) { try await Self.read(file) }
    #expect(failure?.diagnostics.first.rule == "file-damaged")
    let many = ChunkReference(first: references[0].first, count: .max, digest: references[0].digest)
    let other = ChunkReference(first: "other", count: references[0].count, digest: references[0].digest)
    let text = String(decoding: try await Self.file(), as: UTF8.self)
    for lie in [many, other] {
      let record = String(decoding: Self.snapshot(references, and: [lie]).json, as: UTF8.self)
      let forged = text.replacing(String(decoding: Self.record.json, as: UTF8.self), with: record)
      let failure = await #expect(throws: Failure.self) { try await Self.read(Array(forged.utf8)) }
      #expect(failure?.diagnostics.first.sentence.string.contains("in two ways") == true)
    }
  }

  @Test("is refused where it observes a watch and kind twice")
  func observedTwice() async throws {
    let json = String(decoding: Self.snapshot([]).json, as: UTF8.self).replacing("\"kind\":\"b\"", with: "\"kind\":\"a\"")
    let failure = #expect(throws: Failure.self) { try SnapshotRecord(json: Array(json.utf8)) }
    #expect(failure?.diagnostics.first.rule == "store-damaged")
  }

  @Test("is refused at its first bytes where it is none of ours, however long its lines are")
  func noLines() async throws {
    var pieces = 0
    let failure = await #expect(throws: Failure.self) {
      _ = try await SnapshotFile.read(
        from: {
          pieces += 1
          return [UInt8](repeating: 0, count: 1_000)
        }, put: { _ in })
    }
    #expect(failure?.diagnostics.first.rule == "file-damaged")
    #expect(pieces == 1)
  }

  @Test("passes on why a chunk can't be read or a piece can't be written")
  func failures() async throws {
    let missing = SnapshotRecord(SnapshotSamples.snapshot(chunks: [RecordTests.reference]))
    let failure = await #expect(throws: Failure.self) { try await Self.file(missing) }
    #expect(failure?.diagnostics.first.rule == "missing-chunk")
  }
}
