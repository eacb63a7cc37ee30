internal import Documents

/// The changes that providers themselves say to expect.
struct ExpectedChanges {
  private let rules: [Text: [Text: [ExpectedManifest]]]

  /// `providers` by watch.
  init(_ providers: [Text: Provider]) {
    rules = providers.mapValues { provider in
      Dictionary(provider.manifest.kinds.map { ($0.name, $0.expected) }, uniquingKeysWith: { first, _ in first })
    }
  }

  /// Why a change is no news; nil unless one rule fits every side that is there.
  func reason(for change: Change, now: Resource? = nil) -> Text? {
    let address = change.resource.address
    let sides = [change.before, change.after, now].compactMap { $0 }
    return rules[address.watch]?[address.kind]?.first { rule in
      sides.allSatisfy { side in rule.condition.holds { side.document(at: $0) } }
    }?.because
  }
}

extension Resource {
  /// What a condition's path finds in what is kept of an item; nil where nothing is.
  func document(at reference: Reference) -> Document? {
    switch attributes[reference.text] {
    case .value(let value): return value.document
    case .withheld: return nil
    case nil: break
    }
    if let scalar = kept[reference.text] { return scalar.document }
    let parent = address.scope.steps.last { reference.text == $0.list || reference.text == Text("\($0.list).id") }
    return parent.map { Document(.text($0.id.string)) }
  }
}
