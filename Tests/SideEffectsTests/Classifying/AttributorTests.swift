import SideEffects
import Testing

@Suite("Whose a change is")
struct AttributorTests {
  /// Minutes and seconds after 2026-11-23 14:00 UTC.
  private static func at(_ minute: Int64, _ second: Int64 = 0) -> Instant {
    Instant(year: 2026, month: 11, day: 23, secondOfDay: 50_400 + minute * 60 + second)
  }

  /// A command that ran from 14:00 to 14:10.
  private static func upgrade(_ name: Text = "u", command: Text? = "./upgrade", _ began: Instant = at(0), _ ended: Instant? = at(10))
    -> Upgrade
  {
    Upgrade(name: name, command: command, before: "u.before", began: began, after: "u.after", ended: ended, end: .exited(0))
  }

  private static func snapshot(_ name: Text, revision: Text? = nil) -> Snapshot {
    var builder = SnapshotBuilder(name)
    builder.look([], asked: Asked(provider: "p", settings: [:], revision: revision))
    return builder.snapshot
  }

  private static func attribution(
    _ what: Change.What, of upgrade: Upgrade = upgrade(), among others: [Upgrade] = [], accounts: [Text] = [], told: ToldOfChanges = ToldOfChanges()
  ) throws -> Attribution {
    let attributor = Attributor(
      upgrade, before: snapshot("u.before"), after: snapshot("u.after"), among: [upgrade] + others, accounts: accounts)
    let change = Change(what: what, schema: RollbackBuilder.schema)
    let audit = Classifier(configuration: nil, providers: [:], today: ClassifierTests.today)
      .classify(Comparison(before: "u.before", after: "u.after", changes: [change], blindSpots: []).told(told), attributor: attributor)
    return try #require(audit.entries.first?.attribution)
  }

  private static func made(_ moment: Instant, by: Text? = nil) -> Change.What {
    .created(.sample("1", origin: Origin(at: Text(moment.rfc3339), by: by)))
  }

  /// `by: evidence; evidence`
  private static func words(_ attribution: Attribution) -> String {
    "\(attribution.by.rawValue): \(attribution.evidence.map(\.string).joined(separator: "; "))"
  }

  @Test("is the upgrade's inside its time, another's outside, and nobody's within a minute of an edge, where clocks may differ")
  func times() throws {
    let window = "while its command ran (14:00 to 14:10), by whom is not told"
    let near = "within a minute of when its command began or ended, and clocks may differ, by whom is not told"
    let cases: [(Instant, String)] = [
      (Self.at(0), "upgrade: created 2026-11-23 14:00 UTC, \(window)"), (Self.at(10), "upgrade: created 2026-11-23 14:10 UTC, \(window)"),
      (Self.at(-1), "unknown: created 2026-11-23 13:59 UTC, \(near)"), (Self.at(11), "unknown: created 2026-11-23 14:11 UTC, \(near)"),
      (Self.at(-1, -1), "other: created 2026-11-23 13:58 UTC, 1 min 1 s before its command began, by whom is not told"),
      (Self.at(40), "other: created 2026-11-23 14:40 UTC, 30 min 0 s after its command had ended, by whom is not told"),
    ]
    for (moment, words) in cases { #expect(Self.words(try Self.attribution(Self.made(moment))) == words) }
  }

  @Test("is told by the time of the last change where nothing is new, and not by whoever made the thing")
  func changed() throws {
    let old = Resource.sample("1", ["url": .text("a")])
    let new = Resource.sample(
      "1", ["url": .text("b")], origin: Origin(at: "2020-01-01T00:00:00Z", by: "ann", changed: Text(Self.at(5).rfc3339)))
    let told = try Self.attribution(.updated(before: old, after: new), accounts: ["bot"])
    #expect(Self.words(told) == "upgrade: changed 2026-11-23 14:05 UTC, while its command ran (14:00 to 14:10), by whom is not told")
  }

  @Test("is not known where no time is told, nor of what is gone")
  func untold() throws {
    for (what, word): (Change.What, String) in [
      (.created(.sample("1")), "created"), (.deleted(.sample("1", origin: Origin(at: Text(Self.at(5).rfc3339)))), "deleted"),
      (.updated(before: .sample("1"), after: .sample("1", origin: Origin(at: Text(Self.at(5).rfc3339)))), "updated"),
      (.recreated(before: .sample("1"), after: .sample("2")), "made"), (.created(.sample("1", origin: Origin(at: "yesterday"))), "created"),
    ] {
      let told = try Self.attribution(what)
      #expect(Self.words(told) == "unknown: nobody tells when it was \(word)")
      #expect(!told.isTold)
    }
  }

  @Test("goes by the account too, where the configuration names those that upgrades work as")
  func accounts() throws {
    let inside = "created 2026-11-23 14:05 UTC, while its command ran (14:00 to 14:10)"
    let cases: [(Text?, [Text], String)] = [
      ("ann", [], "upgrade: \(inside), by ann"),
      ("dten-bot", ["root", "dten-*"], "upgrade: \(inside); by dten-bot, which upgrades work as"),
      ("ann", ["root", "dten-*"], "other: \(inside); by ann, which upgrades don't work as"),
      (nil, ["root"], "upgrade: \(inside), by whom is not told"),
    ]
    for (account, accounts, words) in cases {
      #expect(Self.words(try Self.attribution(Self.made(Self.at(5), by: account), accounts: accounts)) == words)
    }
    // The upgrade's account at another time is not the upgrade.
    #expect(try Self.attribution(Self.made(Self.at(40), by: "root"), accounts: ["root"]).by == .other)
  }

  @Test("of a commit is the upgrade's where its date lies inside; an older one may have come with it")
  func commits() throws {
    func commit(_ moment: Instant?) -> Change.What {
      .created(.sample("1", origin: Origin(by: "Ann", changed: moment.map { Text($0.rfc3339) }, commit: "9c01ab2")))
    }
    let inside = Self.words(try Self.attribution(commit(Self.at(5))))
    #expect(inside.hasPrefix("upgrade: commit 9c01ab2 of Ann, committed "), "\(inside)")
    #expect(inside.hasSuffix("while its command ran (14:00 to 14:10)"), "\(inside)")
    #expect(try Self.attribution(commit(Self.at(11))).by == .unknown)
    #expect(
      Self.words(try Self.attribution(commit(Self.at(-600))))
        == "unknown: commit 9c01ab2 of Ann, committed 2026-11-23 04:00 UTC: it came with the revision that was there after the upgrade")
    #expect(Self.words(try Self.attribution(commit(nil))) == "unknown: commit 9c01ab2 of Ann, whose time is not told")
  }

  @Test("of a file that was edited and not committed says so")
  func uncommitted() throws {
    let address = ResourceAddress(watch: "w", kind: "k", id: "fast", scope: .whole)
    let flag = Resource(
      address: address, name: "fast", attributes: [:], origin: .unknown, location: SourceLocation(path: "f.yaml", line: 1, bytes: nil))
    func words(_ reason: NoCommit) throws -> String {
      let told = ToldOfChanges(withoutCommit: [address: reason])
      return Self.words(try Self.attribution(.created(flag), told: told))
    }
    #expect(try words(.uncommitted) == "unknown: it stands in no commit: somebody or something edited the file")
    #expect(try words(.wentBack) == "unknown: the repository went back to an older revision")
    #expect(try words(.shallow) == "unknown: the clone is shallow, and its history ends before the commit that did it")
    #expect(try words(.notFound) == "unknown: no commit that was found did it")
    #expect(!(try Self.attribution(.created(flag)).isTold))
  }

  @Test("of a commit that was rebased or picked goes by when it was made, not by when it was written")
  func committed() throws {
    let story = CommitStory(title: "picked", committed: Self.at(5))
    let origin = Origin(by: "Ann", changed: "2024-01-01T00:00:00Z", commit: "9c01ab2", story: story)
    #expect(try Self.attribution(.created(.sample("1", origin: origin))).by == .upgrade)
  }

  @Test("is not known where two upgrades ran at the same time")
  func overlapping() throws {
    let overlapping = [Self.upgrade("v", Self.at(5), Self.at(30)), Self.upgrade("v", Self.at(-30), Self.at(0))]
    for other in overlapping {
      #expect(
        Self.words(try Self.attribution(Self.made(Self.at(5)), among: [other])) == "unknown: the upgrade v ran at the same time")
    }
    for other in [
      Self.upgrade("v", Self.at(11), Self.at(30)), Self.upgrade("v", Self.at(-30), Self.at(-1)), Self.upgrade("v", Self.at(-30), nil),
    ] {
      #expect(try Self.attribution(Self.made(Self.at(5)), among: [other]).by == .upgrade)
    }
  }

  @Test("of an upgrade by hand goes by the two looks")
  func byHand() throws {
    let upgrade = Self.upgrade(command: nil)
    #expect(
      Self.words(try Self.attribution(Self.made(Self.at(5)), of: upgrade))
        == "upgrade: created 2026-11-23 14:05 UTC, between the two looks (14:00 to 14:10), by whom is not told")
    #expect(
      Self.words(try Self.attribution(Self.made(Self.at(-90)), of: upgrade))
        == "other: created 2026-11-23 12:30 UTC, 1 h 30 min before the upgrade, by whom is not told")
  }

  @Test("makes what somebody else did and a restore undid its collateral, and no success of the restore")
  func othersLoss() async throws {
    func audit(_ moment: Instant, restored: [Text] = ["vm"]) async throws -> Audit {
      let configuration = try ConfigurationReader.read(
        Array("version: 1\nwatches: [{name: w, provider: p}]\nrestores: [{name: vm, covers: [{watch: w}]}]".utf8), file: "a.yaml")
      let attributor = Attributor(
        Self.upgrade(), before: Self.snapshot("u.before"), after: Self.snapshot("u.after"), among: [Self.upgrade()])
      let comparison = try await RollbackBuilder.compare([], [.sample("1", origin: Origin(at: Text(moment.rfc3339), by: "ann"))], [])
      return Classifier(configuration: configuration, providers: [:], today: ClassifierTests.today)
        .classify(comparison, restored: restored, attributor: attributor)
    }
    let lost = try await audit(Self.at(40))
    #expect(lost.entries.map(\.outcome) == [.collateral])
    #expect(lost.entries.map(\.isOthersLoss) == [true])
    #expect(lost.residue.count == 1)
    let text = TextReport(lost).text()
    #expect(text.contains("1 change of somebody else is undone by what was restored."), "\(text)")
    #expect(text.contains("somebody else's, and undone by vm"), "\(text)")
    #expect(!text.contains("changed since the upgrade"), "\(text)")
    #expect(text.contains("not the upgrade's: created 2026-11-23 14:40 UTC, 30 min 0 s after its command had ended, by ann"), "\(text)")
    // The upgrade's own, what nobody can tell, and what no restore that was done covers are as they were.
    #expect(try await audit(Self.at(5)).entries.map(\.outcome) == [.reverted])
    #expect(try await audit(Self.at(11)).entries.map(\.outcome) == [.reverted])
    #expect(try await audit(Self.at(40), restored: []).entries.map(\.outcome) == [.reverted])
  }
}
