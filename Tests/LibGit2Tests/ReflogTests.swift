import LibGit2
import Testing

@Suite("What a reference named at a moment")
struct ReflogTests {
  private static func commit(_ folder: TemporaryFolder, _ name: String, _ second: Int64) throws -> String? {
    try Repository(at: folder["r"]).commit(of: name, atSecond: second)?.description
  }

  @Test("is told by its log: from each line on, and not before the first one")
  func log() throws {
    let folder = try TemporaryFolder(repository: "r")
    let one = try folder.commit(in: "r", "one", at: 1_000_000_100)
    let two = try folder.commit(in: "r", "two", at: 1_000_000_200)
    for name in ["HEAD", "refs/heads/main"] {
      let found = try [99, 100, 199, 200, 999].map { try Self.commit(folder, name, 1_000_000_000 + $0) }
      #expect(found == [nil, one, one, two, two])
    }
    #expect(try Self.commit(folder, "refs/heads/none", 2_000_000_000) == nil)
    // Older lines are gone: what the oldest one left tells what was before it.
    try folder.git(in: "r", ["reflog", "delete", "main@{1}"])
    #expect(
      try Self.commit(folder, "refs/heads/main", 0) == one
    )
    try folder.git(in: "r", ["reflog", "expire", "--expire=all", "--all"])
    #expect(try Self.commit(folder, "HEAD", 2_000_000_000) == nil)
  }

  @Test("is guessed from dates as the newest commit that is not younger, as far as history goes")
  func dates() throws {
    let folder = try TemporaryFolder(repository: "r")
    let one = try folder.commit(in: "r", "one", at: 1_000_000_100)
    let two = try folder.commit(in: "r", "two", at: 1_000_000_200)
    let tip = try #require(ObjectID(two))
    let found = try [99, 100, 199, 200].map {
      try Repository(at: folder["r"]).commit(before: 1_000_000_000 + $0, from: tip)?.description
    }
    #expect(found == [nil, one, one, two])
    try folder.git(
      in: "", ["clone", "--quiet", "--depth", "1", "file://" + folder["r"], "shallow"])
    #expect(try Repository(at: folder["shallow"]).commit(before: 1_000_000_150, from: tip) == nil)
  }
}
