import Testing

@testable import SideEffects

@Suite("A snapshot's file")
struct SnapshotFileTests {
  static let chunks = ChunkTests.cut((0..<3).map { ChunkTests.line($0) }) + ChunkTests.cut([ChunkTests.line(9, name: "other")])
  /// The first chunk is named twice and stands in the file once.
  static let record = SnapshotRecord(SnapshotSamples.snapshot(chunks: (chunks + chunks.prefix(1)).map(\.reference)))

  /// Few bytes, so that each of them can be altered in turn.
  static let small = SnapshotRecord(
    Snapshot(
      name: "n", began: Instant(seconds: 0), ended: Instant(seconds: 1), parent: nil, fingerprintKey: "k", tool: "1",
      observations: [SnapshotSamples.observation(chunks: chunks.map(\.reference))]))

  static func file(_ record: SnapshotRecord = record) async throws -> [UInt8] {
    let lines = Dictionary(uniqueKeysWithValues: chunks.map { ($0.reference.digest, $0.lines) })
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

  @Test("passes on why a chunk can't be read or a piece can't be written")
  func failures() async throws {
    let missing = SnapshotRecord(SnapshotSamples.snapshot(chunks: [RecordTests.reference]))
    let failure = await #expect(throws: Failure.self) { try await Self.file(missing) }
    #expect(failure?.diagnostics.first.rule == "missing-chunk")
  }
}
