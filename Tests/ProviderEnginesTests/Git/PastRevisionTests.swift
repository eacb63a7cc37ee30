import LoopbackServers
import ProviderEngines
import SideEffects
import Testing

@Suite("What a repository was at a moment")
struct PastRevisionTests {
  private static let start = 1_700_000_000

  /// Commits some seconds after the start, by its committer's clock.
  private static func commit(_ repository: GitRepository, _ second: Int, _ text: String) throws -> Text {
    try repository.write("a.yaml", "x: \(text)\n")
    try repository.git(["add", "--all"])
    try at(repository, second, ["commit", "--quiet", "-m", text])
    return Text(try repository.git(["rev-parse", "HEAD"]))
  }

  private static func at(_ repository: GitRepository, _ second: Int, _ arguments: [String]) throws {
    try repository.git(arguments, environment: ["GIT_COMMITTER_DATE": "@\(start + second) +0200", "GIT_AUTHOR_DATE": "@1 +0000"])
  }

  /// `reflog …` or `dates …` with the commit, or the rule of the failure.
  private static func revision(_ path: String, _ second: Int, ref: String? = nil) async throws -> [Text] {
    let watch = try await FlagLook.files(path, ref: ref).watch
    do throws(Failure) {
      let past = try await FlagPatch.engine.revision(of: watch, at: Instant(seconds: Int64(start + second)))
      return [past.source == .reflog ? "reflog" : "dates", past.commit]
    } catch { return [error.diagnostics.first.rule] }
  }

  @Test("is told by its own log of the reference, whatever the commits' dates say")
  func reflog() async throws {
    let repository = try GitRepository()
    let one = try Self.commit(repository, 100, "one")
    let two = try Self.commit(repository, 200, "two")
    try Self.at(repository, 300, ["reset", "--quiet", "--hard", one.string])
    for ref in [nil, "HEAD", "worktree", "index", "main"] {
      for (second, commit) in [(100, one), (199, one), (200, two), (299, two), (300, one), (10_000, one)] {
        #expect(try await Self.revision(repository.path, second, ref: ref) == ["reflog", commit], "\(ref ?? "none") at \(second)")
      }
      #expect(try await Self.revision(repository.path, 99, ref: ref) == ["no-revision"])
    }
  }

  @Test("is that of the branch that was checked out, or of the branch that is named")
  func branches() async throws {
    let repository = try GitRepository()
    let main = try Self.commit(repository, 100, "main")
    try Self.at(repository, 200, ["checkout", "--quiet", "-b", "side"])
    let side = try Self.commit(repository, 300, "side")
    try Self.at(repository, 400, ["checkout", "--quiet", "main"])
    #expect(try await Self.revision(repository.path, 350) == ["reflog", side])
    #expect(try await Self.revision(repository.path, 450) == ["reflog", main])
    #expect(try await Self.revision(repository.path, 350, ref: "main") == ["reflog", main])
    #expect(try await Self.revision(repository.path, 450, ref: "side") == ["reflog", side])
  }

  @Test("is told by the commits' dates where there is no log, along first parents, and says so")
  func dates() async throws {
    let repository = try GitRepository()
    let one = try Self.commit(repository, 100, "one")
    try Self.at(repository, 100, ["checkout", "--quiet", "-b", "side"])
    _ = try Self.commit(repository, 150, "side")
    try Self.at(repository, 160, ["checkout", "--quiet", "main"])
    try Self.at(repository, 200, ["merge", "--quiet", "--no-ff", "-m", "merge", "side"])
    let merge = Text(try repository.git(["rev-parse", "HEAD"]))
    try repository.remove(".git/logs")
    #expect(try await Self.revision(repository.path, 199) == ["dates", one])
    #expect(try await Self.revision(repository.path, 200) == ["dates", merge])
    #expect(try await Self.revision(repository.path, 99) == ["no-revision"])
  }

  @Test("is unknown where a clone is too shallow to tell, or younger than that and without the commits")
  func shallow() async throws {
    let repository = try GitRepository()
    _ = try Self.commit(repository, 100, "one")
    let two = try Self.commit(repository, 200, "two")
    try repository.git(
      ["clone", "--quiet", "--depth", "1", "file://" + repository.path, "shallow"], in: "",
      environment: ["GIT_COMMITTER_DATE": "@\(Self.start + 500) +0000"])
    let path = repository.folder.file("shallow")
    #expect(try await Self.revision(path, 150) == ["no-revision"])
    #expect(try await Self.revision(path, 250) == ["dates", two])
    #expect(try await Self.revision(path, 600) == ["reflog", two])
    try repository.git(["clone", "--quiet", "file://" + repository.path, "whole"], in: "")
    #expect(try await Self.revision(repository.folder.file("whole"), -1_000) == ["no-revision"])
  }
}
