import SideEffects
import Testing

@Suite("A step for what refers to what is gone")
struct StaleStepTests {
  private typealias Samples = PlanSamples

  private static func audit(replaced: Bool) throws -> (Watch, Audit) {
    let watch = try Samples.service(
      kind: "token", is: "credential", remedy: "created: {do: \"DELETE /hooks/{id}\"}\nupdated: {by hand: ask}\ndeleted: {by hand: ask}")
    let old = Samples.resource("11", kind: "token", ["name": .text("deploy"), "secret": .secret("a")])
    let new = Samples.resource("12", kind: "token", ["name": .text("deploy"), "secret": .secret("b")])
    let entry = try Samples.entry(watch, before: old, after: replaced ? new : nil, outcome: .residue, now: replaced ? new : nil)
    let holder = Resource(
      address: ResourceAddress(watch: "machine", kind: "secret", id: "app.yaml api.token"), name: "app.yaml api.token",
      attributes: [".": .secret("a")], location: SourceLocation(path: "app.yaml", line: 3, bytes: nil))
    let schema = KindSchema(
      sort: .credential, level: .configuration, manifest: Digest(of: [1]), naturalKey: [], attributes: [".": .secret])
    let stale = Stale(
      holder: holder, attribute: ".", reference: .secret, target: old, replacement: replaced ? new : nil, owner: "ops", schema: schema)
    return (watch, Audit(before: "before", after: "after", now: "now", entries: [entry], blindSpots: [], stale: [stale]))
  }

  private static func plan(replaced: Bool) throws -> Plan {
    let (watch, audit) = try audit(replaced: replaced)
    return Planner(watches: ["service": watch]).plan(audit, name: "u", seen: Samples.seen)
  }

  @Test("says what holds what, where it stands, what to do, and whose it is")
  func gone() throws {
    let step = try #require(try Self.plan(replaced: false).steps.first { $0.address.watch == "machine" })
    #expect(step.title == "Mend the secret app.yaml api.token: what it refers to is gone")
    #expect(
      step.evidence.all == [
        "It holds the secret that the token deploy had, which service no longer has.", "It stands in app.yaml, line 3.",
        "By the snapshot now.",
      ])
    #expect(
      step.words
        == "The token deploy of service is gone. Have another one made and give it to the secret app.yaml api.token (app.yaml, line 3), or take the reference out."
    )
    #expect(step.owner == "ops")
    #expect(step.risk == .reversible)
    #expect(step.id.string.hasPrefix("mend-credential-"))
    #expect(step.id == (try Self.plan(replaced: true).steps.first { $0.address.watch == "machine" })?.id)
  }

  @Test("points to what there is in its place")
  func replaced() throws {
    let step = try #require(try Self.plan(replaced: true).steps.first { $0.address.watch == "machine" })
    #expect(step.title == "Mend the secret app.yaml api.token: what it refers to is another now")
    #expect(
      step.words
        == "Give the secret app.yaml api.token (app.yaml, line 3) what the token deploy of service has now, and have what reads the file read it again."
    )
  }

  @Test("is done when the old secret is no longer there, whatever is there in its place, and not before")
  func check() throws {
    let step = try #require(try Self.plan(replaced: false).steps.first { $0.address.watch == "machine" })
    let check = try #require(step.check)
    func holder(_ reading: Reading) -> Resource { Resource(address: step.address, name: "s", attributes: [".": reading]) }
    #expect(step.showsWhenDone)
    #expect(check.holds(for: holder(.secret("a"))) == false)
    #expect(check.holds(for: holder(.secret("b"))) == true)
    #expect(check.holds(for: holder(.withheld)) == nil)
    #expect(step.precondition.holds(for: holder(.secret("a"))) == true)
    #expect(step.checkWords == "Read it again: the secret app.yaml api.token no longer holds the old secret.")
  }

  @Test("comes before what is only to be known")
  func order() throws {
    let plan = try Self.plan(replaced: false)
    #expect(plan.steps.map(\.number) == [1, 2])
    #expect(plan.steps.map(\.address.watch) == ["machine", "service"])
    #expect(plan.steps.last?.evidence.all.contains("After the rollback: still gone.") == true, "\(plan.steps.last?.evidence.all ?? [])")
  }
}

@Suite("A step for what somebody else made and the restore erased")
struct OthersLossTests {
  private typealias Samples = PlanSamples

  private static func step(before: Resource?, after: Resource, now: Resource?) throws -> Step {
    let watch = try Samples.service(
      remedy: "created: {do: \"DELETE /hooks/{id}\"}\nupdated: {by hand: set it}\ndeleted: {by hand: make it again}")
    let found = try Samples.entry(watch, before: before, after: after, outcome: .collateral, now: now, coverage: .restored(by: "vm"))
    let entry = Audit.Entry(
      change: found.change, coverage: found.coverage, outcome: .collateral, now: now,
      attribution: Attribution(.other, ["created 2026-11-23 14:40 UTC, 30 min 0 s after its command had ended, by ann"]))
    let plan = Samples.plan([watch], [entry], now: "now")
    try #require(plan.steps.count == 1)
    return plan.steps[0]
  }

  @Test("makes it again as they left it, and says whose it was")
  func made() throws {
    let step = try Self.step(before: nil, after: Samples.resource("1", ["name": .text("theirs"), "note": .text("n")]), now: nil)
    #expect(step.title == "Put back what the restore erased: the webhook theirs")
    let said = step.evidence.all.map(\.string)
    #expect(said.first == "It was there after the upgrade (after) and is gone now (now).")
    #expect(said.contains("Not the upgrade's: created 2026-11-23 14:40 UTC, 30 min 0 s after its command had ended, by ann."))
    #expect(said.contains("After the rollback: somebody else's, and undone by vm."))
    #expect(step.words?.contains("with id \"1\", name theirs, note n") == true, "\(step.words ?? "")")
  }

  @Test("sets what they changed as they had it, and not as it was before the upgrade")
  func changed() throws {
    let (old, theirs) = (Samples.resource("1", ["note": .text("old")]), Samples.resource("1", ["note": .text("theirs")]))
    let step = try Self.step(before: old, after: theirs, now: old)
    #expect(step.title == "Put back what the restore erased: the webhook 1 as it was")
    #expect(step.words?.contains("set note to theirs") == true, "\(step.words ?? "")")
    #expect(step.check == .present(["note": .scalar(.text("theirs"))]))
  }
}
