import SideEffects
import Testing

@Suite("A time when nobody looked before")
struct WindowComparisonTests {
  private static let since = Instant(year: 2026, month: 11, day: 23, secondOfDay: 50_400)
  private static let until = Instant(year: 2026, month: 11, day: 23, secondOfDay: 54_000)

  private static func compare(
    now: (inout SnapshotBuilder) -> Void, before: (inout SnapshotBuilder) -> Void = { _ in }, hints: [Text: Diagnostic] = [:]
  ) async throws -> Comparison {
    var (old, new) = (SnapshotBuilder("since"), SnapshotBuilder("now"))
    before(&old)
    now(&new)
    let table = ChunkTable([old, new])
    return try await WindowComparison(since: since, until: until).compare(before: old.snapshot, now: new.snapshot, hints: hints) {
      digest throws(Failure) in try await table.read(digest)
    }
  }

  private static func words(_ comparison: Comparison) -> [String] {
    comparison.changes.map { "\($0.resource.address.id) \($0.word)" }
  }

  private static func spots(_ comparison: Comparison) -> [String] {
    comparison.blindSpots.map { "\($0.watch) \($0.kind) \($0.because.rule): \($0.because.sentence)" }
  }

  @Test("shows what was made and what was changed in it, edges included, and what it can't see")
  func times() async throws {
    func thing(_ id: Text, at: Text, changed: Text? = nil) -> Resource { .sample(id, origin: Origin(at: at, changed: changed)) }
    let comparison = try await Self.compare { now in
      now.look([
        thing("begin", at: "2026-11-23T14:00:00Z"), thing("end", at: "2026-11-23T15:00:00Z"),
        thing("early", at: "2026-11-23T13:59:59Z"), thing("late", at: "2026-11-23T15:00:01Z"),
        thing("touched", at: "2020-01-01T00:00:00Z", changed: "2026-11-23T14:30:00Z"),
        thing("both", at: "2026-11-23T14:10:00Z", changed: "2026-11-23T14:30:00Z"),
      ])
    }
    #expect(Set(Self.words(comparison)) == ["begin created", "end created", "touched updated", "both created"])
    #expect(comparison.changes.allSatisfy { $0.attributes.isEmpty })
    #expect(
      Self.spots(comparison) == ["w k no-before: nobody looked before: what was deleted, and what it was that changed, can't be seen"])
  }

  @Test("says of each kind that nobody looked, also where nothing changed and where nothing is there")
  func neverClean() async throws {
    let comparison = try await Self.compare { now in
      now.look([.sample("1")])
      now.look([], kind: "other")
      now.look([], kind: "failed", completeness: .failed(NonEmpty(Diagnostic("forbidden", "no"))))
    }
    #expect(comparison.changes.isEmpty)
    let untold = "no-before: nobody looked before, and the service tells no times: nothing can be said of what changed"
    #expect(Self.spots(comparison).sorted() == ["w failed forbidden: no", "w failed \(untold)", "w k \(untold)", "w other \(untold)"])
    let audit = Classifier(configuration: nil, providers: [:], today: ClassifierTests.today).classify(comparison)
    #expect(!audit.isComplete)
  }

  @Test("compares a repository with what it was then, and says how that is known")
  func repositories() async throws {
    let hint = Diagnostic("no-before", "the state before is 9c01ab2, by the repository's reflog")
    let comparison = try await Self.compare(
      now: { $0.look([.sample("fast", ["active": .flag(true)])], schema: RollbackBuilder.schema) },
      before: { $0.look([.sample("fast", ["active": .flag(false)]), .sample("slow")], schema: RollbackBuilder.schema) }, hints: ["w": hint])
    #expect(Self.words(comparison) == ["fast updated", "slow deleted"])
    #expect(Self.spots(comparison) == ["w k no-before: the state before is 9c01ab2, by the repository's reflog"])
  }

  @Test("says only that a repository's state of then could not be read where it could not")
  func unreadable() async throws {
    let hint = Diagnostic("no-before", "the state before is nonsense, as you say")
    let comparison = try await Self.compare(
      now: { $0.look([.sample("fast")]) },
      before: { $0.look([], completeness: .failed(NonEmpty(Diagnostic("missing-revision", "`nonsense` is not in the repository")))) },
      hints: ["w": hint])
    #expect(comparison.changes.isEmpty)
    #expect(Self.spots(comparison) == ["w k missing-revision: `nonsense` is not in the repository"])
  }
}
