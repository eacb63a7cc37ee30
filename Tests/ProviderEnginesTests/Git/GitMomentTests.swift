import LoopbackServers
import SideEffects
import Testing

@Suite("The git engine sees a repository")
struct GitMomentTests {
  /// One flag that is different in each of the states: v1, main, index, work tree.
  private func repository() throws -> (repository: GitRepository, first: String, second: String) {
    let repository = try GitRepository(files: ["a.yaml": "step: off\nfirst: true\n"])
    let first = try repository.git(["rev-parse", "HEAD"])
    try repository.git(["tag", "-a", "-m", "one", "v1"])
    try repository.write("a.yaml", "step: on\n")
    let second = try repository.commit()
    try repository.write("a.yaml", "step: yes\n")
    try repository.git(["add", "a.yaml"])
    try repository.write("a.yaml", "step: no\n")
    try repository.write("new.yaml", "untracked: true\n")
    try repository.write("ignored.yaml", "ignored: true\n")
    try repository.write(".gitignore", "ignored.yaml\n")
    return (repository, first, second)
  }

  @Test(
    "at a commit, a shortened name, an annotated tag, a branch and an ancestor",
    arguments: [
      ("v1", 1), ("refs/tags/v1", 1), ("HEAD~1", 1), ("main", 2), ("refs/heads/main", 2), ("HEAD", 2), ("@", 2), ("FIRST", 1), ("SHORT", 1),
    ])
  func revisions(ref: String, state: Int) async throws {
    let (repository, first, second) = try repository()
    let look = try await FlagLook.files(repository.path, ref: ref == "FIRST" ? first : ref == "SHORT" ? String(first.prefix(8)) : ref)
    #expect(look.values == (state == 1 ? ["a.yaml step": "off", "a.yaml first": "true"] : ["a.yaml step": "on"]))
    #expect(look.report.asked.revision?.string == (state == 1 ? first : second))
    #expect(look.completeness.isComplete)
  }

  @Test("in its index, without what is only in the work tree")
  func index() async throws {
    let (repository, _, second) = try repository()
    let look = try await FlagLook.files(repository.path, ref: "index")
    #expect(look.values == ["a.yaml step": "yes"])
    #expect(look.report.asked.revision?.string == "\(second)+index")
  }

  @Test("in its work tree with uncommitted and untracked files, without ignored ones; that is the default", arguments: ["worktree", nil])
  func workTree(ref: String?) async throws {
    let (repository, _, second) = try repository()
    let look = try await FlagLook.files(repository.path, ref: ref)
    #expect(look.values == ["a.yaml step": "no", "new.yaml untracked": "true"])
    #expect(look.report.asked.revision?.string == "\(second)+worktree")
    try repository.remove("a.yaml")
    #expect(try await FlagLook.files(repository.path, ref: ref).values == ["new.yaml untracked": "true"])
  }

  @Test("with an ignored file where the watch names it, but not where a wildcard would take it")
  func ignored() async throws {
    let repository = try GitRepository(files: ["a.yaml": "x: true\n", ".gitignore": ".env\nsecret/\n"])
    try repository.write(".env", "DARK=true\n")
    try repository.write("secret/b.env", "LIGHT=true\n")
    let named = try await FlagLook.files(repository.path, files: ["*.yaml", ".env", "secret/b.env", "gone.env"])
    #expect(named.values == ["a.yaml x": "true", ".env DARK": "true", "secret/b.env LIGHT": "true"] && named.gaps == [])
    #expect(try await FlagLook.files(repository.path, files: ["**"]).values == ["a.yaml x": "true"])
    try repository.remove(".env")
    try repository.link(".env", to: "a.yaml")
    #expect(try await FlagLook.files(repository.path, files: ["*.yaml", ".env"]).gaps == ["link-not-followed .env"])
  }

  @Test("without a work tree, at HEAD where nothing else is said")
  func bare() async throws {
    let (repository, _, _) = try repository()
    try repository.git(["clone", "--quiet", "--bare", "r", "bare"], in: "")
    let bare = repository.folder.file("bare")
    #expect(try await FlagLook.files(bare).values == ["a.yaml step": "on"])
    #expect(try await FlagLook.files(bare, ref: "v1").values == ["a.yaml step": "off", "a.yaml first": "true"])
    let look = try await FlagLook.files(bare, ref: "worktree")
    #expect(look.hasFailed)
    #expect(look.gaps == ["invalid-revision \(look.realPath(bare))"])
    #expect(look.diagnostics[0].sentence.string.contains("bare"))
  }

  @Test("as one and the same repository, whatever path leads to it")
  func identity() async throws {
    let repository = try GitRepository(files: ["a.yaml": "x: true\n"])
    try repository.git(["init", "--quiet", "other"], in: "")
    try repository.link("../linked", to: "r")
    let (direct, linked) = (try await FlagLook.files(repository.path), try await FlagLook.files(repository.folder.file("linked")))
    #expect(direct.report.asked == linked.report.asked)
  }

  @Test("before its first commit: the branch has none, and the work tree is read all the same")
  func unborn() async throws {
    let repository = try GitRepository()
    try repository.write("a.yaml", "x: true\n")
    #expect(try await FlagLook.files(repository.path).values == ["a.yaml x": "true"])
    let look = try await FlagLook.files(repository.path, ref: "HEAD")
    #expect(look.hasFailed && look.gaps == ["unborn-branch \(look.realPath(repository.path))"])
    #expect(look.diagnostics[0].advice == "Commit something, or set `ref` to `worktree`.")
  }

  @Test("without a file that the watch reads as a failure, not as no flags")
  func nothing() async throws {
    let repository = try GitRepository(files: ["a.txt": "x"])
    let look = try await FlagLook.files(repository.path)
    #expect(look.hasFailed && look.gaps == ["no-files \(look.realPath(repository.path))"])
    // A file that is read and holds no flag is something else.
    try repository.write("a.yaml", "# none yet\n")
    #expect(try await FlagLook.files(repository.path).completeness == .complete(Evidence(reads: 1, items: 0, ends: [.treeWalked])))
  }

  @Test("in a linked work tree at that one's own branch")
  func linked() async throws {
    let repository = try GitRepository(files: ["a.yaml": "x: true\n"])
    try repository.git(["worktree", "add", "--quiet", "-b", "other", "../side"])
    try repository.git(["rm", "--quiet", "a.yaml"], in: "side")
    #expect(try await FlagLook.files(repository.folder.file("side"), ref: "HEAD").values == ["a.yaml x": "true"])
    #expect(try await FlagLook.files(repository.folder.file("side")).gaps.first?.hasPrefix("no-files") == true)
  }
}
