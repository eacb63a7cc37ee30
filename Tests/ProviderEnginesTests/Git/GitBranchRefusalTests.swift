import Foundation
import LoopbackServers
import ProviderEngines
import SideEffects
import Testing

@Suite("The git engine writes no commit")
struct GitBranchRefusalTests {
  private static let flags = "x: true\ny: true\n"

  private static func patch(_ repository: GitRepository, at revision: String? = nil) throws -> PlannedPatch {
    let revision = try revision ?? repository.git(["rev-parse", "HEAD"])
    return try FlagPatch.planned("a.yaml", of: flags, "y: true", "y: false", in: repository.path, at: revision)
  }

  @Test("on a branch that is checked out, here or in a linked work tree")
  func checkedOut() async throws {
    let repository = try GitRepository(files: ["a.yaml": Self.flags])
    let head = try repository.git(["rev-parse", "HEAD"])
    #expect(await FlagPatch.refusal(try Self.patch(repository), on: "main") == "branch-foreign")
    try repository.git(["worktree", "add", "--quiet", "-b", "audit-residue/u", "../linked"])
    #expect(await FlagPatch.refusal(try Self.patch(repository)) == "branch-foreign")
    // HEAD can name a branch that has no commit yet.
    try repository.git(["symbolic-ref", "HEAD", "refs/heads/unborn"])
    #expect(await FlagPatch.refusal(try Self.patch(repository, at: head), on: "unborn") == "branch-foreign")
    #expect(
      try repository.git(["for-each-ref", "--format=%(objectname) %(refname)"])
        == "\(head) refs/heads/audit-residue/u\n\(head) refs/heads/main")
  }

  @Test("on a branch that holds others' commits, also on top of its own")
  func foreign() async throws {
    let repository = try GitRepository(files: ["a.yaml": Self.flags])
    let head = try repository.git(["rev-parse", "HEAD"])
    let patch = try Self.patch(repository)
    let tree = try repository.git(["rev-parse", "HEAD^{tree}"])
    let others = try repository.git(["commit-tree", tree, "-p", head, "-m", "someone's work"])
    try repository.git(["branch", "audit-residue/u", others])
    #expect(await FlagPatch.refusal(patch) == "branch-foreign")
    #expect(try repository.git(["rev-parse", "audit-residue/u"]) == others)
    // Of a history that has nothing in common with ours.
    let orphan = try repository.git(["commit-tree", tree, "-m", "another beginning"])
    try repository.git(["branch", "--force", "audit-residue/u", orphan])
    #expect(await FlagPatch.refusal(patch) == "branch-foreign")
    try repository.git(["branch", "-D", "--quiet", "audit-residue/u"])
    let own = try await FlagPatch.write(patch, "s-1")
    let onTop = try repository.git(["commit-tree", "\(own.id)^{tree}", "-p", own.id.string, "-m", "more work"])
    try repository.git(["branch", "--force", "audit-residue/u", onTop])
    #expect(
      await FlagPatch.refusal(try FlagPatch.planned("a.yaml", of: Self.flags, "x: true", "x: false", in: repository.path, at: head))
        == "branch-foreign")
    #expect(try repository.git(["rev-parse", "audit-residue/u"]) == onTop)
  }

  @Test("on a branch of its own whose base the file has moved on from since")
  func behind() async throws {
    let repository = try GitRepository(files: ["a.yaml": Self.flags])
    let own = try await FlagPatch.write(try Self.patch(repository), "s-0")
    let moved = "# moved\n# on\n# by\n# lines\nx: true\ny: true\nz: true\n"
    try repository.write("a.yaml", moved)
    let head = try repository.commit()
    let patch = try FlagPatch.planned("a.yaml", of: moved, "z: true", "z: false", in: repository.path, at: head)
    #expect(await FlagPatch.refusal(patch) == "branch-behind")
    #expect(try repository.git(["rev-parse", "audit-residue/u"]) == own.id.string)
    try repository.git(["branch", "-D", "--quiet", "audit-residue/u"])
    #expect(await FlagPatch.refusal(patch) == nil)
  }

  @Test("of a change that was never committed, or that the branch has otherwise; the branch stays as it is")
  func unfit() async throws {
    let repository = try GitRepository(files: ["a.yaml": Self.flags])
    let head = try repository.git(["rev-parse", "HEAD"])
    // The work tree has false where the commit has true: the way back is no change of the commit.
    let uncommitted = try FlagPatch.planned(
      "a.yaml", of: "x: false\ny: true\n", "x: false", "x: true", in: repository.path, at: head + "+worktree")
    #expect(await FlagPatch.refusal(uncommitted) == "patch-unfit")
    let elsewhere = try FlagPatch.planned("none.yaml", of: Self.flags, "x: true", "x: false", in: repository.path, at: head)
    #expect(await FlagPatch.refusal(elsewhere) == "patch-unfit")
    #expect(try repository.git(["branch", "--list", "audit-residue/*"]).isEmpty)
    let fits = try FlagPatch.planned("a.yaml", of: Self.flags, "x: true", "x: false", in: repository.path, at: head + "+index")
    let commit = try await FlagPatch.write(fits, "s-0")
    let other = try FlagPatch.planned("a.yaml", of: Self.flags, "x: true", "x: off", in: repository.path, at: head)
    #expect(await FlagPatch.refusal(other) == "patch-unfit")
    #expect(try repository.git(["rev-parse", "audit-residue/u"]) == commit.id.string)
  }

  @Test("where there is no commit yet, no repository, or the branch can't have its name")
  func impossible() async throws {
    let repository = try GitRepository()
    try repository.write("a.yaml", Self.flags)
    #expect(await FlagPatch.refusal(try Self.patch(repository, at: "unborn+worktree")) == "patch-unfit")
    let zeros = String(repeating: "0", count: 39) + "1"
    #expect(await FlagPatch.refusal(try Self.patch(repository, at: zeros)) != nil)
    let nowhere = try FlagPatch.planned("a.yaml", of: Self.flags, "x: true", "x: false", in: repository.folder.file("none"), at: zeros)
    #expect(await FlagPatch.refusal(nowhere) == "not-a-repository")
    try repository.commit()
    for name: Text in ["", "a..b", "a b", "-d", "a.lock", "a~1", "/a", "a/", "a\nb", "@{u}"] {
      #expect(await FlagPatch.refusal(try Self.patch(repository), on: name) == "wrong-branch", "\(name)")
    }
    #expect(try repository.git(["for-each-ref", "--format=%(refname)"]) == "refs/heads/main")
  }
}
