import Documents

/// What the placeholders of a remedy are filled from: the settings, what is there, what was, and what differs.
struct PlanContext {
  let template: TemplateContext
  /// Attributes that a body made of all of them would leave out.
  let unplacedBefore: [Text]
  let unplacedChanged: [Text]
  /// What is put back, by name: all that differs, or, of what is made again, all of it.
  private let goal: [Text: Value]

  /// - Parameters:
  ///   - settings: Secrets in it are only named, never told.
  ///   - wanted: What `@before` is; nil where nothing was there.
  ///   - asks: What a person was asked for; what was not stands in a request by its name.
  ///   - restored: The item as it is now with what changed put back; without it its place is shown.
  init(
    settings: [String: SettingValue], kind: KindManifest, resource: Resource, wanted: Resource?, differences: [AttributeChange],
    asks: [Text: Secret] = [:], restored: Document? = nil
  ) {
    var context = TemplateContext()
    (context.settings, context.asks, context.restored) = (settings, asks, restored)
    context.asksByName = true
    context.filePath = resource.location?.path
    context.fileLine = resource.location?.line
    for step in resource.address.scope.steps { context.parents[step.list] = .init(id: step.id, item: Document(.map([]))) }

    let item = Self.attributes(resource, kind)
    context.item = VendorNesting(item.filter { $0.key != "value" || kind.value == nil }).document
    context.stored = Self.kept(resource).merging(item) { _, attribute in attribute }
    if let wanted {
      let attributes = Self.attributes(wanted, kind)
      for (name, value) in Self.kept(wanted).merging(attributes, uniquingKeysWith: { _, attribute in attribute }) {
        context.stored[Text("@before.\(name)")] = value
      }
      let nesting = VendorNesting(attributes.filter { $0.key != "value" || kind.value == nil })
      (context.before, unplacedBefore) = (nesting.document, nesting.unplaced)
    } else {
      unplacedBefore = []
    }
    var changed: [Text: Document] = [:]
    for difference in differences where difference.name != "value" || kind.value == nil {
      changed[difference.name] = difference.before?.document ?? Document(.null)
    }
    let nesting = VendorNesting(changed)
    (context.changed, unplacedChanged) = (nesting.document, nesting.unplaced)
    template = context
    goal = differences.isEmpty ? Self.values(wanted) : Self.values(differences)
  }

  private static func values(_ differences: [AttributeChange]) -> [Text: Value] {
    Dictionary(differences.map { ($0.name, $0.before ?? .scalar(.null)) }) { first, _ in first }
  }

  /// All but secrets, which a service needn't show as they were sent.
  private static func values(_ wanted: Resource?) -> [Text: Value] {
    (wanted?.attributes ?? [:]).compactMapValues { reading in
      guard case .value(let value) = reading, !value.holdsFingerprint else { return nil }
      return value
    }
  }

  /// What shows that a request has done its work.
  func expectation(of done: CallManifest.Done) -> Expectation? {
    switch done {
    case .answer: return .answered
    case .condition(let condition): return Expectation(condition)
    case .putBack(let names):
      let patterns = names.all.map { AttributePattern($0) }
      return .present(goal.filter { name, _ in patterns.contains { $0.covers(name) } })
    }
  }

  /// What a service would take: neither secrets nor what changes by itself.
  private static func attributes(_ resource: Resource, _ kind: KindManifest) -> [Text: Document] {
    let schema = kind.schema(manifest: Digest(of: []))
    var found: [Text: Document] = [:]
    for (name, reading) in resource.attributes {
      switch (reading, schema.role(of: name)) {
      case (.withheld, _), (_, .secret), (_, .volatile): continue
      case (.value(let value), .value), (.value(let value), .set), (.value(let value), nil): found[name] = value.document
      }
    }
    return found
  }

  private static func kept(_ resource: Resource) -> [Text: Document] { resource.kept.mapValues(\.document) }
}
