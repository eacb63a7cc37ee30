import Foundation
import Glibc
import SideEffects
import Testing

@Suite("A device without room", .serialized, .timeLimit(.minutes(10)))
struct FullDeviceTests {
  private static func expectUnharmed(_ store: any SnapshotStore) async throws {
    let answers = try await StoreAnswers(store)
    #expect(answers.snapshots.map(\.name) == ["before"])
    #expect(answers.resources.map(\.count) == [500])
    try await store.commit(StoreSamples.snapshot("next", [try await StoreSamples.generated(20, in: store)], began: 1_900_000_000))
  }

  private static func expectFull(_ outcome: ChildProcess.Outcome, _ rules: [String]) {
    #expect(outcome.status == 1)
    let message = outcome.lines.first { line in rules.contains { line.hasPrefix("\($0): ") } }
    #expect(message != nil, "\(outcome.lines)")
    #expect(!outcome.lines.contains { $0.hasPrefix("done ") })
  }

  @Test("is told, and what was stored before stays and can be added to", .enabled(if: geteuid() == 0, "only root can mount a small device"))
  func device() async throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(atPath: folder.store, withIntermediateDirectories: false)
    guard try ChildProcess(["/bin/mount", "-t", "tmpfs", "-o", "size=300k,mode=700", "tmpfs", folder.store]).end().status == 0 else {
      return
    }
    defer { _ = try? ChildProcess(["/bin/umount", "-l", folder.store]).end() }
    do {
      let store = try await StoreBackend.all[0].open(folder)
      try await store.commit(StoreSamples.snapshot("before", [try await StoreSamples.generated(500, in: store)]))
    }
    Self.expectFull(try ChildProcess(writer: ["write", folder.store, "large", "40000"]).end(), ["store-full"])
    try await Self.expectUnharmed(try await StoreBackend.all[0].open(folder))
  }

  @Test("for a larger file (ulimit -f) is told, and what was stored before stays and can be added to", arguments: [160, 200, 240])
  func fileSize(blocks: Int) async throws {
    let folder = try TemporaryFolder()
    do {
      let store = try await StoreBackend.all[0].open(folder)
      try await store.commit(StoreSamples.snapshot("before", [try await StoreSamples.generated(500, in: store)]))
    }
    let child = try ChildProcess(after: "trap '' XFSZ; ulimit -f \(blocks)", writer: ["write", folder.store, "large", "20000"])
    Self.expectFull(child.end(), ["store-full", "store-failed"])
    try await Self.expectUnharmed(try await StoreBackend.all[0].open(folder))
  }

  @Test("may kill a writer with SIGXFSZ, where that is not ignored, and what was stored before stays")
  func killed() async throws {
    let folder = try TemporaryFolder()
    do {
      let store = try await StoreBackend.all[0].open(folder)
      try await store.commit(StoreSamples.snapshot("before", [try await StoreSamples.generated(500, in: store)]))
    }
    let outcome = try ChildProcess(after: "ulimit -c 0; ulimit -f 200", writer: ["write", folder.store, "large", "20000"]).end()
    // Whoever started the tests may have chosen to ignore it, which children inherit.
    #expect([1, 128 + SIGXFSZ].contains(outcome.status))
    try await Self.expectUnharmed(try await StoreBackend.all[0].open(folder))
  }
}
