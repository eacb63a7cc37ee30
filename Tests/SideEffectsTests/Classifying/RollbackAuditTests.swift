import SideEffects
import Testing

@Suite("An audit after a rollback")
struct RollbackAuditTests {
  static func audit(
    _ before: [Resource], _ after: [Resource]?, _ now: [Resource], restored: [Text] = ["vm"],
    restores: String = "restores:\n  - {name: dump, covers: [{watch: w}]}\n  - {name: vm, covers: [{watch: w}]}"
  ) async throws -> Audit {
    let configuration = try ConfigurationReader.read(
      Array("version: 1\nwatches: [{name: w, provider: p}]\n\(restores)".utf8), file: "audit-residue.yaml")
    return Classifier(configuration: configuration, providers: [:], today: ClassifierTests.today)
      .classify(try await RollbackBuilder.compare(before, after, now), restored: restored)
  }

  static func flag(_ value: Bool) -> [Resource] { [.sample("1", ["active": .flag(value)])] }

  @Test("says that a declaration is wrong where the restore was done, covers it and the fact is residue: with the line to mend")
  func wrongDeclaration() async throws {
    let audit = try await Self.audit(Self.flag(false), Self.flag(true), Self.flag(true))
    #expect(audit.entries.map(\.outcome) == [.residue])
    #expect(audit.entries.map(\.wrongDeclaration) == ["vm"])
    #expect(audit.entries.map(\.coverage) == [.restored(by: "vm")])
    #expect(audit.wrongDeclarations.map(\.place) == [.file("audit-residue.yaml", line: 5, column: 0)])
    #expect(audit.entries.first?.isResidue == true)
  }

  @Test("says nothing of declarations whose restore was not done, that cover nothing of it, or that did it")
  func rightDeclarations() async throws {
    #expect(try await Self.audit(Self.flag(false), Self.flag(true), Self.flag(true), restored: []).wrongDeclarations.isEmpty)
    #expect(try await Self.audit(Self.flag(false), Self.flag(true), Self.flag(false)).wrongDeclarations.isEmpty)
    let leaving = "restores: [{name: vm, leaves: [{watch: w}]}]"
    #expect(try await Self.audit(Self.flag(false), Self.flag(true), Self.flag(true), restores: leaving).wrongDeclarations.isEmpty)
    // Changed again since: the restore may have done its part.
    func text(_ value: Text) -> [Resource] { [.sample("1", ["active": .text(value)])] }
    #expect(try await Self.audit(text("a"), text("b"), text("c")).wrongDeclarations.isEmpty)
  }

  @Test("tells what the restore changed beside the upgrade from what changed since")
  func collateral() async throws {
    #expect(try await Self.audit(Self.flag(false), Self.flag(false), Self.flag(true)).entries.map(\.outcome) == [.collateral])
    #expect(try await Self.audit(Self.flag(false), Self.flag(false), Self.flag(true), restored: []).entries.map(\.outcome) == [.since])
    #expect(try await Self.audit(Self.flag(false), nil, Self.flag(true)).entries.map(\.outcome) == [.changedCauseUnknown])
    #expect(try await Self.audit(Self.flag(false), nil, Self.flag(false)).entries.isEmpty)
  }

  @Test("is complete only where each change of the upgrade could be looked at")
  func blind() async throws {
    let masked = [Resource.sample("1", ["active": .withheld])]
    let audit = try await Self.audit(Self.flag(false), Self.flag(true), masked)
    #expect(audit.entries.map(\.outcome) == [.blind])
    #expect(audit.residue.isEmpty)
    #expect(audit.blindSpots.isEmpty)
    #expect(!audit.isComplete)
  }

  @Test("says what a set holds now where it keeps what the upgrade put into it and has lost something since")
  func setWentOn() async throws {
    func hook(_ events: Text...) -> [Resource] { [.sample("1", ["events": .value(.set(Set(events.map { Scalar.text($0) })))])] }
    let same = TextReport(try await Self.audit(hook("a"), hook("a", "b"), hook("a", "b"))).text()
    #expect(same.contains("events: +b") && !same.contains(": now"))
    #expect(TextReport(try await Self.audit(hook("a"), hook("a", "b"), hook("b"))).text().contains("events  +b, still so: now b"))
  }

  @Test("of an upgrade that left nothing is complete and clean")
  func clean() async throws {
    let audit = try await Self.audit(Self.flag(false), Self.flag(true), Self.flag(false))
    #expect(audit.residue.isEmpty)
    #expect(audit.isComplete)
    #expect(audit.entries.map(\.outcome) == [.reverted])
  }
}
