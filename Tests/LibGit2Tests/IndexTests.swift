import LibGit2
import Testing

@Suite("An index")
struct IndexTests {
  @Test("holds what would be committed, conflicts by stage")
  func entries() throws {
    let folder = try TemporaryFolder(repository: "r")
    try folder.write("r/a", "base\n")
    try folder.commit(in: "r", "base")
    try folder.git(in: "r", ["checkout", "--quiet", "-b", "side"])
    try folder.write("r/a", "side\n")
    try folder.commit(in: "r", "side")
    try folder.git(in: "r", ["checkout", "--quiet", "main"])
    try folder.write("r/a", "main\n")
    try folder.commit(in: "r", "main")
    #expect(throws: TemporaryFolder.Failed.self) { try folder.git(in: "r", ["merge", "--quiet", "side"]) }
    try folder.write("r/staged", "staged")
    try folder.git(in: "r", ["add", "staged"])
    try folder.write("r/intent", "later")
    try folder.git(in: "r", ["add", "--intent-to-add", "intent"])
    let repository = try Repository(at: folder["r"])
    let entries = try repository.indexEntries()
    #expect(entries.map(\.path.description) == ["a", "a", "a", "intent", "staged"])
    #expect(entries.map(\.stage) == [1, 2, 3, 0, 0])
    #expect(entries.map(\.isIntentOnly) == [false, false, false, true, false])
    #expect(try repository.blob(entries[4].id, limit: 100) == Array("staged".utf8))
    try folder.git(in: "r", ["rm", "--quiet", "--cached", "staged"])
    #expect(try repository.indexEntries().count == 4)
  }

  @Test("is empty where there is none")
  func none() throws {
    let folder = try TemporaryFolder(repository: "r", bare: true)
    #expect(try Repository(at: folder["r"]).indexEntries() == [])
  }
}
