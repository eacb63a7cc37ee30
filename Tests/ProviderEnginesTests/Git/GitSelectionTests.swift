import LoopbackServers
import SideEffects
import Testing

@Suite("The git engine leaves out")
struct GitSelectionTests {
  @Test("the files of tests and copies of other projects, unless the watch asks for them")
  func unasked() async throws {
    let repository = try GitRepository(files: [
      "a.yaml": "x: true\n", "tests/t.yaml": "t: true\n", "pkg/testdata/d.yaml": "d: true\n", "flags.test.yaml": "s: true\n",
      "vendor/v.yaml": "v: true\n", "web/node_modules/m/n.yaml": "n: true\n",
    ])
    #expect(try await FlagLook.files(repository.path).values == ["a.yaml x": "true"])
    #expect(
      try await FlagLook.files(repository.path, vendored: true).values.keys.sorted() == [
        "a.yaml x", "vendor/v.yaml v", "web/node_modules/m/n.yaml n",
      ])
    #expect(
      try await FlagLook.files(repository.path, tests: true).values.keys.sorted() == [
        "a.yaml x", "flags.test.yaml s", "pkg/testdata/d.yaml d", "tests/t.yaml t",
      ])
    // A glob that names the folder asks for it.
    #expect(try await FlagLook.files(repository.path, files: ["vendor/*.yaml"]).values == ["vendor/v.yaml v": "true"])
  }

  @Test(
    "a file that .gitattributes calls vendored, and says so: what stands there has not disappeared",
    arguments: ["HEAD", "index", "worktree"])
  func vendored(ref: String) async throws {
    let repository = try GitRepository(files: [
      "a.yaml": "x: true\n", "lib/b.yaml": "y: true\n", "lib/c.yaml": "# no flag\n", "lib/d.yaml": "- [\n",
    ])
    try repository.write(".gitattributes", "lib/** linguist-vendored\n")
    try repository.commit()
    let look = try await FlagLook.files(repository.path, ref: ref)
    #expect(look.values == ["a.yaml x": "true"])
    #expect(look.gaps == ["left-out-by-attributes lib/b.yaml", "left-out-by-attributes lib/d.yaml"])
    #expect(!look.proves(absenceIn: "lib/b.yaml") && look.proves(absenceIn: "a.yaml") && look.proves(absenceIn: "lib/c.yaml"))
    #expect(try await FlagLook.files(repository.path, ref: ref, vendored: true).values == ["a.yaml x": "true", "lib/b.yaml y": "true"])
    // The attributes of the revision count, not those that lie in the work tree now.
    try repository.write(".gitattributes", "")
    #expect(try await FlagLook.files(repository.path, ref: "HEAD").gaps.count == 2)
    #expect(try await FlagLook.files(repository.path, ref: "HEAD~1").values.count == 2)
  }

  @Test("nothing because .gitattributes calls it binary: it is read as before")
  func binary() async throws {
    let repository = try GitRepository(files: [
      "a.yaml": "x: true\n", "b.src": "flag y = true;\0\u{1}", ".gitattributes": "*.yaml binary\n*.src -diff -text\n",
    ])
    #expect(try await FlagLook.files(repository.path).values == ["a.yaml x": "true"])
    #expect(try await FlagLook.pattern(repository.path).values == ["y": "true"])
  }

  @Test("a symbolic link, and says so unless the file that it leads to is read itself", arguments: ["HEAD", "worktree"])
  func links(ref: String) async throws {
    let repository = try GitRepository(files: ["a.yaml": "x: true\n", "b.txt": "y: true\n"])
    for (name, target) in [
      ("same.yaml", "a.yaml"), ("other.yaml", "b.txt"), ("out.yaml", "/etc/hostname"), ("up.yaml", "../../secret.yaml"),
      ("gone.yaml", "nowhere"),
    ] {
      try repository.link(name, to: target)
    }
    try repository.folder.write("secret: true\n", to: "secret.yaml")
    try repository.commit()
    let look = try await FlagLook.files(repository.path, ref: ref)
    #expect(look.values == ["a.yaml x": "true"])
    #expect(look.gaps == ["gone.yaml", "other.yaml", "out.yaml", "up.yaml"].map { "link-not-followed \($0)" })
    #expect(!look.proves(absenceIn: "out.yaml") && look.proves(absenceIn: "a.yaml"))
  }

  @Test("what lies below a link in place of a folder that the watch names: nothing there counts as gone", arguments: ["HEAD", "worktree"])
  func linkedFolder(ref: String) async throws {
    let repository = try GitRepository(files: ["a.yaml": "x: true\n", "real/b.yaml": "y: true\n"])
    try repository.link("config", to: "real")
    try repository.commit()
    let look = try await FlagLook.files(repository.path, ref: ref, files: ["a.yaml", "config/deep/*.yaml"])
    #expect(look.values == ["a.yaml x": "true"])
    #expect(look.gaps == ["link-not-followed config"])
    #expect(!look.proves(absenceIn: "config/deep/b.yaml"))
    #expect(try await FlagLook.files(repository.path, ref: ref, files: ["**/*.yaml"]).gaps == [], "the folder itself is read")
  }

  @Test("a submodule, and says so where the watch names it", arguments: ["HEAD", "index", "worktree"])
  func submodule(ref: String) async throws {
    let repository = try GitRepository(files: ["a.yaml": "x: true\n"])
    try repository.git(["init", "--quiet", "inner"], in: "")
    try repository.folder.write("y: true\n", to: "inner/b.yaml")
    try repository.git(["add", "b.yaml"], in: "inner")
    try repository.git(["commit", "--quiet", "-m", "b"], in: "inner")
    try repository.git(["submodule", "--quiet", "add", repository.folder.file("inner"), "sub"])
    try repository.commit()
    let all = try await FlagLook.files(repository.path, ref: ref)
    #expect(all.values == ["a.yaml x": "true"] && all.gaps == [])
    let named = try await FlagLook.files(repository.path, ref: ref, files: ["a.yaml", "sub/*.yaml"])
    #expect(named.values == ["a.yaml x": "true"] && named.gaps == ["other-repository sub"])
    #expect(!named.proves(absenceIn: "sub/b.yaml"))
  }

  @Test("another repository that lies in the work tree, and says so where the watch names it")
  func nested() async throws {
    let repository = try GitRepository(files: ["a.yaml": "x: true\n"])
    try repository.git(["init", "--quiet", "r/other"], in: "")
    try repository.write("other/b.yaml", "y: true\n")
    #expect(try await FlagLook.files(repository.path).values == ["a.yaml x": "true"])
    #expect(try await FlagLook.files(repository.path, files: ["a.yaml", "other/*.yaml"]).gaps == ["other-repository other"])
    #expect(try await FlagLook.files(repository.path + "/other").values == ["b.yaml y": "true"])
  }
}
