import FoundationEssentials
import Glibc
import LoopbackServers
import SideEffects
import Testing

@Suite("Where the git engine can't read, it says which rule, which file, and reads on:")
struct GitFaultTests {
  private let files = ["a.yaml": "x: true\n", "config/b.yaml": "y: true\n"]

  @Test("a folder that is no repository, and one that is not there")
  func noRepository() async throws {
    let repository = try GitRepository(files: files)
    for path in [repository.folder.path, repository.path + "/config", repository.folder.file("nowhere")] {
      let look = try await FlagLook.files(path)
      #expect(look.hasFailed && look.gaps == ["not-a-repository \(look.realPath(path))"])
      #expect(look.diagnostics[0].advice.string.contains("`repository`"))
    }
  }

  @Test("objects that it may not list, rather than that they are not there", .enabled(if: getuid() != 0, "root may list everything"))
  func forbiddenObjects() async throws {
    let repository = try GitRepository(files: files)
    for folder in ["objects", "objects/pack"] {
      try #require(chmod("\(repository.path)/.git/\(folder)", 0) == 0)
      defer { chmod("\(repository.path)/.git/\(folder)", 0o755) }
      let look = try await FlagLook.files(repository.path, ref: "HEAD")
      #expect(look.hasFailed && look.diagnostics[0].rule == "unreadable-repository")
    }
  }

  @Test("a revision that is not there, ambiguous, or names no files")
  func noRevision() async throws {
    let repository = try GitRepository(files: files)
    let blob = try repository.git(["rev-parse", "HEAD:a.yaml"])
    for (ref, rule) in [
      ("nowhere", "missing-revision"), (String(repeating: "0", count: 40), "missing-revision"), ("HEAD~9", "missing-revision"),
      (blob, "invalid-revision"), ("a..b", "invalid-revision"),
    ] {
      let look = try await FlagLook.files(repository.path, ref: ref)
      #expect(look.hasFailed && look.gaps == ["\(rule) \(look.realPath(repository.path))"], "\(ref)")
      #expect(look.diagnostics[0].sentence.string.contains("`\(ref)`"))
      #expect(!look.diagnostics[0].advice.isEmpty)
    }
  }

  @Test("history that a shallow clone doesn't have, while what it has is read")
  func shallow() async throws {
    let repository = try GitRepository(files: files)
    try repository.write("a.yaml", "x: false\n")
    try repository.commit()
    try repository.git(["clone", "--quiet", "--depth=1", "file://" + repository.path, "shallow"], in: "")
    let path = repository.folder.file("shallow")
    #expect(try await FlagLook.files(path, ref: "HEAD").values == ["a.yaml x": "false", "config/b.yaml y": "true"])
    let look = try await FlagLook.files(path, ref: "HEAD~1")
    #expect(look.hasFailed && look.gaps[0].hasPrefix("missing-revision"))
    #expect(look.diagnostics[0].advice.string.contains("git fetch --unshallow"))
  }

  @Test("blobs that a partial clone doesn't have: each is a gap, and nothing is fetched")
  func partialClone() async throws {
    let repository = try GitRepository(files: files)
    try repository.git(["config", "uploadpack.allowFilter", "true"])
    try repository.git(["clone", "--quiet", "--bare", "--filter=blob:none", "file://" + repository.path, "partial"], in: "")
    let look = try await FlagLook.files(repository.folder.file("partial"))
    #expect(look.values == [:])
    #expect(look.gaps == ["missing-object a.yaml", "missing-object config/b.yaml"])
    #expect(look.diagnostics.allSatisfy { $0.advice.string.contains("partial") })
    #expect(!look.completeness.isComplete && !look.proves(absenceIn: "a.yaml"))
    // Where the file is no part of a flag's identity, nothing at all was seen.
    try repository.write("a.src", "flag x = true;")
    try repository.commit()
    try repository.git(["clone", "--quiet", "--bare", "--filter=blob:none", "file://" + repository.path, "second"], in: "")
    let second = try await FlagLook.pattern(repository.folder.file("second"))
    #expect(second.hasFailed && second.gaps == ["missing-object a.src"])
    try repository.git(["clone", "--quiet", "--bare", "--filter=tree:0", "file://" + repository.path, "treeless"], in: "")
    let treeless = try await FlagLook.files(repository.folder.file("treeless"))
    #expect(treeless.hasFailed && treeless.gaps == ["missing-object ."])
  }

  @Test("a blob that is lost or damaged, as a gap of that file alone")
  func blobs() async throws {
    let repository = try GitRepository(files: files)
    try repository.lose("HEAD:a.yaml")
    let lost = try await FlagLook.files(repository.path, ref: "HEAD")
    #expect(lost.values == ["config/b.yaml y": "true"] && lost.gaps == ["missing-object a.yaml"])
    #expect(!lost.proves(absenceIn: "a.yaml") && lost.proves(absenceIn: "config/b.yaml"))
    let other = try GitRepository(files: files)
    try other.damage("HEAD:a.yaml") { try Data("no zlib".utf8).write(to: URL(filePath: $0)) }
    let damaged = try await FlagLook.files(other.path, ref: "HEAD")
    #expect(damaged.values == ["config/b.yaml y": "true"] && damaged.gaps == ["damaged-object a.yaml"])
  }

  @Test("a folder's tree that is lost, as a gap of all that may have been in it")
  func trees() async throws {
    let repository = try GitRepository(files: files)
    try repository.lose("HEAD:config")
    let look = try await FlagLook.files(repository.path, ref: "HEAD")
    #expect(look.values == ["a.yaml x": "true"] && look.gaps == ["missing-object config"])
    #expect(!look.proves(absenceIn: "config/b.yaml"), "it would be called deleted")
  }

  @Test("an object whose content is not what its name says")
  func forged() async throws {
    let repository = try GitRepository(files: files)
    let name = try repository.git(["hash-object", "-w", "--stdin"], input: Array("x: false\n".utf8))
    let forged = FileManager.default.contents(atPath: repository.path + "/.git/objects/\(name.prefix(2))/\(name.dropFirst(2))")
    try repository.damage("HEAD:a.yaml") { try #require(forged).write(to: URL(filePath: $0)) }
    let look = try await FlagLook.files(repository.path, ref: "HEAD")
    #expect(look.values == ["config/b.yaml y": "true"] && look.gaps == ["damaged-object a.yaml"])
  }

  @Test("a file that is no UTF-8, no document, too deep, a bomb or too large", .timeLimit(.minutes(2)))
  func documents() async throws {
    let repository = try GitRepository(files: files)
    try repository.write("latin.yaml", Array("x: true\nname: caf".utf8) + [0xE9, 0x0A])
    try repository.write("broken.yaml", "a: true\nb: [1,\n")
    try repository.write("deep.json", String(repeating: "[", count: 10_000) + String(repeating: "]", count: 10_000))
    let bomb = (1..<10).map { "b\($0): &b\($0) [\(Array(repeating: "*b\($0 - 1)", count: 10).joined(separator: ","))]\n" }
    try repository.write("bomb.yaml", "b0: &b0 [true,true,true,true,true,true,true,true,true,true]\n" + bomb.joined())
    try repository.write("large.yaml", [UInt8](repeating: UInt8(ascii: "#"), count: (16 << 20) + 1))
    for ref in ["worktree", "index"] {
      try repository.git(["add", "--all"])
      let look = try await FlagLook.files(repository.path, ref: ref, files: ["**"])
      #expect(look.values == ["a.yaml x": "true", "config/b.yaml y": "true"])
      #expect(
        look.gaps.map { gap in String(gap.prefix { $0 != ":" }) } == [
          "unparsable bomb.yaml", "unparsable broken.yaml", "unparsable deep.json", "too-large large.yaml", "not-utf8 latin.yaml",
        ])
      #expect(look.gaps.contains("not-utf8 latin.yaml:2") && look.gaps.contains { $0.hasPrefix("unparsable broken.yaml:") })
      #expect(look.diagnostics.allSatisfy { !$0.advice.isEmpty && !$0.sentence.string.contains("caf") })
    }
  }

  @Test("a value that is none")
  func value() async throws {
    let repository = try GitRepository(files: ["a.src": "flag x = true;", "b.src": "flag y = what;"])
    let look = try await FlagLook.pattern(repository.path)
    #expect(look.values == ["x": "true"] && look.gaps == ["item-unreadable b.src:1"])
    #expect(!look.everything.contains("what"), "source text that is no value is not repeated")
  }

  @Test("a name that is no UTF-8, and one with a line feed in it")
  func names() async throws {
    let repository = try GitRepository(files: files)
    try repository.write("new\nline.yaml", "z: true\n")
    try repository.write("other\nline.yaml", "- [\n")
    try repository.git(["add", "--all"])
    let blob = try repository.git(["hash-object", "-w", "--stdin"], input: Array("w: true\n".utf8))
    try repository.git(
      ["update-index", "-z", "--index-info"], input: Array("100644 \(blob)\tbad".utf8) + [0xFE] + Array(".yaml".utf8) + [0])
    try repository.git(["commit", "--quiet", "-m", "names"])
    let look = try await FlagLook.files(repository.path, ref: "HEAD")
    #expect(look.values["new\nline.yaml z"] == "true" && look.values.count == 3)
    #expect(look.gaps.map { $0.split(separator: " ")[0] } == ["path-not-utf8", "unparsable"])
    #expect(!look.proves(absenceIn: "other\nline.yaml"))
  }

  @Test("a file that Git LFS keeps elsewhere, and one with a merge conflict")
  func elsewhere() async throws {
    let repository = try GitRepository(files: files)
    try repository.write("big.yaml", "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 3\n")
    try repository.git(["checkout", "--quiet", "-b", "side"])
    try repository.write("a.yaml", "x: yes\n")
    try repository.commit()
    try repository.git(["checkout", "--quiet", "main"])
    try repository.write("a.yaml", "x: no\n")
    try repository.commit()
    _ = try? repository.git(["merge", "--quiet", "side"])
    #expect(try await FlagLook.files(repository.path, ref: "index").gaps == ["merge-conflict a.yaml", "lfs-pointer big.yaml"])
  }

  @Test("a file with a merge conflict that one side deleted, whichever side it is", arguments: ["main", "side"])
  func deletedInConflict(deletes: String) async throws {
    let repository = try GitRepository(files: files)
    try repository.git(["checkout", "--quiet", "-b", "side"])
    for branch in ["side", "main"] {
      try repository.git(["checkout", "--quiet", branch])
      try repository.git(branch == deletes ? ["rm", "--quiet", "a.yaml"] : ["rm", "--quiet", "--cached", "none", "--ignore-unmatch"])
      if branch != deletes { try repository.write("a.yaml", "x: no\n") }
      try repository.commit()
    }
    _ = try? repository.git(["merge", "--quiet", "side"])
    let look = try await FlagLook.files(repository.path, ref: "index")
    #expect(look.gaps == ["merge-conflict a.yaml"] && !look.proves(absenceIn: "a.yaml"))
  }

  @Test("a link that a sparse checkout leaves out of the work tree, as if it lay there")
  func sparseLink() async throws {
    let repository = try GitRepository(files: files)
    try repository.git(["config", "core.symlinks", "true"])
    try repository.write("out/other.txt", "")
    try repository.link("out/link.yaml", to: "/elsewhere.yaml")
    try repository.commit()
    try repository.git(["sparse-checkout", "set", "--no-cone", "/*.yaml"])
    let looks = [try await FlagLook.files(repository.path, ref: "worktree"), try await FlagLook.files(repository.path, ref: "HEAD")]
    for look in looks { #expect(look.gaps == ["link-not-followed out/link.yaml"]) }
  }

  @Test("object names of SHA-256")
  func otherFormat() async throws {
    let repository = try GitRepository("--object-format=sha256")
    try repository.write("a.yaml", "x: true\n")
    try repository.commit()
    let look = try await FlagLook.files(repository.path)
    #expect(look.hasFailed && look.gaps == ["unsupported-object-format \(look.realPath(repository.path))"])
    #expect(look.diagnostics[0].advice.string.contains("SHA-1"))
  }
}
