import LoopbackServers
import SideEffects
import Testing

@Suite("What is left out of a repository at one look only")
struct GitLeftOutTests {
  @Test("because it is ignored now is not deleted, and what is ignored no longer is not created")
  func ignored() async throws {
    let repository = try GitRepository(files: ["a.yaml": "x: true\n"])
    try repository.write("config/local.yaml", "y: true\n")
    let shown = try await FlagLook.files(repository.path)
    #expect(shown.values == ["a.yaml x": "true", "config/local.yaml y": "true"])
    for line in ["local.yaml\n", "config/\n"] {
      try repository.write(".gitignore", line)
      let ignored = try await FlagLook.files(repository.path)
      #expect(ignored.values == ["a.yaml x": "true"] && ignored.gaps == [], "what is ignored at each look is no news")
      for comparison in [try await FlagLook.compare(shown, ignored), try await FlagLook.compare(ignored, shown)] {
        #expect(comparison.changes.isEmpty)
        #expect(comparison.blindSpots.map(\.code) == ["left-out-by-ignore"] && comparison.blindSpots.map(\.unknown) == [1])
        #expect(comparison.blindSpots.first?.scope == Scope([.init(list: "file", id: "config/local.yaml")]))
      }
      let same = try await FlagLook.compare(ignored, ignored)
      #expect(same.changes.isEmpty && same.blindSpots.isEmpty)
    }
  }

  @Test("is deleted where it is gone, though other things are ignored")
  func gone() async throws {
    let repository = try GitRepository(files: ["a.yaml": "x: true\n", "b.yaml": "y: true\n", ".gitignore": "build/\n*.local.yaml\n"])
    try repository.write("build/out.yaml", "z: true\n")
    try repository.write("c.local.yaml", "y: true\n")
    try repository.write(".env.local.yaml", "t: true\n")
    let before = try await FlagLook.files(repository.path, files: ["**/*.yaml", "build/out.yaml"])
    try repository.remove("b.yaml")
    try repository.remove("build/out.yaml")
    let after = try await FlagLook.files(repository.path, files: ["**/*.yaml", "build/out.yaml"])
    let comparison = try await FlagLook.compare(before, after)
    #expect(comparison.changes.map { "\($0.word) \($0.resource.address.id)" } == ["deleted b.yaml y", "deleted build/out.yaml z"])
    #expect(comparison.blindSpots.isEmpty)
  }

  @Test("because its folder is a symbolic link now is not deleted", arguments: ["HEAD", "index", "worktree"])
  func link(ref: String) async throws {
    let repository = try GitRepository(files: ["a.yaml": "x: true\n", "config/deep/flags.yaml": "y: true\n"])
    try repository.link("other", to: "nowhere")
    try repository.commit()
    let files = ["**/flags.yaml", "a.yaml"]
    let before = try await FlagLook.files(repository.path, ref: ref, files: files)
    try repository.remove("config")
    try repository.link("config", to: "/somewhere")
    try repository.commit()
    let after = try await FlagLook.files(repository.path, ref: ref, files: files)
    #expect(after.gaps == [])
    for comparison in [try await FlagLook.compare(before, after), try await FlagLook.compare(after, before)] {
      #expect(comparison.changes.isEmpty)
      #expect(comparison.blindSpots.map(\.code) == ["link-not-followed"] && comparison.blindSpots.map(\.unknown) == [1])
    }
  }

  @Test("because its folder is a submodule now is not deleted", arguments: ["HEAD", "index", "worktree"])
  func submodule(ref: String) async throws {
    let repository = try GitRepository(files: ["a.yaml": "x: true\n", "sub/flags.yaml": "y: true\n"])
    let before = try await FlagLook.files(repository.path, ref: ref)
    try repository.git(["rm", "-r", "--quiet", "sub"])
    try repository.git(["init", "--quiet", "inner"], in: "")
    try repository.folder.write("y: true\n", to: "inner/flags.yaml")
    try repository.git(["add", "flags.yaml"], in: "inner")
    try repository.git(["commit", "--quiet", "-m", "b"], in: "inner")
    try repository.git(["submodule", "--quiet", "add", repository.folder.file("inner"), "sub"])
    try repository.commit()
    let comparison = try await FlagLook.compare(before, try await FlagLook.files(repository.path, ref: ref))
    #expect(comparison.changes.isEmpty && comparison.blindSpots.map(\.code) == ["other-repository"])
  }

  @Test(
    "because it moved to a folder of copies or tests is not deleted, and what was there before is no news",
    arguments: ["HEAD", "index", "worktree"])
  func moved(ref: String) async throws {
    let repository = try GitRepository(files: [
      "a.yaml": "x: true\n", "pkg/flags.yaml": "y: true\ngone: true\n", "vendor/old.yaml": "gone: true\n",
      "pkg/gates.src": "flag Moved = true;\nflag Gone = true;\n", "testing/old.src": "flag Gone = true;\n", "main.src": "flag A = true;\n",
    ])
    let before = (try await FlagLook.files(repository.path, ref: ref), try await FlagLook.pattern(repository.path, ref: ref))
    try repository.git(["mv", "pkg", "vendor/pkg"])
    try repository.write("vendor/pkg/flags.yaml", "y: true\n")
    try repository.git(["mv", "vendor/pkg/gates.src", "testing/gates.src"])
    try repository.write("testing/gates.src", "flag Moved = true;\n")
    try repository.commit()
    let after = (try await FlagLook.files(repository.path, ref: ref), try await FlagLook.pattern(repository.path, ref: ref))
    #expect(after.0.gaps == [] && after.1.gaps == [])
    for (old, new, gone) in [(before.0, after.0, "pkg/flags.yaml gone"), (before.1, after.1, "Gone")] {
      let comparison = try await FlagLook.compare(old, new)
      #expect(comparison.changes.map { "\($0.word) \($0.resource.address.id)" } == ["deleted \(gone)"])
      #expect(comparison.blindSpots.map(\.code) == ["left-out-by-name"] && comparison.blindSpots.map(\.unknown) == [1])
      #expect(try await FlagLook.compare(new, old).changes.map(\.word) == ["created"])
    }
  }
}
