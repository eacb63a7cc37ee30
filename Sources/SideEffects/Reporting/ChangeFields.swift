import Documents

/// A change in a JSON report.
enum ChangeFields {
  static func document(_ entry: Audit.Entry) -> Document {
    let survives: [Text]? =
      switch entry.coverage {
      case .survives(let names): names
      case .restored, .unknown: nil
      }
    let restoredBy: Text? =
      switch entry.coverage {
      case .restored(let name): name
      case .survives, .unknown: nil
      }
    return JSONFields.object(
      members(entry.change, attributes: attributes(entry)) + [
        ("coverage", .text(entry.coverage.word)), ("restoredBy", .optional(restoredBy)), ("leftBy", survives.map { .texts($0) }),
        ("outcome", entry.outcome.map { .text(Text($0.rawValue)) }), ("now", now(entry)), ("residue", .boolean(entry.isResidue)),
        ("wrongDeclaration", .optional(entry.wrongDeclaration)), ("owner", .optional(entry.owner)),
        ("origin", origin(entry.change)), ("attribution", entry.attribution.map(attribution)),
        ("ties", entry.ties.isEmpty ? nil : .list(entry.ties.map(tie))),
      ])
  }

  private static func attribution(_ attribution: Attribution) -> Document {
    JSONFields.object([("by", .text(Text(attribution.by.rawValue))), ("evidence", .texts(attribution.evidence))])
  }

  private static func tie(_ tie: Audit.Reference) -> Document {
    JSONFields.object([
      ("watch", .text(tie.address.watch)), ("kind", .text(tie.address.kind)), ("id", .text(tie.address.id)), ("name", .text(tie.name)),
      ("shares", .text(tie.how)),
    ])
  }

  /// Something that refers to what is gone or another now.
  static func document(_ stale: Stale) -> Document {
    func thing(_ resource: Resource) -> Document {
      JSONFields.object([
        ("watch", .text(resource.address.watch)), ("kind", .text(resource.address.kind)), ("id", .text(resource.address.id)),
        ("name", .text(resource.name)),
      ])
    }
    let by: Text =
      switch stale.reference {
      case .secret: "secret"
      case .id(let id): id
      }
    return JSONFields.object([
      ("watch", .text(stale.holder.address.watch)), ("kind", .text(stale.holder.address.kind)), ("id", .text(stale.holder.address.id)),
      ("name", .text(stale.holder.name)), ("attribute", .text(stale.attribute)), ("by", .text(by)), ("target", thing(stale.target)),
      ("replacement", stale.replacement.map(thing)), ("location", location(stale.holder.location)), ("owner", .optional(stale.owner)),
      ("reason", .text(Text(stale.sentence))),
    ])
  }

  static func document(_ ignored: Audit.Ignored) -> Document {
    JSONFields.object(
      members(ignored.change, attributes: attributes(ignored.change)) + [
        ("because", .text(ignored.because)), ("until", .optional(ignored.until)), ("origin", origin(ignored.change)),
      ])
  }

  private static func attributes(_ entry: Audit.Entry) -> [Document] {
    guard entry.outcome != nil else { return attributes(entry.change) }
    return entry.facts.filter { $0.name != RollbackFinding.notShown }.map(fact)
  }

  /// What differs; of something created or deleted all that is compared, which is what it appeared or vanished with.
  private static func attributes(_ change: Change) -> [Document] {
    switch change.what {
    case .updated, .recreated: change.attributes.map(attribute)
    case .created(let resource): compared(resource, change.schema).map { attribute(AttributeChange(name: $0, difference: .appeared($1))) }
    case .deleted(let resource): compared(resource, change.schema).map { attribute(AttributeChange(name: $0, difference: .vanished($1))) }
    }
  }

  private static func compared(_ resource: Resource, _ schema: KindSchema) -> [(Text, Value)] {
    resource.attributes.sorted { $0.key < $1.key }.compactMap { name, reading in
      guard case .value(let value) = reading, schema.role(of: name) != .volatile else { return nil }
      return (name, value)
    }
  }

  /// What is there now: its id and name, null where it is gone, left out where that is not known.
  private static func now(_ entry: Audit.Entry) -> Document? {
    guard let outcome = entry.outcome else { return nil }
    if let now = entry.now { return JSONFields.object([("id", .text(now.address.id)), ("name", .text(now.name))]) }
    return outcome == .blind ? nil : Document(.null)
  }

  /// A side that is absent or masked is left out; the masked ones are named.
  private static func fact(_ fact: Audit.Fact) -> Document {
    let sides: [(Text, Reading?)] = [("before", fact.before), ("after", fact.after), ("now", fact.now)]
    let masked = sides.filter { $0.1 == .withheld }.map(\.0)
    return JSONFields.object(
      [("name", .text(fact.name))] + sides.map { ($0.0.string, value($0.1)) } + [
        ("masked", masked.isEmpty ? nil : .texts(masked)), ("outcome", .text(Text(fact.outcome.rawValue))),
      ])
  }

  private static func value(_ reading: Reading?) -> Document? {
    switch reading {
    case nil, .withheld: nil
    case .value(let value): value.document
    }
  }

  private static func members(_ change: Change, attributes: [Document]) -> [(String, Document?)] {
    let (address, was) = (change.resource.address, change.before?.address)
    return [
      ("watch", .text(address.watch)), ("kind", .text(address.kind)), ("id", .text(address.id)),
      ("parent", address.scope == .whole ? nil : .text(address.scope.label)), ("parents", parents(address.scope)),
      ("name", .text(change.resource.name)), ("change", .text(change.word)),
      ("previousId", was.flatMap { $0.id == address.id ? nil : .text($0.id) }),
      ("attributes", .list(attributes)), ("notShown", change.isNotShown ? .boolean(true) : nil),
      ("notCompared", change.notCompared.isEmpty ? nil : .texts(change.notCompared)),
      ("location", location(change.resource.location)), ("uses", uses(change.resource.uses)),
    ]
  }

  /// A side that is absent is left out, so that it can be told from one that is null.
  private static func attribute(_ change: AttributeChange) -> Document {
    JSONFields.object([("name", .text(change.name)), ("before", change.before?.document), ("after", change.after?.document)])
  }

  private static func parents(_ scope: Scope) -> Document? {
    guard !scope.steps.isEmpty else { return nil }
    return .list(scope.steps.map { JSONFields.object([("list", .text($0.list)), ("id", .text($0.id)), ("name", .text($0.label))]) })
  }

  private static func uses(_ uses: SourceUses?) -> Document? {
    guard let uses else { return nil }
    return JSONFields.object([
      ("places", .list(uses.places.compactMap { location($0) })), ("count", .count(uses.count)),
      ("isCut", uses.isCut ? .boolean(true) : nil),
    ])
  }

  private static func location(_ location: SourceLocation?) -> Document? {
    location.map { JSONFields.object([("path", .text($0.path)), ("line", .count($0.line))]) }
  }

  /// `at` is when the change came about, or the resource where it was created.
  private static func origin(_ change: Change) -> Document? {
    let origin = change.resource.origin
    guard origin != .unknown else { return nil }
    let at: Text? =
      switch change.what {
      case .updated: origin.changed
      case .created, .recreated: origin.at ?? origin.changed
      case .deleted: origin.commit == nil ? nil : origin.changed
      }
    return JSONFields.object([
      ("commit", .optional(origin.commit)), ("title", origin.story.flatMap { $0.title.isEmpty ? nil : .text($0.title) }),
      ("request", .optional(origin.story?.request)),
      ("earlier", origin.story.flatMap { $0.earlier.isEmpty ? nil : .texts($0.earlier) }), ("author", .optional(origin.by)),
      ("committer", .optional(origin.story?.committer)), ("at", time(at)), ("created", time(origin.at)),
      ("changed", time(origin.changed)), ("until", time(origin.until)),
    ])
  }

  /// In UTC as RFC 3339; as the service spells it where that is no time.
  private static func time(_ told: Text?) -> Document? {
    told.map { text in Instant(told: text.string).map { .moment($0) } ?? .text(text) }
  }
}
