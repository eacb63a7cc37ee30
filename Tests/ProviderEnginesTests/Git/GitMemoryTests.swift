import LoopbackServers
import SideEffects
import Testing

@Suite("A second look at a revision")
struct GitMemoryTests {
  @Test("reads what changed and what held something, and nothing else")
  func readsLess() async throws {
    let repository = try GitRepository(files: ["a.src": "flag a = true;\n", "b.src": "nothing\n", "c/c.src": "nothing either\n"])
    let memory = FlagLook.Memory()
    let first = try await FlagLook.pattern(repository.path, ref: "HEAD", memory: memory)
    #expect(first.values == ["a": "true"])
    try repository.write("c/c.src", "flag c = false;\n")
    try repository.commit()
    // Whoever reads `b.src` again now has a gap.
    try repository.lose("HEAD:b.src")
    let second = try await FlagLook.pattern(repository.path, ref: "HEAD", memory: memory)
    #expect(second.values == ["a": "true", "c": "false"] && second.gaps == [] && second.completeness.isComplete)
    // Of the file that is not read again it is known all the same that it holds nothing.
    #expect(second.completeness == .complete(Evidence(reads: 3, items: 2, ends: [.treeWalked])))
    #expect(try await FlagLook.pattern(repository.path, ref: "HEAD").gaps == ["missing-object b.src"])
  }

  @Test("sees what changed in many folders at once, which several threads compare")
  func manyFolders() async throws {
    let names = (0..<90).map { "part\($0 % 3)/folder\($0)/f.src" }
    let files = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, "flag f\($0) = true;\n") })
    let repository = try GitRepository(files: files)
    let memory = FlagLook.Memory()
    _ = try await FlagLook.pattern(repository.path, ref: "HEAD", memory: memory)
    for (index, name) in names.enumerated() where index % 2 == 0 { try repository.write(name, "flag f\(index) = false;\n") }
    try repository.write("part0/new/f.src", "flag added = true;\n")
    try repository.write("top.src", "flag top = true;\n")
    try repository.commit()
    let second = try await FlagLook.pattern(repository.path, ref: "HEAD", memory: memory)
    #expect(second.values == (try await FlagLook.pattern(repository.path, ref: "HEAD")).values && second.gaps == [])
    #expect(second.values.count { $0.value == "false" } == 45 && second.values["added"] == "true" && second.values["top"] == "true")
    // A folder that can't be read is told of, whichever thread came upon it.
    try repository.write(names[4], "flag f4 = true;\n")
    for name in names + ["top.src"] where name != names[4] { try repository.write(name, "nothing\n") }
    try repository.commit()
    try repository.lose("HEAD:part1/folder4")
    let third = try await FlagLook.pattern(repository.path, ref: "HEAD", memory: memory)
    #expect(third.gaps == ["missing-object part1/folder4"] && !third.completeness.isComplete)
  }

  @Test("reads again what could not be read before, and what the watch was set to otherwise")
  func readsAgain() async throws {
    let repository = try GitRepository(files: ["a.yaml": "x: true\n", "b.yaml": "- no\n", "d.txt": "y: true\n"])
    let memory = FlagLook.Memory()
    try repository.lose("HEAD:a.yaml")
    #expect(try await FlagLook.files(repository.path, ref: "HEAD", memory: memory).gaps == ["missing-object a.yaml"])
    try repository.write("a.yaml", "x: true\n")
    try repository.git(["hash-object", "-w", "a.yaml"])
    #expect(try await FlagLook.files(repository.path, ref: "HEAD", memory: memory).values["a.yaml x"] == "true")
    let wider = try await FlagLook.files(repository.path, ref: "HEAD", files: ["**/*.yaml", "none/*.txt"], memory: memory)
    #expect(wider.values["a.yaml x"] == "true" && wider.gaps == [])
  }

  @Test("tells a flag that moved into a test or a copy of another project as unknown, though no such file is read at first")
  func movedAway() async throws {
    let repository = try GitRepository(files: [
      "a.src": "flag a = true;\nflag b = true;\n", "vendor/v.src": "flag b = true;\nflag c = true;\n", "other.src": "nothing\n",
    ])
    let memory = FlagLook.Memory()
    try repository.git(["tag", "start"])
    let first = try await FlagLook.pattern(repository.path, ref: "HEAD", memory: memory)
    #expect(first.report.kinds["flag"]?.leftOut == [])
    try repository.write("a.src", "")
    try repository.write("vendor/v.src", "flag a = true;\nflag b = true;\n")
    try repository.commit()
    let second = try await FlagLook.pattern(repository.path, ref: "HEAD", memory: memory)
    #expect(second.report.kinds["flag"]?.leftOut.flatMap { $0.names.sorted() } == ["a"])
    let comparison = try await FlagLook.compare(first, second)
    #expect(comparison.changes.map { "\($0.word) \($0.resource.name)" } == ["deleted b"])
    #expect(comparison.blindSpots.map(\.code) == ["left-out-by-name"])
    // It stays told as long as it stands there.
    try repository.write("other.src", "still nothing\n")
    try repository.commit()
    let third = try await FlagLook.pattern(repository.path, ref: "HEAD", memory: memory)
    #expect(third.report.kinds["flag"]?.leftOut.flatMap { $0.names.sorted() } == ["a"])
    try repository.write("vendor/v.src", "flag a = false;\n")
    try repository.commit()
    let fourth = try await FlagLook.pattern(repository.path, ref: "HEAD", memory: memory)
    #expect(fourth.report.kinds["flag"]?.leftOut.flatMap { $0.names.sorted() } == ["a"])
  }

  @Test("never takes what was not searched at first for gone, whichever look it is compared with")
  func notSearched() async throws {
    let repository = try GitRepository(files: [
      "a.src": "flag a = true;\nflag b = true;\nflag c = true;\n", "vendor/v.src": "flag b = true;\n",
    ])
    // In another store, where all was searched.
    let elsewhere = try await FlagLook.pattern(repository.path, ref: "HEAD")
    try repository.write("a.src", "flag c = true;\n")
    try repository.write("vendor/v.src", "flag a = true;\nflag b = true;\n")
    try repository.commit()
    let memory = FlagLook.Memory()
    let first = try await FlagLook.pattern(repository.path, ref: "HEAD", memory: memory)
    let moved = try await FlagLook.compare(elsewhere, first)
    #expect(moved.changes.isEmpty)
    #expect(moved.blindSpots.map(\.code) == ["left-out-not-searched"] && moved.blindSpots.map(\.unknown) == [2])
    // A later look for which nothing is remembered searches all of it, and is compared with the first one.
    try repository.write("a.src", "flag b = true;\n")
    try repository.commit()
    let between = try await FlagLook.pattern(repository.path, ref: "HEAD", memory: memory)
    try repository.write("a.src", "\n")
    try repository.commit()
    let forgotten = try await FlagLook.pattern(repository.path, ref: "HEAD")
    let gone = try await FlagLook.compare(first, forgotten)
    #expect(gone.changes.map { "\($0.word) \($0.resource.name)" } == ["deleted c"] && gone.blindSpots.isEmpty)
    let doubtful = try await FlagLook.compare(between, forgotten)
    #expect(doubtful.changes.isEmpty && doubtful.blindSpots.map(\.code) == ["left-out-by-name"])
    // One that goes on from the first look knows that it stood there all the time.
    let remembered = try await FlagLook.pattern(repository.path, ref: "HEAD", memory: memory)
    #expect(try await FlagLook.compare(between, remembered).changes.map { "\($0.word) \($0.resource.name)" } == ["deleted b"])
  }

  @Test("goes on from what was noted of another reference only where the watch was never looked at before, and keeps notes of its own")
  func ofAnother() async throws {
    let repository = try GitRepository(files: ["a.src": "flag a = true;\n", "b.src": "nothing\n"])
    let memory = FlagLook.Memory()
    _ = try await FlagLook.pattern(repository.path, ref: "HEAD", memory: memory, watch: "one")
    try repository.lose("HEAD:b.src")
    let first = try await FlagLook.pattern(repository.path, ref: "HEAD", memory: memory, watch: "two", isFirst: true)
    #expect(first.gaps == [] && first.values == ["a": "true"])
    #expect(await memory.count == 3)
    #expect(try await FlagLook.pattern(repository.path, ref: "HEAD", memory: memory, watch: "two", isFirst: false).gaps == [])
    let known = try await FlagLook.pattern(repository.path, ref: "HEAD", memory: memory, watch: "three", isFirst: false)
    #expect(known.gaps == ["missing-object b.src"])
  }

  @Test("tells files apart whose names look alike")
  func lookAlikes() async throws {
    let (composed, decomposed) = ("caf\u{e9}.src", "cafe\u{301}.src")
    let repository = try GitRepository(files: ["c.src": "\n"])
    try repository.write(composed, "flag a = true;\n")
    try repository.write(decomposed, "flag b = true;\n")
    try repository.commit()
    try #require(repository.git(["ls-files"]).split(separator: "\n").count == 3)
    let memory = FlagLook.Memory()
    for step in 0..<3 {
      try repository.write("c.src", "step \(step)\n")
      try repository.commit()
      #expect(try await FlagLook.pattern(repository.path, ref: "HEAD", memory: memory).values == ["a": "true", "b": "true"])
    }
    try repository.write(decomposed, "nothing\n")
    try repository.commit()
    #expect(try await FlagLook.pattern(repository.path, ref: "HEAD", memory: memory).values == ["a": "true"])
  }

  @Test("searches again what is left out and could not be read before")
  func leftOutAgain() async throws {
    let repository = try GitRepository(files: ["a.src": "flag a = true;\n", "vendor/v.src": "nothing\n"])
    let memory = FlagLook.Memory()
    _ = try await FlagLook.pattern(repository.path, ref: "HEAD", memory: memory)
    try repository.write("vendor/v.src", "flag b = true;\n")
    try repository.commit()
    try repository.lose("HEAD:vendor/v.src")
    let lost = try await FlagLook.pattern(repository.path, ref: "HEAD", memory: memory)
    #expect(lost.report.kinds["flag"]?.leftOut == [LeftOut(path: "vendor/v.src", reason: .name)])
    try repository.git(["hash-object", "-w", "vendor/v.src"])
    let found = try await FlagLook.pattern(repository.path, ref: "HEAD", memory: memory)
    #expect(found.report.kinds["flag"]?.leftOut == [LeftOut(path: "vendor/v.src", reason: .name, names: ["b"])])
  }

  @Test("counts the files that it reads, copies of other projects among them where they are wanted")
  func countsCopies() async throws {
    let repository = try GitRepository(files: [
      ".gitattributes": "lib/** linguist-vendored\n", "a.src": "flag a = true;\n", "lib/e.src": "nothing\n", "lib/v.src": "nothing\n",
    ])
    let memory = FlagLook.Memory()
    #expect(try await FlagLook.pattern(repository.path, ref: "HEAD", vendored: true, memory: memory).reads == 3)
    try repository.remove("lib/e.src")
    try repository.link("l.src", to: "lib/v.src")
    try repository.commit()
    let second = try await FlagLook.pattern(repository.path, ref: "HEAD", vendored: true, memory: memory)
    #expect(second.reads == 2 && second.gaps == [])
    #expect(try await FlagLook.pattern(repository.path, ref: "HEAD").gaps == ["link-not-followed l.src"])
  }

  @Test("lists everything anew where attributes or links decide about other files")
  func listsAnew() async throws {
    let repository = try GitRepository(files: ["a.src": "flag a = true;\n", "lib/b.src": "flag b = true;\n", "lib/empty.src": "\n"])
    let memory = FlagLook.Memory()
    #expect(try await FlagLook.pattern(repository.path, ref: "HEAD", memory: memory).values.count == 2)
    try repository.write(".gitattributes", "lib/** linguist-vendored\n")
    try repository.commit()
    let attributed = try await FlagLook.pattern(repository.path, ref: "HEAD", memory: memory)
    #expect(attributed.values == ["a": "true"] && attributed.gaps == ["left-out-by-attributes lib/b.src"])
    try repository.write("lib/b.src", "\n")
    try repository.write("lib/c.src", "flag c = true;\n")
    try repository.commit()
    let changed = try await FlagLook.pattern(repository.path, ref: "HEAD", memory: memory)
    #expect(changed.values == ["a": "true"] && changed.gaps == ["left-out-by-attributes lib/c.src"])
    try repository.link("l.src", to: "../outside.src")
    try repository.commit()
    for _ in 0..<2 {
      let linked = try await FlagLook.pattern(repository.path, ref: "HEAD", memory: memory)
      #expect(linked.gaps.contains("link-not-followed l.src"))
    }
  }

  @Test("sees what a first look would see, whatever was changed in between", arguments: [1, 2, 3, 4], [false, true])
  func sameAsFirst(seed: UInt64, vendored: Bool) async throws {
    var chance = SplitMix(seed: seed)
    let repository = try GitRepository(files: ["keep.src": "flag keep = true;\n"])
    let memory = FlagLook.Memory()
    let names = ["a.src", "b.src", "x/a.src", "x/y/b.src", "test/t.src", "lib/v.src", "x.src/z.src", "note.txt", "link.src"]
    for step in 0..<12 {
      for _ in 0...Int.random(in: 0...3, using: &chance) {
        let name = names.randomElement(using: &chance) ?? "a.src"
        switch Int.random(in: 0...6, using: &chance) {
        case 0: try? repository.remove(name)
        case 6: try? repository.link("link.src", to: names.randomElement(using: &chance) ?? "a.src")
        case 1: try? repository.write(".gitattributes", Bool.random(using: &chance) ? "lib/** linguist-vendored\n" : "\n")
        case 2: try? repository.write(name, "nothing \(step)\n")
        default: try? repository.write(name, "flag \(name.filter(\.isLetter)) = \(Bool.random(using: &chance));\n")
        }
      }
      try repository.commit()
      let again = try await FlagLook.pattern(repository.path, ref: "HEAD", vendored: vendored, memory: memory)
      let first = try await FlagLook.pattern(repository.path, ref: "HEAD", vendored: vendored)
      #expect(again.values == first.values && again.gaps == first.gaps, "step \(step)")
      #expect(again.completeness == first.completeness, "step \(step)")
    }
  }
}

/// A small generator, the same on every machine.
private struct SplitMix: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var word = state
    word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
    word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
    return word ^ (word >> 31)
  }
}
