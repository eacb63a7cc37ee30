import SideEffects
import Testing

@Suite("The order of a plan")
struct StepOrderTests {
  private typealias Samples = PlanSamples

  private func watch(_ name: Text, _ kind: Text, is sort: String, more: String = "") throws -> Watch {
    let made = try Samples.service(
      kind: kind, is: sort, remedy: "created: {do: \"DELETE /hooks/{id}\"}\ndeleted: {do: {call: POST /hooks, body: \"{@before}\"}}",
      more: more)
    return Watch(name: name, provider: made.provider, settings: made.settings)
  }

  private func created(_ watch: Watch, _ kind: Text, _ id: Text, _ attributes: [Text: Reading] = [:], references: [Text: Text] = [:]) throws
    -> Audit.Entry
  {
    try Samples.entry(watch, before: nil, after: Samples.resource(id, kind: kind, watch: watch.name, attributes, references: references))
  }

  @Test("takes code before the webhook that it feeds, and a webhook before the credential that it signs with")
  func uses() throws {
    let (a, b, c) = (
      try watch("a", "credential", is: "credential"), try watch("b", "webhook", is: "webhook"), try watch("c", "flag", is: "flag")
    )
    let entries = [
      try created(a, "credential", "t", ["secret": .secret("shared")]),
      try created(b, "webhook", "h", ["secret": .secret("shared"), "url": .text("https://hooks.example/v2")]),
      try created(c, "flag", "f", ["url": .text("https://hooks.example/v2")]),
    ]
    let plan = Samples.plan([a, b, c], entries)
    #expect(plan.steps.map(\.address.kind) == ["flag", "webhook", "credential"])
    #expect(plan.steps[1].follows == [.init(step: 1, because: "the flag f uses it: the URL https://hooks.example/v2")])
    #expect(plan.steps[2].follows == [.init(step: 2, because: "the webhook h uses it: the same secret, by its fingerprint")])
    #expect(Samples.plan([a, b, c], entries.reversed()) == plan)
  }

  @Test("follows what services tell, and makes a thing again before what uses it")
  func references() throws {
    let users = try watch("s", "user", is: "credential")
    let hooks = try watch("w", "grant", is: "credential")
    // One watch with two kinds: the address decides, so both are called the same.
    let both = [users, Watch(name: "s", provider: hooks.provider, settings: hooks.settings)]
    let gone = [
      try Samples.entry(users, before: Samples.resource("u", kind: "user", watch: "s"), after: nil),
      try Samples.entry(both[1], before: Samples.resource("a", kind: "grant", watch: "s", references: ["user": "u"]), after: nil),
    ]
    #expect(Samples.plan(both, gone).steps.map(\.address.kind) == ["user", "grant"])
    let come = [try created(users, "user", "u"), try created(both[1], "grant", "z", references: ["user": "u"])]
    #expect(Samples.plan(both, come).steps.map(\.address.kind) == ["grant", "user"])
  }

  @Test("breaks a circle at the same place each time, and says so")
  func circle() throws {
    let hooks = try watch("s", "webhook", is: "webhook")
    let entries = [
      try created(hooks, "webhook", "a", references: ["webhook": "b"]), try created(hooks, "webhook", "b", references: ["webhook": "c"]),
      try created(hooks, "webhook", "c", references: ["webhook": "a"]),
    ]
    let plan = Samples.plan([hooks], entries)
    #expect(plan.steps.map(\.address.id) == ["a", "b", "c"])
    #expect(
      plan.steps[0].evidence.all.last
        == "It should come after step 3, since the webhook c uses it: the service says so, and that one after it: each uses the other.")
    #expect(Samples.plan([hooks], [entries[2], entries[0], entries[1]]) == plan)
  }

  @Test("breaks a circle of two in the same way")
  func pair() throws {
    let hooks = try watch("s", "webhook", is: "webhook")
    let entries = [
      try created(hooks, "webhook", "a", references: ["webhook": "b"]), try created(hooks, "webhook", "b", references: ["webhook": "a"]),
    ]
    let plan = Samples.plan([hooks], entries)
    #expect(plan.steps.map(\.address.id) == ["a", "b"])
    #expect(plan.steps[0].evidence.all.last?.string.hasPrefix("It should come after step 2") == true)
    #expect(plan.steps[1].follows.map(\.step) == [1])
    #expect(Samples.plan([hooks], entries.reversed()) == plan)
  }

  @Test("does not take the service's own host or a short id for a use")
  func chance() throws {
    let (hooks, tokens) = (try watch("b", "webhook", is: "webhook"), try watch("a", "credential", is: "credential"))
    let entries = [
      try created(hooks, "webhook", "1", ["url": .text("https://service.example/a"), "note": .text("7")]),
      try created(tokens, "credential", "7", ["url": .text("https://service.example/b")]),
    ]
    #expect(Samples.plan([hooks, tokens], entries).steps.allSatisfy { $0.follows.isEmpty })
  }

  @Test("has data before configuration, each a section")
  func levels() throws {
    let (hooks, queues) = (try watch("a", "webhook", is: "webhook"), try watch("b", "queue", is: "other", more: "level: data"))
    let plan = Samples.plan([hooks, queues], [try created(hooks, "webhook", "h"), try created(queues, "queue", "q")])
    #expect(plan.steps.map(\.level) == [.data, .configuration])
  }

  @Test("has what a thing follows from before it, though its section comes first")
  func follows() throws {
    let policies = try watch("s", "policy", is: "other")
    let made = try Samples.service(
      kind: "queue", is: "other", remedy: "updated: {after: [policy], by hand: put back its policy}",
      more: "level: data\n    references: {policy: \"{note}\"}")
    let queues = Watch(name: "s", provider: made.provider, settings: made.settings)
    let entries = [
      try Samples.entry(
        queues, before: Samples.resource("q", kind: "queue", watch: "s", ["note": .text("p")], references: ["policy": "p"]),
        after: Samples.resource("q", kind: "queue", watch: "s", ["note": .text("r")], references: ["policy": "r"])),
      try created(policies, "policy", "r"),
      try Samples.entry(policies, before: Samples.resource("p", kind: "policy", watch: "s"), after: nil),
      try created(policies, "policy", "z"),
      try created(try watch("t", "queue", is: "other", more: "level: data"), "queue", "first"),
    ]
    let both = try Samples.service(
      kind: "queue", is: "other", remedy: "updated: {after: [policy], by hand: put back its policy}",
      more: "level: data\n    references: {policy: \"{note}\"}", second: "policy")
    let plan = Samples.plan([Watch(name: "s", provider: both.provider, settings: both.settings)], entries)
    #expect(plan.steps.map { "\($0.address.kind) \($0.address.id)" } == ["queue first", "policy p", "policy r", "policy z", "queue q"])
    #expect(plan.steps[4].follows.map(\.step) == [2, 3])
    #expect(plan.steps[4].follows.first?.because == "it uses the policy p: the service says so")
    #expect(PlanText(plan).text().contains("\ndata, continued\n"))
    #expect(Samples.plan([Watch(name: "s", provider: both.provider, settings: both.settings)], entries.reversed()) == plan)
  }

  @Test("has what stays for good at the end of its section, unless something depends on it")
  func forGood() throws {
    let flags = try Samples.service(kind: "flag", is: "flag", remedy: "created: {never: it stays}")
    let stays = Watch(name: "a", provider: flags.provider, settings: flags.settings)
    let (hooks, queues) = (try watch("b", "webhook", is: "webhook"), try watch("c", "queue", is: "other", more: "level: data"))
    let entries = [try created(stays, "flag", "f"), try created(hooks, "webhook", "h"), try created(queues, "queue", "q")]
    #expect(Samples.plan([stays, hooks, queues], entries).steps.map(\.address.kind) == ["queue", "webhook", "flag"])
    let url: [Text: Reading] = ["url": .text("https://hooks.example/v2")]
    let tied = [try created(stays, "flag", "f", url), try created(hooks, "webhook", "h", url)]
    #expect(Samples.plan([stays, hooks], tied).steps.map(\.address.kind) == ["flag", "webhook"])
  }

  @Test("holds for thousands of steps that all share something")
  func many() throws {
    let (hooks, tokens) = (try watch("b", "webhook", is: "webhook"), try watch("a", "credential", is: "credential"))
    var entries: [Audit.Entry] = []
    for index in 0..<1_000 {
      entries.append(
        try created(hooks, "webhook", Text("h\(index)"), ["url": .text("https://one.example/"), "secret": .secret("\(index)")]))
      entries.append(
        try created(tokens, "credential", Text("t\(index)"), ["url": .text("https://one.example/"), "secret": .secret("\(index)")]))
    }
    let plan = Samples.plan([hooks, tokens], entries)
    #expect(plan.steps.count == 2_000)
    #expect(plan.steps.allSatisfy { step in step.follows.allSatisfy { $0.step < step.number } })
    #expect(plan.steps.filter { $0.sort == .credential }.allSatisfy { $0.follows.count == 1 })
  }
}
