import SideEffects
import Testing

@Suite("Flags whose file is part of what they are")
struct FileMoveTests {
  private static func schema(_ sort: KindSchema.Sort = .flag) -> KindSchema {
    KindSchema(sort: sort, level: .configuration, manifest: Digest(of: [1]), naturalKey: ["key"], attributes: ["value": .value])
  }

  /// A flag as `FILE KEY=VALUE`.
  private static func flag(_ text: String) -> Resource {
    let words = text.split(separator: " ").map(String.init)
    let (key, value) = (Text(String(words[1].prefix { $0 != "=" })), Text(String(words[1].drop { $0 != "=" }.dropFirst())))
    return .sample(
      Text("\(words[0]) \(key)"), scope: Scope([.init(list: "file", id: Text(words[0]))]), name: key, ["value": .text(value)],
      kept: ["key": .text(key)])
  }

  /// - Parameter proven: As `FROM>TO`; nil where every file that may have moved did.
  private static func compared(
    _ before: [String], _ after: [String], _ schema: KindSchema = schema(), proven: Set<String>? = nil
  ) async throws -> Comparison {
    var (old, new) = (SnapshotBuilder("before"), SnapshotBuilder("after"))
    old.look(before.map(flag), schema: schema)
    new.look(after.map(flag), schema: schema)
    let table = ChunkTable([old, new])
    return try await SnapshotDiff.compare(
      before: old.snapshot, after: new.snapshot,
      moved: { pairs, _, _, _ in Set(pairs.filter { proven?.contains("\($0.from)>\($0.to)") ?? true }) },
      read: { digest throws(Failure) in try await table.read(digest) })
  }

  private static func words(_ comparison: Comparison) -> [String] {
    comparison.changes.map { "\($0.resource.address.id) \($0.word)" } + comparison.moves.map { "\($0.from) -> \($0.to): \($0.unchanged)" }
  }

  @Test("are unchanged where the file moved, and that it moved is told")
  func moved() async throws {
    #expect(try await Self.words(Self.compared(["a x=1", "a y=2", "c z=1"], ["b x=1", "b y=2", "c z=1"])) == ["a -> b: 2"])
    #expect(Self.words(try await Self.compared(["a x=1"], ["b x=1"])) == ["a -> b: 1"])
  }

  @Test("are updated where they were set anew on the way, created and deleted where they came or went")
  func changedOnTheWay() async throws {
    let comparison = try await Self.compared(["a x=1", "a y=2", "a z=3"], ["b x=1", "b y=3", "b new=1"])
    #expect(Self.words(comparison) == ["a z deleted", "b new created", "b y updated", "a -> b: 1"])
    #expect(comparison.changes[2].attributes.map(\.difference) == [.replaced(.scalar(.text("2")), .scalar(.text("3")))])
  }

  @Test("are found again in a folder that was renamed, though its files hold the same names")
  func folder() async throws {
    let before = ["one/v x=1", "one/v y=1", "two/v x=2", "two/v y=2", "two/w x=2", "two/w y=2"]
    let after = before.map { "new/" + $0 }
    #expect(
      try await Self.words(Self.compared(before, after)) == ["one/v -> new/one/v: 2", "two/v -> new/two/v: 2", "two/w -> new/two/w: 2"])
  }

  @Test("are others where the repository doesn't say that the file moved, whatever they are set to, and where too little is in common")
  func notMoved() async throws {
    #expect(try await Self.words(Self.compared(["a x=1"], ["b x=1"], proven: [])) == ["a x deleted", "b x created"])
    let apart = try await Self.compared(["a x=1", "a y=1", "a z=1"], ["b x=1", "b u=1", "b v=1"])
    #expect(Self.words(apart).count == 6)
    // Of two that are as likely the one that moved is taken.
    #expect(
      try await Self.words(Self.compared(["d/a x=1"], ["e/a x=1", "d/b x=1"], proven: ["d/a>d/b"])) == ["e/a x created", "d/a -> d/b: 1"])
  }

  @Test("are told apart from things that are no flags: those keep their own way of coming back")
  func others() async throws {
    #expect(try await Self.words(Self.compared(["a x=1"], ["b x=1"], Self.schema(.other))) == ["b x recreated"])
  }
}
