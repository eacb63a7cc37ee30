import LibGit2
import Testing

@Suite("Writing commits into a repository")
struct BranchTests {
  private struct Missing: Error {}

  private static func commit(_ folder: TemporaryFolder) throws -> ObjectID {
    guard let id = ObjectID(try folder.text(in: "r", ["rev-parse", "HEAD"])) else {
      throw Missing()
    }
    return id
  }

  private static func tip(_ branch: String, _ folder: TemporaryFolder) throws -> ObjectID? {
    try Repository(at: folder["r"]).branchTip(branch)
  }

  private static func checkedOut(_ folder: TemporaryFolder, in place: String = "r") throws -> [String] {
    let repository = try Repository(at: folder[place])
    return ["main", "linked", "free", "none"].filter { repository.isCheckedOut($0) }
  }

  private static let patch = "--- a/a\n+++ b/a\n@@ -1,2 +1,2 @@\n-1\n+one\n 2\n"

  @Test("a name is a branch's where git says so")
  func names() throws {
    let folder = try TemporaryFolder(repository: "r")
    for name in [
      "a", "a/b", "a-b", "é", "a.b", "@", "", "-a", "a..b", "a b", "a~", "a^", "a:", "a?", "a*",
      "a[", "a\\b", "a.lock", "a/", "/a", "a//b", ".a", "a/.b", "a.", "a@{b", "\u{7F}",
    ] {
      let isOne = (try? folder.git(in: "r", ["check-ref-format", "--branch", name])) != nil
      #expect(Repository.isBranchName(name) == isOne, "\(name)")
    }
  }

  @Test(
    "a patch makes a tree of another one, the rest of which stays, and one that doesn't fit makes none"
  )
  func tree() throws {
    let folder = try TemporaryFolder(repository: "r")
    try folder.write("r/a", "1\n2\n")
    try folder.write("r/b/c", "3")
    try folder.git(in: "r", ["add", "--all"])
    try folder.git(in: "r", ["config", "core.fileMode", "false"])
    try folder.git(in: "r", ["update-index", "--chmod=+x", "a"])
    let head = try folder.commit(in: "r")
    let id = try Self.commit(folder)
    let repository = try Repository(at: folder["r"])
    let tree = try repository.commit(id).tree
    let made = try repository.tree(tree, patchedBy: Array(Self.patch.utf8))
    #expect(
      try folder.text(in: "r", ["diff-tree", "-r", "--name-status", head, made.description])
        == "M\ta")
    #expect(try folder.text(in: "r", ["cat-file", "blob", "\(made):a"]) == "one\n2")
    #expect(try folder.text(in: "r", ["ls-tree", made.description, "a"]).hasPrefix("100755"))
    let again = try repository.tree(tree, patchedBy: Array(("diff --git a/a b/a\n" + Self.patch).utf8))
    #expect(again == made)
    for unfit in [
      Self.patch.replacing("-1", with: "-9"), Self.patch.replacing("/a\n", with: "/none\n"), "",
      "no patch", "--- a/a\n+++ b/a\n@@ -1",
    ] {
      #expect(
        try codeOfFailure {
          _ = try Repository(at: folder["r"]).tree(tree, patchedBy: Array(unfit.utf8))
        } == .unfitPatch, "\(unfit)")
    }
  }

  @Test("a commit is made without a reference, and a branch is set only from what it was")
  func setBranch() throws {
    let folder = try TemporaryFolder(repository: "r")
    try folder.write("r/a", "1\n2\n")
    try folder.commit(in: "r")
    let head = try Self.commit(folder)
    let repository = try Repository(at: folder["r"])
    #expect(try Self.tip("b", folder) == nil)
    let made = try repository.makeCommit(
      tree: try repository.commit(head).tree, parent: head, message: "é\n\nbody\n",
      author: (name: "N", email: "e@example.com"))
    #expect(
      try folder.text(in: "r", ["for-each-ref", "--format=%(objectname)"]) == head.description)
    #expect(
      try folder.text(in: "r", ["log", "-1", "--format=%P %an %ce", made.description])
        == "\(head) N e@example.com")
    let message = try repository.message(of: made)
    #expect(message == "é\n\nbody\n")
    try repository.setBranch("b", to: head, from: nil, reason: "made")
    #expect(try Self.tip("b", folder) == head)
    // Somebody else was faster: the branch is there already, or names something else by now.
    #expect(throws: GitError.self) {
      try Repository(at: folder["r"]).setBranch("b", to: made, from: nil, reason: "again")
    }
    #expect(throws: GitError.self) {
      try Repository(at: folder["r"]).setBranch("b", to: made, from: made, reason: "again")
    }
    #expect(try Self.tip("b", folder) == head)
    try repository.setBranch("b", to: made, from: head, reason: "moved")
    #expect(try folder.text(in: "r", ["rev-parse", "b"]) == made.description)
    #expect(try folder.text(in: "r", ["reflog", "--format=%gs", "b"]) == "moved\nmade")
    #expect(try folder.git(in: "r", ["fsck", "--full", "--strict"]).isEmpty)
  }

  @Test("a branch is checked out where HEAD of any work tree names it")
  func checkedOut() throws {
    let folder = try TemporaryFolder(repository: "r")
    #expect(try Self.checkedOut(folder) == ["main"])
    try folder.commit(in: "r")
    try folder.git(in: "r", ["branch", "free"])
    try folder.git(in: "r", ["worktree", "add", "--quiet", "-b", "linked", "../linked"])
    #expect(try Self.checkedOut(folder) == ["main", "linked"])
    #expect(try Self.checkedOut(folder, in: "linked") == ["main", "linked"])
  }
}
