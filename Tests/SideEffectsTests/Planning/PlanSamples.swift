import SideEffects
import Testing

/// Small providers, changes and plans of them.
enum PlanSamples {
  /// A service with one kind of webhook, whose manifest's `remedy` is given, and perhaps a second kind that has none.
  static func service(kind: Text = "webhook", is sort: String = "webhook", remedy: String, more: String = "", second: String? = nil) throws
    -> Watch
  {
    let indented = remedy.split(separator: "\n", omittingEmptySubsequences: false).map { "      " + $0 }.joined(separator: "\n")
    let yaml = """
      manifest: 1
      title: Service
      settings: {base: {}, user: {}, password: {}}
      request: {base: "{base}/api", auth: {basic: "{user}:{password}"}, headers: {X-Version: "2"}, pages: none}
      kinds:
        \(kind):
          is: \(sort)
          list: {call: GET /hooks}
          id: "{id}"
          name: "{name}"
          attributes: {values: [id, name, url, active, config.url, config.type, note], sets: [events], volatile: [seen], secret: [secret]}
          \(more)
          remedy:
      \(indented)
      \(second.map { "  \($0): {is: other, list: {call: GET /others}, attributes: [id, name]}" } ?? "")

      """
    let provider = try ManifestReader.read(yaml, name: "service", file: "provider.yaml")
    return Watch(
      name: "service", provider: provider,
      settings: ["base": .text("https://service.example"), "user": .text("admin"), "password": .secret(Secret("hunter2-password"))])
  }

  static func resource(
    _ id: Text, kind: Text = "webhook", watch: Text = "service", _ attributes: [Text: Reading] = [:], origin: Origin = .unknown,
    active: Bool? = nil, references: [Text: Text] = [:]
  ) -> Resource {
    Resource(
      address: ResourceAddress(watch: watch, kind: kind, id: id), name: attributes["name"]?.text ?? id,
      attributes: attributes.merging(["id": .text(id)]) { given, _ in given }, origin: origin, isActive: active, references: references)
  }

  static func schema(_ watch: Watch, _ kind: Text) throws -> KindSchema {
    try #require(watch.provider.manifest.kind(kind)).schema(manifest: watch.provider.digest)
  }

  /// What became of a resource; both nil is no change.
  static func entry(
    _ watch: Watch, before: Resource?, after: Resource?, outcome: Outcome? = nil, now: Resource? = nil,
    facts: [Audit.Fact] = [], coverage: Coverage = .survives(["vm"]), owner: Text? = nil
  ) throws -> Audit.Entry {
    let resource = try #require(after ?? before)
    let schema = try schema(watch, resource.address.kind)
    let change: Change
    switch (before, after) {
    case (let before?, let after?):
      let names = Set(before.attributes.keys).union(after.attributes.keys).sorted()
      let attributes = names.compactMap { name -> AttributeChange? in
        switch (before.attributes[name], after.attributes[name]) {
        case (.value(let old), .value(let new)): old == new ? nil : AttributeChange(name: name, difference: .replaced(old, new))
        case (.value(let old), nil): AttributeChange(name: name, difference: .vanished(old))
        case (nil, .value(let new)): AttributeChange(name: name, difference: .appeared(new))
        default: nil
        }
      }
      change = Change(
        what: before.address == after.address ? .updated(before: before, after: after) : .recreated(before: before, after: after),
        attributes: attributes, schema: schema)
    case (let before?, nil): change = Change(what: .deleted(before), schema: schema)
    default: change = Change(what: .created(resource), schema: schema)
    }
    return Audit.Entry(change: change, coverage: coverage, outcome: outcome, now: now, facts: facts, owner: owner)
  }

  static func audit(_ entries: [Audit.Entry], now: Text? = nil, blindSpots: [BlindSpot] = []) -> Audit {
    Audit(before: "before", after: "after", now: now, entries: entries, blindSpots: blindSpots)
  }

  static let seen = Instant(year: 2026, month: 11, day: 23, secondOfDay: 50_520)

  static func plan(
    _ watches: [Watch], _ entries: [Audit.Entry], now: Text? = nil, patches: FlagPatches = .none, blindSpots: [BlindSpot] = []
  ) -> Plan {
    Planner(watches: Dictionary(watches.map { ($0.name, $0) }) { first, _ in first }, patches: patches)
      .plan(audit(entries, now: now, blindSpots: blindSpots), name: "u", seen: seen)
  }

  /// The one step of a plan of one change.
  static func step(_ watch: Watch, before: Resource?, after: Resource?, outcome: Outcome? = nil, now: Resource? = nil) throws -> Step {
    let plan = plan(
      [watch], [try entry(watch, before: before, after: after, outcome: outcome, now: now)], now: outcome == nil ? nil : "now")
    try #require(plan.steps.count == 1)
    return plan.steps[0]
  }
}

extension Reading {
  var text: Text? {
    guard case .value(.scalar(.text(let text))) = self else { return nil }
    return text
  }
}

extension Step {
  var requests: [PlannedRequest]? {
    guard case .requests(let planned) = remedy else { return nil }
    return planned.all
  }

  var words: String? {
    guard case .manual(let words, _) = remedy else { return nil }
    return words.string
  }
}
