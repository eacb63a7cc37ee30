import Foundation
import LoopbackServers
import ProviderEngines
import SideEffects
import Testing

@Suite("The git engine writes commits on a branch of their own")
struct GitBranchTests {
  private static let flags = "x: true\ny: true\nz: true\n"

  @Test("one for each step, one after the other, each with the step in its trailer")
  func onePerStep() async throws {
    let repository = try GitRepository(files: ["a.yaml": Self.flags, "b.yaml": "w: 1\n"])
    let head = try repository.git(["rev-parse", "HEAD"])
    var commits: [BranchCommit] = []
    for (number, name) in ["x", "y", "z"].enumerated() {
      let others = ["x", "y", "z"].filter { $0 != name }.map { "\($0): true" }
      let patch = try FlagPatch.planned(
        "a.yaml", of: Self.flags, "\(name): true", "\(name): false", in: repository.path, at: head, besides: others)
      commits.append(try await FlagPatch.write(patch, Text("s-\(number)")))
    }
    #expect(
      try repository.git(["log", "--format=%H", "--reverse", "main..audit-residue/u"]).split(separator: "\n").map(String.init)
        == commits.map(\.id.string))
    for (number, commit) in commits.enumerated() {
      #expect(commit.branch == FlagPatch.branch && commit.repository.string == repository.path)
      #expect(
        try repository.git(["log", "-1", "--format=%(trailers:key=Audit-Residue-Step,valueonly)%s", commit.id.string])
          == "s-\(number)\nSet a flag back")
      #expect(try repository.git(["diff", "--numstat", "\(commit.id)~", commit.id.string]) == "1\t1\ta.yaml")
      #expect(try await FlagPatch.engine.commit(marked: Text("s-\(number)"), on: FlagPatch.branch, in: Text(repository.path)) == commit)
    }
    #expect(try repository.git(["show", "audit-residue/u:a.yaml"]) == "x: false\ny: false\nz: false")
    #expect(try repository.git(["rev-parse", "audit-residue/u~3"]) == head)
    #expect(try await FlagPatch.engine.commit(marked: "s-3", on: FlagPatch.branch, in: Text(repository.path)) == nil)
    #expect(try await FlagPatch.engine.commit(marked: "s-0", on: "audit-residue/none", in: Text(repository.path)) == nil)
    #expect(try repository.git(["fsck", "--full", "--strict", "--no-dangling"]).isEmpty)
  }

  @Test("and a step that is written again is the commit that is there already, also below others")
  func again() async throws {
    let repository = try GitRepository(files: ["a.yaml": Self.flags])
    let head = try repository.git(["rev-parse", "HEAD"])
    let one = try FlagPatch.planned("a.yaml", of: Self.flags, "x: true", "x: false", in: repository.path, at: head, besides: ["z: true"])
    let two = try FlagPatch.planned("a.yaml", of: Self.flags, "z: true", "z: false", in: repository.path, at: head, besides: ["x: true"])
    let first = try await FlagPatch.write(one, "s-1")
    let second = try await FlagPatch.write(two, "s-2")
    #expect(try await FlagPatch.write(one, "s-1") == first)
    #expect(try await FlagPatch.write(two, "s-2") == second)
    #expect(try repository.git(["rev-list", "--count", "main..audit-residue/u"]) == "2")
  }

  @Test(
    "that keep every other byte: line ends, a last line without one, names, modes",
    arguments: [
      ("a.yaml", "x: true\r\ny: true\r\n"), ("a.yaml", "w: 1\r\nx: true"), ("a.yaml", "x: true"), ("a.yaml", "w: é😀\n\n\nx: true\n\t \n"),
      ("with space/a b.yaml", "x: true\n"), ("fläg.yaml", "x: true\n"), ("quo\"te.yaml", "x: true\n"), ("tab\there.yaml", "x: true\n"),
      ("a/b/c/d.yaml", "x: true\nx: true\n"), (" leading.yaml", "x: true\n"),
    ])
  func bytesAreKept(name: String, content: String) async throws {
    let repository = try GitRepository(files: [
      name: content, "other.txt": "1\r\n2", "run.sh": "#!/bin/sh\n", ".gitattributes": "* text=auto eol=lf ident filter=evil\n",
    ])
    try repository.git(["update-index", "--chmod=+x", "run.sh", name])
    try repository.link("link", to: "run.sh")
    // Put in by its bytes, as by whoever has no conversion of line ends.
    let blob = try repository.git(["hash-object", "-w", "--no-filters", "--stdin"], input: Array(content.utf8))
    try repository.git(["add", "link"])
    try repository.git(["update-index", "--cacheinfo", "100755,\(blob),\(name)"])
    try repository.git(["commit", "--quiet", "-m", "modes"])
    let head = try repository.git(["rev-parse", "HEAD"])
    let patch = try FlagPatch.planned(Text(name), of: content, "x: true", "x: false", in: repository.path, at: head)
    _ = try await FlagPatch.write(patch, "s-1")
    let expected = try repository.git(
      ["hash-object", "--no-filters", "--stdin"], input: Array(content.replacingFirst("x: true", "x: false").utf8))
    func tree(_ revision: String) throws -> [String] {
      try repository.git(["ls-tree", "-r", "-z", revision]).split(separator: "\0").map(String.init)
    }
    #expect(try tree("audit-residue/u") == tree("HEAD").map { $0.replacing(blob, with: expected) })
    #expect(try tree("HEAD").contains { $0.contains(blob) && $0.hasPrefix("100755") })
  }

  @Test("and leave the work tree, the index, HEAD and other branches as they are, and run nothing")
  func untouched() async throws {
    let repository = try GitRepository(files: ["a.yaml": Self.flags, ".gitattributes": "*.yaml filter=evil\n"])
    try repository.git(["branch", "other"])
    let head = try repository.git(["rev-parse", "HEAD"])
    let ran = repository.folder.file("ran")
    try repository.git(["config", "filter.evil.clean", "touch \(ran)"])
    try repository.git(["config", "commit.gpgSign", "true"])
    for hook in ["pre-commit", "commit-msg", "post-commit", "reference-transaction", "post-index-change"] {
      try repository.write(".git/hooks/\(hook)", "#!/bin/sh\ntouch \(ran)\n")
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: repository.path + "/.git/hooks/\(hook)")
    }
    // Somebody is in the middle of something.
    try repository.write("a.yaml", "x: maybe\n")
    try repository.write("new.txt", "not added")
    try repository.write(".git/MERGE_MSG", "in the middle")
    func state() throws -> [String: Data] {
      var found: [String: Data] = [:]
      for name in try FileManager.default.subpathsOfDirectory(atPath: repository.path)
      where !name.hasPrefix(".git/objects/") && !name.contains("audit-residue") {
        found[name] = FileManager.default.contents(atPath: repository.path + "/" + name) ?? Data()
      }
      return found
    }
    let before = try state()
    let patch = try FlagPatch.planned("a.yaml", of: Self.flags, "y: true", "y: false", in: repository.path, at: head)
    _ = try await FlagPatch.write(patch, "s-1")
    #expect(try state() == before)
    #expect(!FileManager.default.fileExists(atPath: ran))
    #expect(try repository.git(["show", "audit-residue/u:a.yaml"]) == "x: true\ny: false\nz: true")
    for hook in ["reference-transaction", "post-index-change"] { try repository.remove(".git/hooks/\(hook)") }
    #expect(try repository.git(["fsck", "--full", "--strict", "--no-dangling"]).isEmpty)
  }

  @Test("with the name that the repository's or the user's git configuration gives, else the program's own")
  func identity() async throws {
    let repository = try GitRepository(files: ["a.yaml": Self.flags])
    let head = try repository.git(["rev-parse", "HEAD"])
    let patch = try FlagPatch.planned("a.yaml", of: Self.flags, "y: true", "y: false", in: repository.path, at: head)
    func author(_ engine: GitEngine, _ branch: Text) async throws -> String {
      let commit = try await engine.write(patch, title: "t", mark: "s", on: branch)
      return try repository.git(["log", "-1", "--format=%an <%ae> %cn <%ce>", commit.id.string])
    }
    #expect(try await author(GitEngine(), "b1") == "audit-residue <audit-residue@localhost> audit-residue <audit-residue@localhost>")
    try repository.folder.write("[user]\n\tname = U. User\n\temail = u@example.com\n", to: "user")
    let engine = GitEngine(configurationFiles: [repository.folder.file("none"), repository.folder.file("user")])
    #expect(try await author(engine, "b2") == "U. User <u@example.com> U. User <u@example.com>")
    try repository.git(["config", "user.name", "R. Repository"])
    #expect(try await author(engine, "b3") == "R. Repository <u@example.com> R. Repository <u@example.com>")
  }

  @Test("also in a bare repository")
  func bare() async throws {
    let repository = try GitRepository(files: ["a.yaml": Self.flags])
    try repository.git(["clone", "--quiet", "--bare", "r", "bare"], in: "")
    let head = try repository.git(["rev-parse", "HEAD"])
    let patch = try FlagPatch.planned("a.yaml", of: Self.flags, "y: true", "y: false", in: repository.folder.file("bare"), at: head)
    let commit = try await FlagPatch.write(patch, "s-1")
    #expect(try repository.git(["rev-parse", "audit-residue/u"], in: "bare") == commit.id.string)
    #expect(try repository.git(["show", "audit-residue/u:a.yaml"], in: "bare") == "x: true\ny: false\nz: true")
  }
}

extension String {
  fileprivate func replacingFirst(_ old: String, _ new: String) -> String { replacing(old, with: new, maxReplacements: 1) }
}
