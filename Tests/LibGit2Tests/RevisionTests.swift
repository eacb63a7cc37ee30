import LibGit2
import Testing

@Suite("A revision")
struct RevisionTests {
  @Test("names a commit, its tree and the branch or tag")
  func named() throws {
    let folder = try TemporaryFolder(repository: "r")
    try folder.write("r/a", "1")
    let first = try folder.commit(in: "r", "one")
    try folder.git(in: "r", ["tag", "-a", "v1", "-m", "annotated"])
    let second = try folder.commit(in: "r", "two")
    let tree = try folder.text(in: "r", ["rev-parse", "HEAD^{tree}"])
    let repository = try Repository(at: folder["r"])
    let head = try repository.revision("HEAD")
    #expect(head.commit?.description == second)
    #expect(head.tree.description == tree)
    #expect(head.reference == "refs/heads/main")
    #expect(head.name == "main")
    #expect(try repository.revision("main").commit == head.commit)
    let tag = try repository.revision("v1")
    #expect(tag.commit?.description == first)
    #expect(tag.reference == "refs/tags/v1")
    for text in ["HEAD~1", "main^", first, String(first.prefix(10)), ":/one"] {
      #expect(try repository.revision(text).commit?.description == first, "\(text)")
    }
    #expect(try repository.revision(first).reference == nil)
    let bare = try repository.revision("HEAD^{tree}")
    #expect(bare.commit == nil)
    #expect(bare.tree.description == tree)
  }

  @Test("says so when nothing has its name", arguments: ["nope", "HEAD~5", "main^7", "refs/heads/x", String(repeating: "1", count: 40)])
  func missing(text: String) throws {
    let folder = try TemporaryFolder(repository: "r")
    try folder.commit(in: "r")
    let repository = try Repository(at: folder["r"])
    let error = #expect(throws: GitError.self) { try repository.revision(text) }
    #expect(error?.code == .missingRevision)
  }

  @Test("is missing where a shallow clone ends")
  func beyondShallowEnd() throws {
    let folder = try TemporaryFolder(repository: "r")
    try folder.commit(in: "r", "one")
    try folder.commit(in: "r", "two")
    try folder.git(in: "", ["clone", "--quiet", "--depth=1", "file://" + folder["r"], "shallow"])
    let repository = try Repository(at: folder["shallow"])
    #expect(try repository.revision("HEAD").name == "main")
    #expect(throws: GitError.self) { try repository.revision("HEAD~1") }
  }

  @Test("is invalid where it is no revision, or none of a tree", arguments: ["", "HEAD^{", "a b^{", "HEAD:a", "a\0b"])
  func invalid(text: String) throws {
    let folder = try TemporaryFolder(repository: "r")
    try folder.write("r/a", "1")
    try folder.commit(in: "r")
    let repository = try Repository(at: folder["r"])
    let error = #expect(throws: GitError.self) { try repository.revision(text) }
    #expect(error?.code == .invalidRevision)
  }

  @Test("is told apart where the branch has no commit yet")
  func unborn() throws {
    let folder = try TemporaryFolder(repository: "r")
    let repository = try Repository(at: folder["r"])
    #expect(throws: GitError(.unbornHead, message: "the current branch has no commit yet")) { try repository.revision("HEAD") }
    let other = #expect(throws: GitError.self) { try repository.revision("other") }
    #expect(other?.code == .missingRevision)
  }

  @Test("is ambiguous where several objects begin like it")
  func ambiguous() throws {
    let folder = try TemporaryFolder(repository: "r")
    var names = ""
    for number in 0..<1_000 {
      try folder.write("r/files/\(number)", "content \(number)")
    }
    try folder.git(in: "r", ["add", "."])
    names = try folder.text(in: "r", ["ls-files", "--stage"])
    let prefixes = names.split(separator: "\n").map { $0.split(separator: " ")[1].prefix(4) }
    let twice = try #require(Dictionary(grouping: prefixes) { $0 }.first { $0.value.count > 1 }?.key)
    let repository = try Repository(at: folder["r"])
    let error = #expect(throws: GitError.self) { try repository.revision(String(twice)) }
    #expect(error?.code == .ambiguousRevision)
  }
}
