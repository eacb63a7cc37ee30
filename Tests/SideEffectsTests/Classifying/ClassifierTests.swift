import SideEffects
import Testing

@Suite("A change")
struct ClassifierTests {
  /// 2026-11-25.
  static let today = Instant(year: 2026, month: 11, day: 25)

  static func configuration(_ sections: String) throws -> Configuration {
    try ConfigurationReader.read(
      Array(
        """
        version: 1
        watches:
          - {name: github, provider: some-service, owner: platform-team}
          - {name: machine, provider: some-files}
        \(sections)
        """.utf8), file: "audit-residue.yaml")
  }

  static func change(_ before: Resource?, _ after: Resource?) -> Change {
    switch (before, after) {
    case (let old?, let new?): Change(what: .updated(before: old, after: new), schema: RollbackBuilder.schema)
    case (let old?, nil): Change(what: .deleted(old), schema: RollbackBuilder.schema)
    case (nil, let new?): Change(what: .created(new), schema: RollbackBuilder.schema)
    case (nil, nil): Change(what: .created(.sample()), schema: RollbackBuilder.schema)
    }
  }

  static func audit(_ sections: String, _ changes: [Change], _ blindSpots: [BlindSpot] = []) throws -> Audit {
    Classifier(configuration: try configuration(sections), providers: [:], today: today)
      .classify(Comparison(before: "b", after: "a", changes: changes, blindSpots: blindSpots))
  }

  static func hook(_ id: Text = "7", watch: Text = "github", kind: Text = "webhook", url: Text = "https://ci.example.com/x") -> Resource {
    .sample(id, watch: watch, kind: kind, ["url": .text(url)])
  }

  @Test(
    "is covered by the selector that names it most exactly, and of equals by the one that leaves it",
    arguments: [
      ("covers: [{watch: github}]", Coverage.restored(by: "vm")), ("leaves: [{watch: github}]", .survives(["vm"])),
      ("covers: [{watch: machine}]", .unknown),
      ("covers: [{watch: github}], leaves: [{watch: github, kind: webhook}]", .survives(["vm"])),
      ("covers: [{watch: github, kind: webhook}], leaves: [{watch: github}]", .restored(by: "vm")),
      ("covers: [{watch: github, kind: webhook, id: 7}], leaves: [{watch: github, kind: webhook}]", .restored(by: "vm")),
      ("covers: [{watch: github, kind: webhook}], leaves: [{watch: github, kind: webhook, id: 7}]", .survives(["vm"])),
      ("covers: [{watch: github, kind: \"web*\"}], leaves: [{watch: github, kind: webhook}]", .survives(["vm"])),
      ("covers: [{watch: github, kind: \"web*\"}], leaves: [{watch: github, id: \"7*\"}]", .survives(["vm"])),
      ("covers: [{watch: github, id: 8}], leaves: [{watch: \"*\"}]", .survives(["vm"])),
    ])
  func exactness(lists: String, wanted: Coverage) throws {
    let audit = try Self.audit("restores: [{name: vm, \(lists)}]", [Self.change(nil, Self.hook())])
    #expect(audit.entries.map(\.coverage) == [wanted])
  }

  @Test("is restored by any restore that covers it, and residue where none does")
  func restores() throws {
    let two = "restores: [{name: vm, leaves: [{watch: github}]}, {name: dump, covers: [{watch: github}]}]"
    #expect(try Self.audit(two, [Self.change(nil, Self.hook())]).entries.map(\.coverage) == [.restored(by: "dump")])
    #expect(try Self.audit(two, [Self.change(nil, Self.hook())]).residue.isEmpty)
    let leaving = "restores: [{name: vm, leaves: [{watch: github}]}, {name: dump, leaves: [{watch: github}]}]"
    #expect(try Self.audit(leaving, [Self.change(nil, Self.hook())]).entries.map(\.coverage) == [.survives(["vm", "dump"])])
    let undeclared = try Self.audit("", [Self.change(nil, Self.hook())])
    #expect(undeclared.entries.map(\.coverage) == [.unknown])
    #expect(undeclared.residue.count == 1)
    #expect(undeclared.entries.map(\.owner) == ["platform-team"])
  }

  @Test("is ignored only where the rule fits every side that is there")
  func everySide() throws {
    let rule =
      #"ignore: [{watch: github, kind: webhook, attribute: url, matching: "^https://ci\\.example\\.com/", because: made by CI, until: 2027-01-31}]"#
    let (ci, other) = (Self.hook(), Self.hook(url: "https://hooks.example/ci"))
    for (change, isIgnored) in [
      (Self.change(nil, ci), true), (Self.change(ci, nil), true), (Self.change(ci, ci), true), (Self.change(nil, other), false),
      (Self.change(ci, other), false), (Self.change(other, ci), false),
      (Self.change(nil, .sample("7", watch: "github", kind: "webhook", ["url": .withheld])), false),
      (Self.change(nil, .sample("7", watch: "github", kind: "webhook")), false), (Self.change(nil, Self.hook(kind: "key")), false),
      (Self.change(nil, Self.hook(watch: "machine")), false),
    ] {
      let audit = try Self.audit(rule, [change])
      #expect(audit.ignored.isEmpty != isIgnored, "\(change)")
      #expect(audit.entries.isEmpty == isIgnored)
    }
  }

  @Test("after a rollback is ignored only where the rule fits what is there now too")
  func everySideNow() async throws {
    let rule = #"ignore: [{watch: w, attribute: url, matching: "^ci", because: made by CI}]"#
    let configuration = try ConfigurationReader.read(
      Array("version: 1\nwatches: [{name: w, provider: p}]\n\(rule)".utf8), file: "audit-residue.yaml")
    let classifier = Classifier(configuration: configuration, providers: [:], today: Self.today)
    func ignored(_ now: [Resource]) async throws -> Int {
      let comparison = try await RollbackBuilder.compare([], [.sample("1", ["url": .text("ci-1")])], now)
      return classifier.classify(comparison, restored: []).ignored.count
    }
    #expect(try await ignored([.sample("1", ["url": .text("ci-1")])]) == 1)
    #expect(try await ignored([]) == 1)
    #expect(try await ignored([.sample("1", ["url": .text("other")])]) == 0)
  }

  @Test(
    "is not ignored by a rule that has ended, and the report says so with its line; the last day counts",
    arguments: [("2026-11-24", false), ("2026-11-25", true)])
  func expired(until: String, holds: Bool) throws {
    let audit = try Self.audit("ignore: [{watch: github, because: known, until: \(until)}]", [Self.change(nil, Self.hook())])
    #expect(audit.ignored.count == (holds ? 1 : 0))
    #expect(audit.entries.count == (holds ? 0 : 1))
    #expect(audit.remarks.map(\.rule) == (holds ? [] : ["ignore-expired"]))
    #expect(audit.remarks.map(\.place) == (holds ? [] : [.file("audit-residue.yaml", line: 5, column: 0)]))
  }

  @Test("leaves a blind spot open unless its own code is acknowledged, today")
  func acknowledgements() throws {
    let spots = ["not-listable", "server-error"].map {
      BlindSpot(watch: "github", kind: "webhook", side: .both, because: Diagnostic(Text($0), "no"))
    }
    func open(_ sections: String) throws -> [Text] { try Self.audit(sections, [], spots).openBlindSpots.map(\.code) }
    #expect(try open("") == ["not-listable", "server-error"])
    #expect(try open("acknowledge: [{watch: github, code: not-listable, because: by hand}]") == ["server-error"])
    #expect(
      try open("acknowledge: [{watch: github, kind: webhook, code: not-listable, because: by hand, until: 2026-11-25}]") == ["server-error"]
    )
    #expect(try open("acknowledge: [{watch: github, kind: key, code: not-listable, because: by hand}]").count == 2)
    #expect(try open("acknowledge: [{watch: machine, code: not-listable, because: by hand}]").count == 2)
    let ended = try Self.audit("acknowledge: [{watch: github, code: not-listable, because: by hand, until: 2026-11-24}]", [], spots)
    #expect(ended.openBlindSpots.count == 2)
    #expect(ended.remarks.map(\.rule) == ["acknowledgement-expired"])
    // Acknowledged ones are still there to be printed.
    #expect(try Self.audit("acknowledge: [{watch: github, code: not-listable, because: by hand}]", [], spots).blindSpots.count == 2)
  }
}
