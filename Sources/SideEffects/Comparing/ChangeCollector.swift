/// Turns what is found in one watch and kind into changes and blind spots.
struct ChangeCollector {
  private let pair: ObservationPair
  private var attributes: AttributeComparison
  private var ledger: BlindSpotLedger
  private var changes: [Change] = []

  init(_ pair: ObservationPair) {
    self.pair = pair
    attributes = AttributeComparison(before: pair.before.schema, after: pair.after.schema, keysAreEqual: pair.keysAreEqual)
    ledger = BlindSpotLedger(pair)
  }

  mutating func both(_ old: Resource, _ new: Resource) {
    let likeness = attributes.likeness(old, new)
    switch Finding(.both(likeness)) {
    case .unchanged: break
    case .updated, .updatedNotShown:
      let what = Change.What.updated(before: old, after: new)
      changes.append(Change(what: what, attributes: likeness.differences, notCompared: likeness.notCompared, schema: pair.after.schema))
    case .deletedAndCreated:
      changes.append(Change(what: .deleted(old), schema: pair.before.schema))
      changes.append(Change(what: .created(new), schema: pair.after.schema))
    case .created, .deleted, .unknown: break
    }
  }

  mutating func onlyBefore(_ old: Resource) {
    note(Finding(.onlyBefore(after: pair.absence(of: old, on: .after))), old, side: .after)
  }

  mutating func onlyAfter(_ new: Resource) {
    note(Finding(.onlyAfter(before: pair.absence(of: new, on: .before))), new, side: .before)
  }

  private mutating func note(_ finding: Finding, _ resource: Resource, side: ObservationPair.Side) {
    switch finding {
    case .created: changes.append(Change(what: .created(resource), schema: pair.after.schema))
    case .deleted: changes.append(Change(what: .deleted(resource), schema: pair.before.schema))
    case .unknown(let absence): ledger.count(absence, on: side)
    case .unchanged, .updated, .updatedNotShown, .deletedAndCreated: break
    }
  }

  /// The changes, those that belong together joined, and all that could not be compared.
  mutating func finish() -> (changes: [Change], blindSpots: [BlindSpot]) {
    let joined = Recreation(before: pair.before.schema, after: pair.after.schema).joined(changes, comparing: &attributes)
    if attributes.metOtherKey { ledger.noteOtherKey() }
    return (joined, ledger.blindSpots())
  }
}
