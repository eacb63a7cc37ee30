import FoundationEssentials
import Glibc
import LoopbackServers
import SideEffects
import Testing

@Suite("The git engine obeys no repository")
struct GitTrustTests {
  @Test("and runs neither its hooks nor its filters, its monitors or its credential helpers")
  func nothingRuns() async throws {
    let repository = try GitRepository(files: ["a.yaml": "x: true\n", ".gitattributes": "*.yaml filter=evil diff=evil\n"])
    let ran = repository.folder.file("ran")
    for (name, value) in [
      ("filter.evil.smudge", "touch \(ran)"), ("filter.evil.clean", "touch \(ran)"), ("filter.evil.process", "touch \(ran)"),
      ("core.fsmonitor", "touch \(ran)"),
      ("core.sshCommand", "touch \(ran)"), ("diff.evil.textconv", "touch \(ran)"), ("core.pager", "touch \(ran)"),
      ("credential.helper", "!touch \(ran)"),
    ] {
      try repository.git(["config", name, value])
    }
    for hook in ["post-checkout", "pre-commit", "reference-transaction", "post-index-change", "fsmonitor-watchman"] {
      let file = repository.path + "/.git/hooks/" + hook
      try Data("#!/bin/sh\ntouch \(ran)\n".utf8).write(to: URL(filePath: file))
      try #require(chmod(file, 0o755) == 0)
    }
    for ref in ["HEAD", "index", "worktree"] { #expect(try await FlagLook.files(repository.path, ref: ref).values == ["a.yaml x": "true"]) }
    #expect(!FileManager.default.fileExists(atPath: ran))
  }

  @Test("that points its work tree, its ignored files or its objects elsewhere by its configuration")
  func configuration() async throws {
    let repository = try GitRepository(files: ["a.yaml": "x: true\n"])
    try repository.folder.write("b.yaml\n", to: "ignores")
    try repository.write("b.yaml", "y: true\n")
    try repository.folder.write("[core]\n\texcludesFile = \(repository.folder.file("ignores"))\n", to: "included")
    for (name, value) in [
      ("core.worktree", repository.folder.path), ("core.excludesFile", repository.folder.file("ignores")),
      ("include.path", repository.folder.file("included")),
    ] {
      try repository.git(["config", name, value])
      if name == "core.worktree" { try repository.git(["config", "--unset", name]) }
    }
    #expect(try await FlagLook.files(repository.path).values == ["a.yaml x": "true", "b.yaml y": "true"])
  }

  @Test("and writes nothing into it", arguments: ["HEAD", "index", "worktree"])
  func readOnly(ref: String) async throws {
    let repository = try GitRepository(files: ["a.yaml": "x: true\n", "b/c.yaml": "y: true\n"])
    func state() throws -> [String: Date] {
      var found: [String: Date] = [:]
      for name in try FileManager.default.subpathsOfDirectory(atPath: repository.path) {
        found[name] = try FileManager.default.attributesOfItem(atPath: repository.path + "/" + name)[.modificationDate] as? Date
      }
      return found
    }
    let before = try state()
    #expect(try await FlagLook.files(repository.path, ref: ref).values.count == 2)
    #expect(try state() == before)
  }

  @Test(
    "of another user, until the reader's own configuration calls it safe",
    .enabled(if: getuid() == 0, "only root can give a folder to another user"))
  func ownership() async throws {
    let repository = try GitRepository(files: ["a.yaml": "x: true\n"])
    for name in ["", "/.git"] { try #require(chown(repository.path + name, 12_345, 12_345) == 0) }
    let refused = try await FlagLook.files(repository.path)
    let real = refused.realPath(repository.path)
    #expect(refused.hasFailed && refused.gaps == ["unsafe-ownership \(real)"])
    #expect(refused.diagnostics[0].advice.string == "If you trust it: git config --global --add safe.directory '\(real)'")
    // The repository can't call itself safe.
    try repository.folder.write("[core]\n\trepositoryformatversion = 0\n[safe]\n\tdirectory = *\n", to: "r/.git/config")
    #expect(try await FlagLook.files(repository.path).hasFailed)
    try repository.folder.write("[safe]\n\tdirectory = \(real)\n", to: "gitconfig")
    let trusted = try await FlagLook.files(
      repository.path, configurationFiles: [repository.folder.file("nothing"), repository.folder.file("gitconfig")])
    #expect(trusted.values == ["a.yaml x": "true"])
  }
}
