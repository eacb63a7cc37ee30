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

  @Test("sees what a first look would see, whatever was changed in between", arguments: [1, 2, 3, 4])
  func sameAsFirst(seed: UInt64) async throws {
    var chance = SplitMix(seed: seed)
    let repository = try GitRepository(files: ["keep.src": "flag keep = true;\n"])
    let memory = FlagLook.Memory()
    let names = ["a.src", "b.src", "x/a.src", "x/y/b.src", "test/t.src", "lib/v.src", "x.src/z.src", "note.txt"]
    for step in 0..<12 {
      for _ in 0...Int.random(in: 0...3, using: &chance) {
        let name = names.randomElement(using: &chance) ?? "a.src"
        switch Int.random(in: 0...5, using: &chance) {
        case 0: try? repository.remove(name)
        case 1: try? repository.write(".gitattributes", Bool.random(using: &chance) ? "lib/** linguist-vendored\n" : "\n")
        case 2: try? repository.write(name, "nothing \(step)\n")
        default: try? repository.write(name, "flag \(name.filter(\.isLetter)) = \(Bool.random(using: &chance));\n")
        }
      }
      try repository.commit()
      let again = try await FlagLook.pattern(repository.path, ref: "HEAD", memory: memory)
      let first = try await FlagLook.pattern(repository.path, ref: "HEAD")
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
