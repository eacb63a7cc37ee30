import LoopbackServers
import ProviderEngines
import SideEffects
import Testing

@Suite("History tells of a flag's change")
struct GitHistoryTests {
  /// The commits that are named for what changed between two looks, by the flags' ids.
  private func commits(_ before: FlagLook, _ after: FlagLook) async throws -> [String: Origin] {
    Dictionary(uniqueKeysWithValues: try await told(before, after).origins.map { ($0.key.id.string, $0.value) })
  }

  /// Why no commit is named, by the flags' ids.
  private func withoutCommit(_ before: FlagLook, _ after: FlagLook) async throws -> [String: NoCommit] {
    Dictionary(uniqueKeysWithValues: try await told(before, after).withoutCommit.map { ($0.key.id.string, $0.value) })
  }

  private func told(_ before: FlagLook, _ after: FlagLook) async throws -> ToldOfChanges {
    await GitEngine().history(
      of: try changes(before, after), in: after.watch, from: before.report.asked.revision,
      to: try #require(after.report.asked.revision), fingerprinter: FlagLook.fingerprinter)
  }

  private func changes(_ before: FlagLook, _ after: FlagLook) throws -> [Change] {
    let old = Dictionary(uniqueKeysWithValues: before.resources.map { ($0.address, $0) })
    let new = Dictionary(uniqueKeysWithValues: after.resources.map { ($0.address, $0) })
    let kind = try #require(after.watch.kinds.first).schema(manifest: after.watch.provider.digest)
    var changes: [Change] = []
    for address in Set(old.keys).union(new.keys) {
      switch (old[address], new[address]) {
      case (let left?, let right?) where left.attributes != right.attributes:
        changes.append(Change(what: .updated(before: left, after: right), schema: kind))
      case (let left?, nil): changes.append(Change(what: .deleted(left), schema: kind))
      case (nil, let right?): changes.append(Change(what: .created(right), schema: kind))
      case (.some, .some), (nil, nil): continue
      }
    }
    return changes
  }

  @Test("the commit, its author and its time, whatever was moved or written anew since")
  func flips() async throws {
    let repository = try GitRepository(files: ["a.src": "flag x = false;\nflag gone = true;\nflag same = true;"])
    try repository.git(["tag", "before"])
    try repository.write("a.src", "flag x = true;\nflag gone = true;\nflag same = true;")
    let flip = try repository.commit()
    try repository.write("a.src", "// sorted\nflag same = true;\nflag x = true;\nflag new = false;")
    let other = try repository.commit()
    try repository.git(["mv", "a.src", "b.src"])
    try repository.commit()
    let found = try await commits(try await .pattern(repository.path, ref: "before"), try await .pattern(repository.path, ref: "main"))
    #expect(found.mapValues { $0.commit?.string } == ["x": flip, "gone": other, "new": other])
    #expect(
      found["x"]
        == Origin(
          by: "A. Author", changed: "2023-11-14T22:13:20Z", commit: Text(flip),
          story: CommitStory(
            title: "a commit", committer: "C. Committer", committed: Instant(seconds: 1_700_000_060), didNothingElse: true)))
    #expect(found["new"]?.story?.didNothingElse == false)
  }

  @Test("a commit that did nothing but change the one value, and no other")
  func alone() async throws {
    let start = ["a.src": "flag x = 1;\nflag y = 1;\nflag z = 1;\nflag w = 1;", "b.txt": ""]
    let repository = try GitRepository(files: start)
    try repository.git(["tag", "before"])
    for (text, other) in [
      ("flag x = 2;\nflag y = 1;\nflag z = 1;\nflag w = 1;", ""), ("flag x = 2;\nflag y = 2; // why\nflag z = 1;\nflag w = 1;", ""),
      ("flag x = 2;\nflag y = 2; // why\nflag z = 2;\nflag w = 1;", "more"),
    ] {
      try repository.write("a.src", text)
      try repository.write("b.txt", other)
      try repository.commit()
    }
    try repository.write("a.src", "flag x = 2;\nflag y = 2; // why\nflag z = 2;\nflag w = 2;")
    try repository.git(["add", "a.src"])
    try repository.git(["update-index", "--chmod=+x", "b.txt"])
    try repository.git(["commit", "--quiet", "-m", "a mode too"])
    let found = try await commits(try await .pattern(repository.path, ref: "before"), try await .pattern(repository.path, ref: "main"))
    #expect(found.mapValues { $0.story?.didNothingElse } == ["x": true, "y": false, "z": false, "w": false])
  }

  @Test("where the code names it as a whole word, but for the place that sets it, tests and copies of other projects")
  func uses() async throws {
    let repository = try GitRepository(files: [
      "a.src": "flag fastPath = false; fastPath\n",
      "main.go": "// fastPath\nif fastPath && fastPath {\n  fastPaths, myfastPath, fast_fastPath\n",
      "z/deep.py": "\n\nx['fastPath']", "vendor/v.go": "fastPath", "a_test.go": "fastPath", "data.bin": "\0fastPath",
      "utf8.txt": "éfastPath",
    ])
    try repository.git(["tag", "before"])
    let before = try await FlagLook.pattern(repository.path, ref: "before")
    try repository.write("a.src", "flag fastPath = true; fastPath\n")
    try repository.commit()
    let after = try await FlagLook.pattern(repository.path, ref: "main")
    let revision = try #require(after.report.asked.revision)
    let uses = await GitEngine().uses(of: try changes(before, after), in: after.watch, at: revision)
    let found = try #require(uses.values.first)
    #expect(found.places.map { "\($0.path):\($0.line)" } == ["main.go:1", "main.go:2", "z/deep.py:3"])
    #expect(found.count == 3 && !found.isCut)
    // More than can be shown are counted.
    try repository.write("many.txt", String(repeating: "fastPath\n", count: 500))
    try repository.commit()
    let later = try await FlagLook.pattern(repository.path, ref: "main")
    let many = await GitEngine().uses(of: try changes(before, later), in: later.watch, at: try #require(later.report.asked.revision))
    #expect(many.values.first?.count == 503 && many.values.first?.places.count == SourceUses.mostPlaces)
    // What could not be read, or is too large to be, may name it too.
    for file in ["z/deep.py", "large.txt"] {
      if file == "large.txt" {
        try repository.write(file, String(repeating: "nothing\n", count: 200_000))
        try repository.commit()
      } else {
        try repository.lose("HEAD:\(file)")
      }
      let cut = await GitEngine().uses(
        of: try changes(before, after), in: after.watch, at: Text(try repository.git(["rev-parse", "HEAD"])))
      #expect(try #require(cut.values.first).isCut)
      if file != "large.txt" { _ = try repository.git(["hash-object", "-w", file]) }
    }
  }

  @Test("that reverting a commit does not put a flag back which was something else before, as a merge had settled it")
  func settledByMerge() async throws {
    let repository = try GitRepository(files: ["a.src": "flag x = 1;"])
    try repository.git(["tag", "before"])
    try repository.git(["checkout", "--quiet", "-b", "side"])
    try repository.git(["commit", "--quiet", "--allow-empty", "-m", "nothing"])
    try repository.git(["checkout", "--quiet", "main"])
    try repository.git(["merge", "--quiet", "--no-ff", "--no-commit", "side"])
    try repository.write("a.src", "flag x = 2;")
    try repository.git(["commit", "--quiet", "-am", "merge, and settle"])
    try repository.write("a.src", "flag x = 3;")
    try repository.commit()
    let found = try await commits(try await .pattern(repository.path, ref: "before"), try await .pattern(repository.path, ref: "main"))
    #expect(found["x"]?.story?.didNothingElse == false && found["x"]?.story?.earlier == [])
  }

  @Test("the latest commit where it went back and forth, also on a branch that was merged")
  func backAndForth() async throws {
    let repository = try GitRepository(files: ["a.src": "flag x = 1;", "b.src": "flag y = 1;"])
    try repository.git(["tag", "before"])
    var forth: [String] = []
    for value in [2, 3, 2] {
      try repository.write("a.src", "flag x = \(value);")
      forth.append(try repository.commit())
    }
    let last = try repository.git(["rev-parse", "HEAD"])
    try repository.git(["checkout", "--quiet", "-b", "side", "before"])
    try repository.write("b.src", "flag y = 2;")
    let side = try repository.commit()
    try repository.git(["checkout", "--quiet", "main"])
    try repository.git(["merge", "--quiet", "--no-ff", "-m", "merge", "side"])
    let found = try await commits(try await .pattern(repository.path, ref: "before"), try await .pattern(repository.path, ref: "main"))
    #expect(found.mapValues { $0.commit?.string } == ["x": last, "y": side])
    #expect(found["x"]?.story?.earlier.map(\.string) == [forth[1], forth[0]])
    #expect(found["y"]?.story?.earlier == [])
  }

  @Test("the request that a commit was merged by, as its own message says or that of the merge which brought it")
  func requests() async throws {
    let repository = try GitRepository(files: ["a.src": "flag a = 1;\nflag b = 1;\nflag c = 1;\nflag d = 1;\nflag e = 1;"])
    try repository.git(["tag", "before"])
    var text = "flag a = 1;\nflag b = 1;\nflag c = 1;\nflag d = 1;\nflag e = 1;"
    func change(_ name: String, _ message: String) throws {
      text = text.replacing("flag \(name) = 1", with: "flag \(name) = 2")
      try repository.write("a.src", text)
      try repository.commit(message)
    }
    try change("a", "turn a on (#12)")
    try change("b", "turn b on\n\nReviewed-on: https://review.example/c/77")
    for (branch, name, merge) in [
      ("one", "c", "Merge pull request #34 from us/one"), ("two", "d", "Merge branch 'two'\n\nSee merge request group/project!56"),
    ] {
      try repository.git(["checkout", "--quiet", "-b", branch])
      try change(name, "turn \(name) on")
      try repository.git(["checkout", "--quiet", "main"])
      try repository.git(["merge", "--quiet", "--no-ff", "-m", merge, branch])
    }
    try change("e", "turn e on")
    let found = try await commits(try await .pattern(repository.path, ref: "before"), try await .pattern(repository.path, ref: "main"))
    #expect(
      found.mapValues { $0.story?.request?.string } == [
        "a": "#12", "b": "https://review.example/c/77", "c": "#34", "d": "group/project!56", "e": nil,
      ])
  }

  @Test("nothing where nobody committed it, or where a merge settled it in its own way")
  func uncommitted() async throws {
    let repository = try GitRepository(files: ["a.src": "flag x = 1;"])
    try repository.git(["tag", "before"])
    try repository.write("a.src", "flag x = 2;")
    try repository.commit()
    try repository.write("a.src", "flag x = 3;")
    try repository.write("new.src", "flag new = 1;")
    let before = try await FlagLook.pattern(repository.path, ref: "before")
    #expect(try await commits(before, try await .pattern(repository.path)) == [:])
    #expect(try await withoutCommit(before, try await .pattern(repository.path)) == ["x": .uncommitted, "new": .uncommitted])
    try repository.remove("new.src")
    try repository.git(["checkout", "--quiet", "--force", "-b", "side", "before"])
    try repository.write("a.src", "flag x = 4;")
    try repository.commit()
    _ = try? repository.git(["merge", "--quiet", "main"])
    try repository.write("a.src", "flag x = 5;")
    try repository.commit("merge")
    #expect(try repository.git(["rev-list", "--merges", "--count", "HEAD"]) == "1")
    #expect(try await commits(before, try await .pattern(repository.path, ref: "side")) == [:])
    #expect(try await withoutCommit(before, try await .pattern(repository.path)) == ["x": .notFound])
  }

  @Test("that the repository went back, and not that somebody edited a file, where all is committed")
  func wentBack() async throws {
    let repository = try GitRepository(files: ["a.src": "flag x = 1;\nflag y = 1;"])
    try repository.write("a.src", "flag x = 2;\nflag y = 1;")
    try repository.commit()
    let newer = try await FlagLook.pattern(repository.path)
    try repository.git(["reset", "--quiet", "--hard", "HEAD~1"])
    try repository.write("a.src", "flag x = 1;\nflag y = 2;")
    let older = try await FlagLook.pattern(repository.path)
    let told = try await told(newer, older)
    // What the first commit set is what it set.
    #expect(told.withoutCommit.map { "\($0.key.id) \($0.value)" } + told.origins.map { "\($0.key.id)" } == ["y uncommitted", "x"])
  }

  @Test("the commit of a flag in a file that can be read, whatever else is in that commit, where the file is part of what it is")
  func besideUnreadable() async throws {
    let repository = try GitRepository(files: ["a.yaml": "x: true\n", "b.yaml": "y: true\n"])
    let before = try await FlagLook.files(repository.path, ref: "HEAD")
    try repository.write("a.yaml", "x: false\n")
    try repository.write("b.yaml", "<<<<<<< HEAD\ny: [\n")
    let commit = try repository.commit()
    let after = try await FlagLook.files(repository.path, ref: "HEAD")
    #expect(try await commits(before, after)["a.yaml x"]?.commit?.string == commit)
  }

  @Test("which files moved: those that stand under one name at either revision, and are alike")
  func moves() async throws {
    let text = (1...20).map { "k\($0): true\n" }.joined()
    let repository = try GitRepository(files: ["dev.yaml": text, "prod.yaml": "# none yet\n", "old.yaml": text, "gone.yaml": "x: 1\n"])
    let watch = try await FlagLook.files(repository.path, ref: "HEAD").watch
    let before = try repository.git(["rev-parse", "HEAD"])
    try repository.git(["mv", "old.yaml", "new.yaml"])
    try repository.write("new.yaml", text.replacing("k3: true", with: "k3: false"))
    try repository.git(["mv", "--force", "dev.yaml", "prod.yaml"])
    try repository.git(["mv", "gone.yaml", "other.yaml"])
    try repository.write("other.yaml", "x: 1\n" + text)
    let after = try repository.commit()
    let pairs = [("old", "new"), ("dev", "prod"), ("gone", "other"), ("dev", "new")].map {
      FilePair(from: Text($0.0 + ".yaml"), to: Text($0.1 + ".yaml"))
    }
    let moved = await GitEngine().moved(pairs, in: watch, from: Text(before), to: Text("\(after)+worktree"))
    // Two files may seem to have become one: which of them did is for who asks.
    #expect(moved == [pairs[0], pairs[3]])
    #expect(await GitEngine().moved(pairs, in: watch, from: Text(after), to: "nowhere").isEmpty)
  }

  @Test("nothing where it is cut off or damaged, rather than a commit that may be the wrong one")
  func cutOff() async throws {
    let repository = try GitRepository(files: ["a.src": "flag x = 1;"])
    let before = try await FlagLook.pattern(repository.path, ref: "HEAD")
    try repository.write("a.src", "flag x = 2;")
    try repository.commit()
    try repository.git(["clone", "--quiet", "--depth=1", "file://" + repository.path, "shallow"], in: "")
    let shallow = try await FlagLook.pattern(repository.folder.file("shallow"), ref: "HEAD")
    #expect(try await commits(before, shallow) == [:])
    #expect(try await withoutCommit(before, shallow) == ["x": .shallow])
    try repository.lose("HEAD~1:a.src")
    #expect(try await commits(before, try await .pattern(repository.path, ref: "HEAD")) == [:])
  }

  @Test("which commit changed a secret, by its fingerprint")
  func secrets() async throws {
    let repository = try GitRepository(files: [".env": "TOKEN=geheim-1\n"])
    let first = try await FlagLook.files(repository.path, ref: "HEAD", files: [".env"], path: ["*"])
    try repository.write(".env", "TOKEN=geheim-2\n")
    let commit = try repository.commit()
    let second = try await FlagLook.files(repository.path, ref: "HEAD", files: [".env"], path: ["*"])
    #expect(try await commits(first, second)[".env TOKEN"]?.commit?.string == commit)
  }
}
