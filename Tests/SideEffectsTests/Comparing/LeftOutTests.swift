import SideEffects
import Testing

@Suite("What one look left out")
struct LeftOutTests {
  private static func flag(_ id: Text, in path: Text, _ scope: Scope = .whole) -> Resource {
    Resource(
      address: ResourceAddress(watch: "w", kind: "k", id: id, scope: scope), name: id, attributes: [:],
      location: SourceLocation(path: path, line: 1, bytes: nil))
  }

  /// What is said of one flag, gone or new, by what each look left out.
  private static func said(_ flag: Resource, isGone: Bool = true, there: [LeftOut], here: [LeftOut]) async throws -> [String] {
    var (saw, other) = (SnapshotBuilder("saw"), SnapshotBuilder("other"))
    saw.look([flag], leftOut: here)
    other.look([], leftOut: there)
    let comparison = try await isGone ? SnapshotDiff.compare(saw, other) : SnapshotDiff.compare(other, saw)
    return comparison.changes.map(\.word.string) + comparison.blindSpots.map { "\($0.code) \($0.unknown)" }
  }

  @Test("hides what stood in it or below it, whatever the reason", arguments: LeftOut.Reason.allCases.filter { $0 != .name })
  func below(reason: LeftOut.Reason) async throws {
    let flag = Self.flag("x", in: "config/deep/a.yaml")
    for path in ["config", "config/deep", "config/deep/a.yaml"] as [Text] {
      let leftOut = [LeftOut(path: path, reason: reason)]
      let code = "\(reason.rawValue) 1"
      #expect(try await Self.said(flag, there: leftOut, here: []) == [code])
      #expect(try await Self.said(flag, isGone: false, there: leftOut, here: []) == [code])
      #expect(try await Self.said(flag, there: leftOut, here: leftOut) == ["deleted"], "left out both times, it is no news")
    }
    for path in ["con", "config/deep/a.yaml2", "deep", "config/deep/a"] as [Text] {
      #expect(try await Self.said(flag, there: [LeftOut(path: path, reason: reason)], here: []) == ["deleted"])
    }
  }

  @Test("hides what stands in it by its name, unless that stood there at the other look as well")
  func names() async throws {
    let flag = Self.flag("x", in: "pkg/a.yaml")
    let moved = [LeftOut(path: "vendor/pkg/a.yaml", reason: .name, names: ["x", "y"])]
    #expect(try await Self.said(flag, there: moved, here: []) == ["left-out-by-name 1"])
    #expect(try await Self.said(flag, isGone: false, there: moved, here: []) == ["left-out-by-name 1"])
    #expect(try await Self.said(flag, there: moved, here: moved) == ["deleted"])
    let without = [LeftOut(path: "vendor/pkg/a.yaml", reason: .name, names: ["y"])]
    #expect(try await Self.said(flag, there: moved, here: without) == ["left-out-by-name 1"])
    #expect(try await Self.said(flag, there: without, here: []) == ["deleted"])
    // Where the file is part of the identity, another file's flag of that name is another flag.
    let scope = Scope([.init(list: "file", id: "pkg/a.yaml")])
    let other = [LeftOut(path: "vendor/pkg/b.yaml", reason: .name, names: ["x"])]
    #expect(try await Self.said(flag, there: other, here: []) == ["left-out-by-name 1"])
    #expect(try await Self.said(Self.flag("x", in: "pkg/a.yaml", scope), there: other, here: []) == ["deleted"])
    #expect(try await Self.said(Self.flag("x", in: "pkg/a.yaml", scope), there: other + moved, here: []) == ["left-out-by-name 1"])
  }

  @Test("hides anything where it could not be read, as long as that is news")
  func unread() async throws {
    let flag = Self.flag("x", in: "pkg/a.yaml")
    let unread = [LeftOut(path: "vendor/large.yaml", reason: .name)]
    #expect(try await Self.said(flag, there: unread, here: []) == ["left-out-by-name 1"])
    #expect(try await Self.said(flag, there: unread, here: unread) == ["deleted"])
    #expect(
      try await Self.said(flag, there: unread, here: [LeftOut(path: "vendor/large.yaml", reason: .name, names: ["y"])]) == [
        "left-out-by-name 1"
      ])
  }

  @Test("hides what is missing where it was not searched, and never what is new", arguments: [nil, "other tree"])
  func notSearched(since: Text?) async throws {
    var (here, there) = (SnapshotBuilder("here"), SnapshotBuilder("there"))
    here.look([Self.flag("x", in: "pkg/a.yaml")], leftOutSince: since)
    there.look([], leftOutSince: "tree")
    let gone = try await SnapshotDiff.compare(here, there)
    #expect(gone.changes.isEmpty && gone.blindSpots.map(\.code) == ["left-out-not-searched"])
    #expect(try await SnapshotDiff.compare(there, here).changes.map(\.word.string) == ["created"])
    var same = SnapshotBuilder("same")
    same.look([], leftOutSince: since)
    #expect(try await SnapshotDiff.compare(here, same).changes.map(\.word.string) == ["deleted"])
  }

  @Test("is kept in a snapshot's record, and older records have none")
  func record() throws {
    var builder = SnapshotBuilder("s")
    let leftOut = [LeftOut(path: "build", reason: .ignored), LeftOut(path: "vendor/a.yaml", reason: .name, names: ["x", "y"])]
    builder.look([], leftOut: leftOut, leftOutSince: "tree")
    #expect(try SnapshotRecord(json: SnapshotRecord(builder.snapshot).json).snapshot == builder.snapshot)
    var older = SnapshotBuilder("s")
    older.look([])
    #expect(!String(decoding: SnapshotRecord(older.snapshot).json, as: UTF8.self).contains("leftOut"))
  }
}
