import Foundation
import LibSQLite
import SideEffects
import Testing

/// A damaged store says that it is damaged: it never crashes, and never answers with less than it was given.
@Suite("A damaged store")
struct DamageTests {
  /// A store with something of everything, closed, as the bytes of its files; and what it answered.
  private struct Sample {
    let files: [String: [UInt8]]
    let answers: StoreAnswers

    init(_ backend: StoreBackend) async throws {
      let folder = try TemporaryFolder()
      do {
        let store = try await backend.open(folder)
        for seed in 0..<3 {
          let observation = try await StoreSamples.generated(150, seed: seed, in: store)
          try await store.commit(StoreSamples.snapshot(Text("snapshot-\(seed)"), [observation], began: Int64(seed)))
          try await store.record(StoreSamples.upgrade(Text("upgrade-\(seed)"), began: Int64(seed), after: "after"))
          try await store.keepPlan(Text("plan-\(seed)"), json: Array("{\"version\":1}".utf8), made: Instant(seconds: Int64(seed)))
        }
        answers = try await StoreAnswers(store)
      }
      var files: [String: [UInt8]] = [:]
      for name in try FileManager.default.contentsOfDirectory(atPath: folder.store) {
        files[name] = Array(try Data(contentsOf: URL(filePath: folder.store + "/" + name)))
      }
      self.files = files
    }

    /// Opens a copy of the store in which one file is another one; it must answer as before or fail as a damaged store does.
    func expectNoFalseAnswer(_ backend: StoreBackend, _ name: String, _ bytes: [UInt8], _ what: String) async throws {
      let folder = try TemporaryFolder()
      try FileManager.default.createDirectory(
        atPath: folder.store, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
      for (file, content) in files.merging([name: bytes], uniquingKeysWith: { $1 }) {
        try Data(content).write(to: URL(filePath: folder.store + "/" + file))
      }
      do {
        let given = try await StoreAnswers(try await backend.open(folder))
        #expect(given == answers, "\(what) went unnoticed")
      } catch {
        let first = error.diagnostics.first
        #expect(["store-damaged", "missing-chunk", "newer-version", "store-failed"].contains(first.rule), "\(what): \(first.rule)")
        #expect(!first.advice.isEmpty, "\(what): \(first.sentence)")
      }
    }
  }

  @Test("that was cut says so, wherever", arguments: StoreBackend.all)
  func cut(backend: StoreBackend) async throws {
    let sample = try await Sample(backend)
    for (name, bytes) in sample.files {
      let lengths = Set([0, 1, 15, 16, 99, 100, 101, 4_095, 4_096, bytes.count - 1] + stride(from: 0, to: bytes.count, by: 4_096 + 512))
      for length in lengths.sorted() where length < bytes.count && length >= 0 {
        try await sample.expectNoFalseAnswer(backend, name, Array(bytes.prefix(length)), "\(name) cut to \(length) of \(bytes.count) bytes")
      }
    }
  }

  @Test("of which a block was lost says so, or never needed it", arguments: StoreBackend.all)
  func blocks(backend: StoreBackend) async throws {
    let sample = try await Sample(backend)
    var random = SystemRandomNumberGenerator()
    for (name, bytes) in sample.files {
      for start in stride(from: 0, to: bytes.count, by: 4_096) {
        let range = start..<min(start + 4_096, bytes.count)
        for (what, block) in [("zeros", range.map { _ in 0 }), ("noise", range.map { _ in UInt8.random(in: 0...255, using: &random) })] {
          var damaged = bytes
          damaged.replaceSubrange(range, with: block)
          try await sample.expectNoFalseAnswer(backend, name, damaged, "\(what) at \(start) of \(name)")
        }
      }
    }
  }

  @Test("in which a bit is another one says so, or never needed it", arguments: StoreBackend.all)
  func bits(backend: StoreBackend) async throws {
    let sample = try await Sample(backend)
    for (name, bytes) in sample.files {
      // More at the beginnings of blocks, where the structure stands.
      let anywhere = (0..<150).map { ($0 &* 2_654_435_761) % bytes.count }
      let heads = stride(from: 0, to: bytes.count, by: 4_096).flatMap { start in [0, 1, 3, 4, 5, 7, 8, 9, 11].map { start + $0 } }
      for (index, position) in (anywhere + heads).enumerated() where position < bytes.count {
        var damaged = bytes
        damaged[position] ^= 1 << (index % 8)
        try await sample.expectNoFalseAnswer(backend, name, damaged, "bit \(index % 8) of byte \(position) of \(name)")
      }
    }
  }

  @Test("that is garbage, or another program's, says so", arguments: StoreBackend.all)
  func garbage(backend: StoreBackend) async throws {
    let sample = try await Sample(backend)
    let texts = ["x", "SQLite format 3\0", String(repeating: "garbage ", count: 4_000), "audit-residue snapshot 1\n"]
    for name in sample.files.keys {
      for text in texts { try await sample.expectNoFalseAnswer(backend, name, Array(text.utf8), "garbage in \(name)") }
    }
  }

  /// Changes the SQLite file by another program's hand, which keeps it well-formed.
  private static func altered(_ statement: String) async throws -> Failure? {
    let folder = try TemporaryFolder()
    do {
      let store = try await StoreBackend.all[0].open(folder)
      let chunks = try await StoreSamples.sorted([StoreSamples.resource("a"), StoreSamples.resource("b")], in: store)
      try await store.commit(StoreSamples.snapshot("n", [StoreSamples.observation(chunks)]))
      try await store.record(StoreSamples.upgrade("u"))
      try await store.keepPlan("p", json: [1], made: Instant(seconds: 1))
    }
    do {
      let database = try Database(path: folder.store + "/store.sqlite", access: .readWrite)
      try database.execute("PRAGMA ignore_check_constraints = ON; \(statement)")
    }
    do {
      _ = try await StoreAnswers(try await StoreBackend.all[0].open(folder))
      return nil
    } catch { return error }
  }

  @Test(
    "of which any column was altered says so",
    arguments: [
      "UPDATE chunk SET packed = x'00'", "UPDATE chunk SET packed = substr(packed, 1, 20)",
      "UPDATE chunk SET packed = CAST(packed || x'00' AS BLOB)",
      "UPDATE chunk SET size = size + 1", "UPDATE chunk SET size = 0", "UPDATE chunk SET size = -1",
      "UPDATE chunk SET size = 9223372036854775807",
      "UPDATE snapshot SET record = x'7b7d'", "UPDATE snapshot SET record = x''", "UPDATE snapshot SET name = 'm'",
      "UPDATE snapshot SET complete = 0",
      "UPDATE snapshot SET resources = 1000000", "UPDATE snapshot SET digest = x'00'", "UPDATE snapshot SET seal = x'00'",
      "UPDATE snapshot SET began = 0", "UPDATE upgrade SET record = x'7b7d'", "UPDATE plan SET record = x'02'",
      "UPDATE plan SET digest = x'02'",
      "DELETE FROM fingerprint_key", "UPDATE fingerprint_key SET bytes = x'00'", "PRAGMA application_id = 1", "PRAGMA user_version = 9",
      "DROP TABLE plan", "ALTER TABLE snapshot RENAME COLUMN record TO other", "PRAGMA foreign_keys = OFF; DELETE FROM chunk",
    ])
  func altered(statement: String) async throws {
    let failure = try #require(await Self.altered(statement))
    #expect(["store-damaged", "missing-chunk", "newer-version"].contains(failure.diagnostics.first.rule))
    #expect(!failure.diagnostics.first.advice.isEmpty)
  }

  @Test("would answer if it were not altered")
  func unaltered() async throws {
    #expect(try await Self.altered("") == nil)
  }

  @Test("whose chunk unpacks to far more than it says is refused before memory is taken")
  func bomb() async throws {
    // 100,000 zeros of Zstandard, which says so in its frame, as a chunk of 10 bytes.
    let hexadecimal = "28b52ffda0a086010055000010000001009b8639c002"
    let failure = try #require(await Self.altered("UPDATE chunk SET size = 10, packed = x'\(hexadecimal)'"))
    #expect(failure.diagnostics.first.rule == "store-damaged")
  }

  @Test("whose file is gone while its log is left says so, and begins no new store", arguments: StoreBackend.all)
  func logAlone(backend: StoreBackend) async throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      atPath: folder.store, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    try Data([1, 2, 3]).write(to: URL(filePath: folder.store + "/store.sqlite-wal"))
    let failure = await #expect(throws: Failure.self) { try await backend.open(folder) }
    #expect(failure?.diagnostics.first.rule == "store-damaged")
  }
}
