import SideEffects
import Testing

@Suite("After a rollback")
struct RollbackComparisonTests {
  /// What one look may tell of the one resource.
  enum Look: CaseIterable {
    case absent, one, two, three, masked
    /// The listing failed there, or a gap lies above it.
    case failed, gap
    /// No snapshot at all: only after the upgrade.
    case none
  }

  static let scope = Scope([.init(list: "repository", id: "7")])

  static func resource(_ look: Look) -> Resource? {
    func value(_ text: Text) -> Resource { .sample("1", scope: scope, ["url": .text(text)]) }
    return switch look {
    case .absent, .failed, .gap, .none: nil
    case .one: value("1")
    case .two: value("2")
    case .three: value("3")
    case .masked: .sample("1", scope: scope, ["url": .withheld])
    }
  }

  static func take(_ look: Look, into builder: inout SnapshotBuilder) {
    let because = Diagnostic("forbidden", "no")
    let completeness: Completeness =
      switch look {
      case .failed: .failed(NonEmpty(because))
      case .gap: .partial(Evidence(reads: 1, items: 1), NonEmpty(Gap(scope: scope, because: because)))
      case .absent, .one, .two, .three, .masked, .none: .complete(Evidence(reads: 1, items: 1))
      }
    // Another one lies beside it and never changes.
    let neighbour = Resource.sample("0", ["url": .text("0")])
    builder.look([neighbour, resource(look)].compactMap { $0 }, schema: RollbackBuilder.schema, completeness: completeness)
  }

  static func isKnown(_ look: Look) -> Bool {
    switch look {
    case .absent, .one, .two, .three, .masked: true
    case .failed, .gap, .none: false
    }
  }

  /// How two looks compare, in the page's words, for the presence and for the attribute.
  static func relation(_ a: Look, _ b: Look) -> (presence: String, attribute: String) {
    guard isKnown(a), isKnown(b) else { return ("unknown", "unknown") }
    let presence = (a == .absent) == (b == .absent) ? "equal" : "differ"
    if a == b { return (presence, a == .masked ? "unknown" : "equal") }
    return (presence, a == .absent || b == .absent || (a != .masked && b != .masked) ? "differ" : "unknown")
  }

  /// What three tables of the page say together of a resource with one attribute.
  struct Page {
    let relations: DesignTable
    let outcomes: DesignTable
    let resources: DesignTable

    init() throws {
      relations = try DesignTable(page: "what-may-be-said.md", firstColumn: "before : after")
      outcomes = try DesignTable(page: "what-may-be-said.md", firstColumn: "before and after")
      resources = try DesignTable(page: "what-may-be-said.md", firstColumn: "reverted")
    }

    private func outcome(_ words: [String], _ isCovered: Bool) throws -> String {
      var hits: Set<Int> = []
      let history = try #require(relations.answer(words, hits: &hits))
      let parts = history == "before unknown" ? [history, "unknown"] : history.split(separator: ", ").map(String.init)
      return try #require(outcomes.answer(parts + [isCovered ? "yes" : "no"], hits: &hits))
    }

    func outcome(_ before: Look, _ after: Look, _ now: Look, isCovered: Bool) throws -> String {
      let pairs = [relation(before, after), relation(before, now), relation(after, now)]
      var parts = [try outcome(pairs.map(\.presence), isCovered)]
      if counts(before, after, now, pairs[0].attribute) { parts.append(try outcome(pairs.map(\.attribute), isCovered)) }
      let columns = ["reverted", "residue", "diverged", "changed-cause-unknown", "collateral", "since", "blind", "as-before"]
      var hits: Set<Int> = []
      return try #require(resources.answer(columns.map { parts.contains($0) ? "yes" : "no" }, hits: &hits))
    }

    /// Whether the page lets the attribute count beside the presence.
    private func counts(_ before: Look, _ after: Look, _ now: Look, _ beforeAfter: String) -> Bool {
      if before == .masked, now == .masked, beforeAfter == "unknown" { return false }
      let there = [before, after, now].filter { resource($0) != nil }
      if there.count == 3 { return true }
      guard there.count == 2 else { return false }
      // Of what is there before and after and not seen now only a known difference counts.
      return resource(now) == nil ? relation(there[0], there[1]).attribute == "differ" : relation(there[0], there[1]).attribute != "equal"
    }
  }

  @Test("is said what the page says, for every presence, value, mask, gap and crash, covered or not")
  func everyCombination() async throws {
    let page = try Page()
    var outcomes: Set<String> = []
    for before in Look.allCases where before != .none {
      for after in Look.allCases {
        for now in Look.allCases where now != .none {
          var builder = RollbackBuilder()
          Self.take(before, into: &builder.before)
          Self.take(now, into: &builder.now)
          if after == .none {
            builder.after = nil
          } else if var look = builder.after {
            Self.take(after, into: &look)
            builder.after = look
          }
          let comparison = try await builder.compare()
          for isCovered in [true, false] {
            let said = comparison.findings.map { $0.outcome(isCovered: isCovered).rawValue }
            let wanted = try page.outcome(before, after, now, isCovered: isCovered)
            let place = "\(before) -> \(after) -> \(now), covered \(isCovered)"
            if let outcome = said.first {
              outcomes.insert(outcome)
              #expect(said == [wanted], "\(place)")
            } else if wanted == "blind" {
              // Nothing that changed is known: either nobody could see it, or a mask hides it as it hides it between two snapshots.
              let isMasked = [before, after, now].contains(.masked)
              #expect(isMasked || !comparison.blindSpots.isEmpty, "\(place)")
            } else {
              #expect(["untouched", "as-before"].contains(wanted), "\(place): nothing was said")
            }
          }
        }
      }
    }
    #expect(outcomes == ["reverted", "residue", "diverged", "collateral", "since", "changed-cause-unknown", "blind", "partly-reverted"])
  }

  @Test("sets go by element")
  func sets() async throws {
    func hook(_ events: Reading) -> [Resource] { [.sample("1", ["events": events])] }
    let cases: [(Reading, Reading, Reading, String)] = [
      (.texts("push"), .texts("push", "release"), .texts("push"), "1 updated: reverted (events reverted)"),
      (.texts("push"), .texts("push", "release"), .texts("push", "release"), "1 updated: residue (events residue)"),
      (.texts("push"), .texts("push", "release"), .texts("release"), "1 updated: residue (events residue)"),
      (
        .texts("push", "tag"), .texts("push", "release"), .texts("push", "tag", "release"),
        "1 updated: partly-reverted (events partly-reverted)"
      ),
      (.texts("push"), .texts("push", "release"), .texts("push", "star"), "1 updated: since (events since)"),
      (.texts("push"), .texts("push"), .texts("push", "star"), "1 updated: since (events since)"),
    ]
    for (before, after, now, said) in cases {
      #expect(try await RollbackBuilder.compare(hook(before), hook(after), hook(now)).words() == [said])
    }
  }

  @Test("a deleted one that is there again under a new id is recreated, and what it lost is told")
  func recreated() async throws {
    let old = Resource.sample("1", ["url": .text("u"), "secret": .secret("a"), "used": .text("1")])
    let new = Resource.sample("2", ["url": .text("u"), "secret": .secret("b"), "used": .text("2")])
    let comparison = try await RollbackBuilder.compare([old], [], [new])
    #expect(comparison.words() == ["1 deleted: recreated (secret diverged)"])
    #expect(comparison.findings.first?.now == new)
    // Under its old id it is another thing when its time of creation says so.
    let again = Resource.sample("1", ["url": .text("u"), "secret": .secret("a")], origin: Origin(at: "2026-02-01T00:00:00Z"))
    let first = Resource.sample("1", ["url": .text("u"), "secret": .secret("a")], origin: Origin(at: "2026-01-01T00:00:00Z"))
    #expect(try await RollbackBuilder.compare([first], [], [again]).words() == ["1 deleted: recreated"])
    #expect(try await RollbackBuilder.compare([first], [], [first]).words() == ["1 deleted: reverted"])
  }

  @Test("one that the upgrade replaced is two: each is there or not")
  func replaced() async throws {
    let (old, new) = (Resource.sample("1", ["url": .text("u")]), Resource.sample("2", ["url": .text("u")]))
    let third = Resource.sample("3", ["url": .text("u")])
    let cases: [([Resource], String)] = [
      ([old], "reverted"), ([new], "residue"), ([old, new], "partly-reverted"), ([], "partly-reverted"), ([third], "diverged"),
    ]
    for (now, outcome) in cases {
      #expect(try await RollbackBuilder.compare([old], [new], now).words() == ["1>2 recreated: \(outcome)"])
    }
  }

  @Test("one that the upgrade made and is there again as another thing is neither as before nor as after")
  func madeAgain() async throws {
    let (made, again) = (Resource.sample("1", ["url": .text("u")]), Resource.sample("2", ["url": .text("u")]))
    let comparison = try await RollbackBuilder.compare([], [made], [again])
    #expect(comparison.words() == ["1 created: diverged"])
    #expect(comparison.findings.first?.now == again)
  }

  @Test("an id that the upgrade gave to another thing says which of the two is there")
  func reusedID() async throws {
    func thing(_ at: Text) -> Resource { .sample("1", ["active": .text("x")], origin: Origin(at: at)) }
    let (old, new, third) = (thing("2026-01-01T00:00:00Z"), thing("2026-02-01T00:00:00Z"), thing("2026-03-01T00:00:00Z"))
    #expect(try await RollbackBuilder.compare([old], [new], [old]).words() == ["1 deleted: reverted", "1 created: reverted"])
    #expect(try await RollbackBuilder.compare([old], [new], [new]).words() == ["1 deleted: residue", "1 created: residue"])
    #expect(try await RollbackBuilder.compare([old], [new], []).words() == ["1 deleted: residue", "1 created: reverted"])
    #expect(try await RollbackBuilder.compare([old], [new], [third]).words() == ["1 deleted: recreated", "1 created: diverged"])
  }

  @Test("a change that no attribute shows is told by the time of the last change")
  func notShown() async throws {
    func hook(_ changed: Text?) -> [Resource] { [.sample("1", ["url": .text("u")], origin: Origin(changed: changed))] }
    let (first, second, third) = ("2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z") as (Text, Text, Text)
    let cases: [(Text?, Text?, Text?, [String])] = [
      (first, second, first, ["1 updated: reverted ((not shown) reverted)"]),
      (first, second, second, ["1 updated: residue ((not shown) residue)"]),
      (first, second, third, ["1 updated: blind ((not shown) blind)"]), (nil, second, nil, ["1 updated: reverted ((not shown) reverted)"]),
      (nil, second, third, ["1 updated: blind ((not shown) blind)"]), (first, first, third, ["1 updated: since ((not shown) since)"]),
      (first, first, first, []),
    ]
    for (before, after, now, said) in cases {
      #expect(try await RollbackBuilder.compare(hook(before), hook(after), hook(now)).words() == said)
    }
    #expect(
      try await RollbackBuilder.compare(hook(first), nil, hook(third)).words() == [
        "1 updated: changed-cause-unknown ((not shown) changed-cause-unknown)"
      ])
  }

  @Test("one attribute back and another one not is partly reverted, and an own change since doesn't hide residue")
  func several() async throws {
    func hook(_ url: Text, _ active: Text, _ order: Text = "o", used: Text = "0") -> [Resource] {
      [.sample("1", ["url": .text(url), "active": .text(active), "order": .text(order), "used": .text(used)])]
    }
    #expect(
      try await RollbackBuilder.compare(hook("a", "x"), hook("b", "y"), hook("a", "y", used: "9")).words()
        == ["1 updated: partly-reverted (active residue, url reverted)"])
    #expect(
      try await RollbackBuilder.compare(hook("a", "x"), hook("b", "x"), hook("b", "x", "p")).words() == [
        "1 updated: residue (order since, url residue)"
      ])
    #expect(
      try await RollbackBuilder.compare(hook("a", "x"), hook("b", "x"), hook("a", "x", "p")).words() == [
        "1 updated: since (order since, url reverted)"
      ])
  }

  @Test("a look after the upgrade that failed costs the cause, and is told; before and now decide what is clean")
  func unseenAfter() async throws {
    let because = Diagnostic("server-error", "500")
    var builder = RollbackBuilder()
    builder.before.look([.sample("1"), .sample("2", ["url": .text("a")])], schema: RollbackBuilder.schema)
    builder.after?.look([], schema: RollbackBuilder.schema, completeness: .failed(NonEmpty(because)))
    builder.now.look([.sample("1"), .sample("2", ["url": .text("b")])], schema: RollbackBuilder.schema)
    let comparison = try await builder.compare()
    #expect(comparison.words() == ["2 updated: changed-cause-unknown (url changed-cause-unknown)"])
    #expect(comparison.blindSpots.isEmpty)
    #expect(comparison.remarks.map(\.rule) == ["after-unknown"])
    #expect(try await RollbackBuilder.compare([.sample("1")], nil, [.sample("1")]).remarks.map(\.rule) == ["no-after"])
  }

  @Test("a listing that fails now blinds what the upgrade changed there and nothing beside it")
  func blindNow() async throws {
    let (here, there) = (Scope([.init(list: "repository", id: "7")]), Scope([.init(list: "repository", id: "8")]))
    let gap = Completeness.partial(Evidence(reads: 1, items: 1), NonEmpty(Gap(scope: here, because: Diagnostic("forbidden", "no"))))
    var builder = RollbackBuilder()
    builder.before.look([], schema: RollbackBuilder.schema)
    builder.after?.look([.sample("1", scope: here), .sample("2", scope: there)], schema: RollbackBuilder.schema)
    builder.now.look([], schema: RollbackBuilder.schema, completeness: gap)
    let comparison = try await builder.compare()
    #expect(comparison.words() == ["1 created: blind", "2 created: reverted"])
    #expect(comparison.blindSpots.map(\.side) == [.now])
    builder.now = SnapshotBuilder("now")
    #expect(try await builder.compare().words() == ["1 created: blind", "2 created: blind"])
  }

  @Test("is compared without reading the chunks that nothing changed in")
  func memory() async throws {
    let resources = (0..<20_000).map { Resource.sample(Text("id-\($0)"), ["active": .flag(true)]) }
    func changed(_ ids: Set<Text>) -> [Resource] {
      resources.map { ids.contains($0.address.id) ? .sample($0.address.id, ["active": .flag(false)]) : $0 }
    }
    var builder = RollbackBuilder()
    builder.before.look(resources, schema: RollbackBuilder.schema)
    builder.after?.look(changed(["id-2500", "id-77"]), schema: RollbackBuilder.schema)
    builder.now.look(changed(["id-77", "id-4000"]), schema: RollbackBuilder.schema)
    let table = ChunkTable([builder.before, builder.now] + (builder.after.map { [$0] } ?? []))
    let comparison = try await RollbackComparison.compare(
      before: builder.before.snapshot, after: builder.after?.snapshot, now: builder.now.snapshot
    ) { digest throws(Failure) in try await table.read(digest) }
    #expect(
      comparison.words() == [
        "id-2500 updated: reverted (active reverted)", "id-4000 updated: since (active since)", "id-77 updated: residue (active residue)",
      ])
    #expect(builder.before.chunks.count > 25)
    #expect(await table.reads.count <= 18)
  }
}
