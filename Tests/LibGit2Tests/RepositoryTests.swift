import Foundation
import Glibc
import LibGit2
import Testing

@Suite("A repository")
struct RepositoryTests {
  @Test("opens with its work tree")
  func workTree() throws {
    let folder = try TemporaryFolder(repository: "r")
    try folder.write("r/a", "1")
    try folder.commit(in: "r")
    let repository = try RepositoryFacts(at: folder["r"])
    #expect(repository.workFolder == folder["r"])
    #expect(repository.gitFolder.hasSuffix("/r/.git/"))
    #expect(!repository.isBare)
    #expect(!repository.isShallow)
    #expect(!repository.isPartialClone)
    #expect(!repository.isHeadUnborn)
  }

  @Test("opens without a work tree where it is bare, and where its git folder itself is named", arguments: ["bare", "r/.git"])
  func bare(name: String) throws {
    let folder = try TemporaryFolder(repository: "r")
    try folder.commit(in: "r")
    try folder.git(in: "", ["clone", "--quiet", "--bare", "r", "bare"])
    let repository = try RepositoryFacts(at: folder[name])
    #expect(repository.isBare)
    #expect(repository.workFolder == nil)
    #expect(repository.head?.name == "main")
  }

  @Test("opens as a linked work tree, with the branch that is checked out there")
  func linked() throws {
    let folder = try TemporaryFolder(repository: "r")
    try folder.commit(in: "r")
    try folder.git(in: "r", ["worktree", "add", "--quiet", "-b", "other", "../linked"])
    let repository = try RepositoryFacts(at: folder["linked"])
    #expect(repository.workFolder == folder["linked"])
    #expect(repository.commonFolder.hasSuffix("/r/.git/"))
    #expect(repository.head?.reference == "refs/heads/other")
  }

  @Test("opens as a checked-out submodule")
  func submodule() throws {
    let folder = try TemporaryFolder(repository: "inner")
    try folder.commit(in: "inner")
    try folder.git(in: "", ["init", "--quiet", "outer"])
    try folder.git(in: "outer", ["submodule", "--quiet", "add", folder["inner"], "inner"])
    let repository = try RepositoryFacts(at: folder["outer/inner"])
    #expect(repository.workFolder == folder["outer/inner"])
    #expect(repository.gitFolder.hasSuffix("/outer/.git/modules/inner/"))
  }

  @Test("is none in an empty folder, in a folder inside one, and where there is nothing", arguments: ["", "r/inside", "nowhere", "a\0b"])
  func none(name: String) throws {
    let folder = try TemporaryFolder(repository: "r")
    try folder.write("r/inside/a", "1")
    try folder.commit(in: "r")
    #expect(try codeOfFailure { _ = try RepositoryFacts(at: folder[name]) } == .notARepository)
  }

  @Test("knows that its branch has no commit yet")
  func unborn() throws {
    let folder = try TemporaryFolder(repository: "r")
    let repository = try RepositoryFacts(at: folder["r"])
    #expect(repository.isHeadUnborn)
    #expect(repository.workFolder != nil)
  }

  @Test("knows that history was cut off, and where")
  func shallow() throws {
    let folder = try TemporaryFolder(repository: "r")
    try folder.commit(in: "r", "one")
    let last = try folder.commit(in: "r", "two")
    try folder.git(in: "", ["clone", "--quiet", "--depth=1", "file://" + folder["r"], "shallow"])
    let repository = try RepositoryFacts(at: folder["shallow"])
    #expect(repository.isShallow)
    #expect(repository.shallowEnds == [try #require(ObjectID(last))])
    #expect(try RepositoryFacts(at: folder["r"]).shallowEnds == [])
  }

  @Test("knows that objects may be missing, by the extension and by the remote")
  func partial() throws {
    let folder = try TemporaryFolder(repository: "r")
    try folder.commit(in: "r")
    try folder.git(in: "r", ["config", "uploadpack.allowFilter", "true"])
    try folder.git(in: "", ["clone", "--quiet", "--filter=blob:none", "file://" + folder["r"], "partial"])
    #expect(try RepositoryFacts(at: folder["partial"]).isPartialClone)
    try folder.git(in: "partial", ["config", "--unset", "remote.origin.promisor"])
    #expect(try !RepositoryFacts(at: folder["partial"]).isPartialClone)
    try folder.git(in: "partial", ["config", "extensions.partialClone", "origin"])
    #expect(try RepositoryFacts(at: folder["partial"]).isPartialClone)
  }

  @Test("opens though a sparse checkout gave it settings of its own work tree")
  func sparse() throws {
    let folder = try TemporaryFolder(repository: "r")
    try folder.write("r/a/b", "1")
    try folder.commit(in: "r")
    try folder.git(in: "r", ["sparse-checkout", "set", "a"])
    #expect(try folder.text(in: "r", ["config", "extensions.worktreeConfig"]) == "true")
    #expect(try RepositoryFacts(at: folder["r"]).head?.name == "main")
  }

  @Test("is refused with the reason where its format is not known")
  func unsupported() throws {
    let folder = try TemporaryFolder()
    try folder.git(in: "", ["init", "--quiet", "--object-format=sha256", "r"])
    let error = #expect(throws: GitError.self) { _ = try RepositoryFacts(at: folder["r"]) }
    #expect(error?.code == .unsupportedFormat)
    #expect(error?.message.contains("objectformat") == true)
  }

  @Test("does not let its own configuration move its work tree elsewhere")
  func movedWorkTree() throws {
    let folder = try TemporaryFolder(repository: "r")
    try folder.commit(in: "r")
    try folder.git(in: "r", ["config", "core.worktree", "/etc"])
    #expect(try RepositoryFacts(at: folder["r"]).workFolder == folder["r"])
  }

  @Test(
    "of another user is refused with what to do, until that folder is safe",
    .enabled(if: getuid() == 0, "only root can give a folder to another user"))
  func owner() throws {
    let folder = try TemporaryFolder(repository: "r")
    try folder.commit(in: "r")
    for name in ["r", "r/.git"] { try #require(chown(folder[name], 12_345, 12_345) == 0) }
    let error = #expect(throws: GitError.self) { _ = try RepositoryFacts(at: folder["r"]) }
    #expect(error?.code == .ownedByAnother)
    #expect(error?.message.contains("git config --global --add safe.directory '\(folder["r"])'") == true)

    try folder.write("safe", "[safe]\n\tdirectory = \(folder["other"])\n")
    let others = SafeFolders(configurationFiles: [folder["safe"], folder["nothing"]])
    #expect(try codeOfFailure { _ = try RepositoryFacts(at: folder["r"], safeFolders: others) } == .ownedByAnother)
    for trust in [folder["r"], folder["r"] + "/", folder.path + "/*", "*"] {
      try folder.write("safe", "[safe]\n\tdirectory = \(trust)\n")
      let safe = SafeFolders(configurationFiles: [folder["safe"]])
      #expect(try RepositoryFacts(at: folder["r"], safeFolders: safe).head?.name == "main")
    }
    try folder.write("safe", "[safe]\n\tdirectory = *\n\tdirectory =\n")
    let forgotten = SafeFolders(configurationFiles: [folder["safe"]])
    #expect(try codeOfFailure { _ = try RepositoryFacts(at: folder["r"], safeFolders: forgotten) } == .ownedByAnother)
  }

  @Test("names its remotes as they are configured")
  func remotes() throws {
    let folder = try TemporaryFolder(repository: "r")
    try folder.git(in: "r", ["remote", "add", "origin", "https://user:word@example.com/acme/api.git"])
    try folder.git(in: "r", ["remote", "add", "my.fork", "git@example.com:me/api.git"])
    let remotes = try RepositoryFacts(at: folder["r"]).remotes
    #expect(remotes.map(\.name) == ["my.fork", "origin"])
    #expect(remotes.map(\.url) == ["git@example.com:me/api.git", "https://user:word@example.com/acme/api.git"])
  }

  @Test("can be owned by an actor, and many can be open at once")
  func actors() async throws {
    let folder = try TemporaryFolder(repository: "r")
    for number in 0..<20 { try folder.write("r/\(number)", "\(number)") }
    try folder.commit(in: "r")
    let sum = try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<8 {
        group.addTask { try await Owner(folder["r"]).sumOfFiles() }
      }
      return try await group.reduce(0, +)
    }
    #expect(sum == 8 * 190)
  }
}

/// Stands for whoever reads a repository: an actor that keeps one.
private actor Owner {
  private let repository: Repository

  init(_ path: String) throws { repository = try Repository(at: path) }

  func sumOfFiles() throws -> Int {
    var walk = TreeWalk(try repository.revision("HEAD").tree)
    var sum = 0
    while case .entry(let entry)? = try walk.next(in: repository) {
      sum += Int(String(decoding: try repository.blob(entry.id, limit: 100), as: UTF8.self)) ?? 0
    }
    return sum
  }
}
