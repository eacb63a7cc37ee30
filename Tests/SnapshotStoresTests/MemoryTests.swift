import SideEffects
import Testing

@Suite("The memory of a store", .serialized, .timeLimit(.minutes(10)))
struct MemoryTests {
  /// In KiB: what a process needs that opens the store and does nothing.
  private static func base(_ folder: TemporaryFolder) throws -> Int {
    try #require(ChildProcess(writer: ["open", folder.store]).end().peak)
  }

  @Test("is bounded: 100,000 resources are sorted and stored in 64 MiB, and compared in less")
  func many() throws {
    let folder = try TemporaryFolder()
    let base = try Self.base(folder)
    for seed in 0..<2 {
      let outcome = try ChildProcess(writer: ["write", folder.store, "n\(seed)", "100000", "\(seed)"]).end()
      #expect(outcome.status == 0)
      #expect(try #require(outcome.peak) - base < 64 << 10)
    }
    let diff = try ChildProcess(writer: ["diff", folder.store, "n0", "n1"]).end()
    #expect(diff.lines.contains { $0.hasSuffix(" ms") && !$0.hasPrefix("0 changes") }, "\(diff.lines)")
    #expect(try #require(diff.peak) - base < 64 << 10)
  }
}
