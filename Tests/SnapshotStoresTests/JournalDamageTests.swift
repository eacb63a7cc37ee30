import Foundation
import LibSQLite
import SideEffects
import Testing

/// A line that is missed would be done twice: what was done is told whole or not at all.
@Suite("A damaged journal")
struct JournalDamageTests {
  private static func entry(_ part: Int, plan: Text = "u") -> JournalEntry {
    JournalEntry(plan: plan, step: "s", course: .remedy, event: .intended(part: part), at: Instant(seconds: 1))
  }

  /// A closed store with three lines of a plan and one of another, changed by another program's hand; what the journal says then.
  private static func journal(after statement: String) async throws -> Result<[JournalEntry], Failure> {
    let folder = try TemporaryFolder()
    do {
      let store = try await StoreBackend.all[0].open(folder)
      for part in 0..<3 { try await store.write(entry(part)) }
      try await store.write(entry(9, plan: "other"))
    }
    do {
      let database = try Database(path: folder.store + "/store.sqlite", access: .readWrite)
      try database.execute("PRAGMA ignore_check_constraints = ON; \(statement)")
    }
    do throws(Failure) {
      return .success(try await StoreBackend.all[0].open(folder).journal(of: "u"))
    } catch { return .failure(error) }
  }

  @Test(
    "is told, whatever of it was altered",
    arguments: [
      "UPDATE journal SET record = x'7b7d' WHERE number = 2", "UPDATE journal SET record = x''",
      "UPDATE journal SET digest = x'00' WHERE number = 3",
      "UPDATE journal SET record = CAST(replace(CAST(record AS TEXT), '\"part\":1', '\"part\":0') AS BLOB)",
      "ALTER TABLE journal RENAME COLUMN record TO other",
    ])
  func altered(statement: String) async throws {
    guard case .failure(let failure) = try await Self.journal(after: statement) else {
      Issue.record("the altered journal was read")
      return
    }
    #expect(failure.diagnostics.first.rule == "store-damaged")
    #expect(!failure.diagnostics.first.advice.isEmpty)
  }

  @Test("is told where a line of one plan stands under another's name")
  func moved() async throws {
    guard case .failure(let failure) = try await Self.journal(after: "UPDATE journal SET plan = 'u' WHERE plan = 'other'") else {
      Issue.record("another plan's line was read as one of this plan")
      return
    }
    #expect(failure.diagnostics.first.rule == "store-damaged")
  }

  @Test("is none where nothing was altered, or only another plan's lines")
  func unaltered() async throws {
    #expect(try await Self.journal(after: "").get() == (0..<3).map { Self.entry($0) })
    let other = try await Self.journal(after: "UPDATE journal SET record = x'00' WHERE plan = 'other'").get()
    #expect(other == (0..<3).map { Self.entry($0) })
  }

  @Test("is told where a block of the file was lost, or never needed that block", arguments: StoreBackend.all)
  func blocks(backend: StoreBackend) async throws {
    let folder = try TemporaryFolder()
    let written = (0..<200).map { Self.entry($0) }
    do {
      let store = try await backend.open(folder)
      for entry in written { try await store.write(entry) }
    }
    var files: [String: [UInt8]] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.store) {
      files[name] = Array(try Data(contentsOf: URL(filePath: folder.store + "/" + name)))
    }
    for (name, bytes) in files {
      for start in stride(from: 0, to: bytes.count, by: 4_096) {
        var damaged = bytes
        for index in start..<min(start + 4_096, bytes.count) { damaged[index] = 0 }
        let copy = try TemporaryFolder()
        try FileManager.default.createDirectory(
          atPath: copy.store, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        for (file, content) in files.merging([name: damaged], uniquingKeysWith: { $1 }) {
          try Data(content).write(to: URL(filePath: copy.store + "/" + file))
        }
        do throws(Failure) {
          let journal = try await backend.open(copy).journal(of: "u")
          #expect(journal == written, "zeros at \(start) of \(name) went unnoticed")
        } catch {
          #expect(["store-damaged", "newer-version", "store-failed"].contains(error.diagnostics.first.rule), "\(name) at \(start)")
        }
      }
    }
  }

  @Test("is no journal at all in a store that was made before there were any: it reads as empty, and gets one with the first line")
  func withoutTable() async throws {
    let folder = try TemporaryFolder()
    do {
      let store = try await StoreBackend.all[0].open(folder)
      try await store.commit(StoreSamples.snapshot("before"))
    }
    do {
      let database = try Database(path: folder.store + "/store.sqlite", access: .readWrite)
      try database.execute("DROP TABLE journal")
    }
    let (store, other) = (try await StoreBackend.all[0].open(folder), try await StoreBackend.all[0].open(folder))
    #expect(try await store.journal(of: "u").isEmpty)
    try await store.write(Self.entry(0))
    try await other.write(Self.entry(1))
    #expect(try await store.journal(of: "u") == [Self.entry(0), Self.entry(1)])
    #expect(try await other.snapshots().map(\.name) == ["before"])
  }
}
