import LibGit2
import Testing

@Suite("A commit")
struct CommitTests {
  @Test("tells who wrote it, who committed it, when and why")
  func information() throws {
    let folder = try TemporaryFolder(repository: "r")
    let first = try folder.commit(in: "r", "one")
    let second = try folder.commit(in: "r", "two lines\nof summary\n\nand a body")
    let repository = try Repository(at: folder["r"])
    let commit = try repository.commit(try #require(ObjectID(second)))
    #expect(commit.parents.map(\.description) == [first])
    #expect(commit.author.name == "A. Author")
    #expect(commit.author.email == "author@example.com")
    #expect(commit.author.time == 1_700_000_000)
    #expect(commit.author.offset == 330)
    #expect(commit.committer.name == "C. Committer")
    #expect(commit.committer.offset == -90)
    #expect(commit.summary == "two lines of summary")
    #expect(commit.tree == (try repository.revision("HEAD").tree))
  }

  @Test("that is none is damaged, and one that isn't there is missing")
  func errors() throws {
    let folder = try TemporaryFolder(repository: "r")
    try folder.commit(in: "r")
    let repository = try Repository(at: folder["r"])
    let tree = try repository.revision("HEAD").tree
    #expect(try codeOfFailure { _ = try repository.commit(tree) } == .corruptObject(tree))
    let missing = try #require(ObjectID(String(repeating: "1", count: 40)))
    #expect(try codeOfFailure { _ = try repository.commit(missing) } == .missingObject(missing))
  }

  @Test("is walked from with its ancestors, the latest first and each once")
  func walk() throws {
    let folder = try TemporaryFolder(repository: "r")
    var names = [try folder.commit(in: "r", "root", at: 100)]
    try folder.git(in: "r", ["checkout", "--quiet", "-b", "side"])
    names.append(try folder.commit(in: "r", "side", at: 300))
    try folder.git(in: "r", ["checkout", "--quiet", "main"])
    names.append(try folder.commit(in: "r", "main", at: 200))
    try folder.git(in: "r", ["merge", "--quiet", "--no-ff", "-m", "merge", "side"], environment: ["GIT_COMMITTER_DATE": "@400 +0000"])
    let repository = try Repository(at: folder["r"])
    var walk = try CommitWalk(from: try #require(repository.revision("HEAD").commit), in: repository)
    var summaries: [String] = []
    while case .commit(let commit)? = walk.next(in: repository) { summaries.append(commit.summary) }
    #expect(summaries == ["merge", "side", "main", "root"])
    #expect(!walk.hasReachedShallowEnd)
  }

  @Test("is walked from up to where a shallow clone ends")
  func shallow() throws {
    let folder = try TemporaryFolder(repository: "r")
    for number in 1...4 { try folder.commit(in: "r", "\(number)", at: 100 * number) }
    try folder.git(in: "", ["clone", "--quiet", "--depth=2", "file://" + folder["r"], "shallow"])
    let repository = try Repository(at: folder["shallow"])
    var walk = try CommitWalk(from: try #require(repository.revision("HEAD").commit), in: repository)
    var summaries: [String] = []
    while let step = walk.next(in: repository) {
      guard case .commit(let commit) = step else {
        Issue.record("a commit beyond the end was asked for")
        break
      }
      summaries.append(commit.summary)
    }
    #expect(summaries == ["4", "3"])
    #expect(walk.hasReachedShallowEnd)
  }

  @Test("whose parent is lost is walked from all the same, and the loss is said")
  func lost() throws {
    let folder = try TemporaryFolder(repository: "r")
    let first = try folder.commit(in: "r", "one")
    try folder.commit(in: "r", "two")
    try folder.remove("r/.git/objects/\(first.prefix(2))/\(first.dropFirst(2))")
    let repository = try Repository(at: folder["r"])
    var walk = try CommitWalk(from: try #require(repository.revision("HEAD").commit), in: repository)
    guard case .commit? = walk.next(in: repository), case .unreadable(let id, let error)? = walk.next(in: repository) else {
      Issue.record("the loss is not said")
      return
    }
    #expect(id.description == first)
    #expect(error.code == .missingObject(id))
    #expect(walk.next(in: repository) == nil)
  }
}
