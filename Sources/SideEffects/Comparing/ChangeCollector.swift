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

  private var recreation: Recreation { Recreation(before: pair.before.schema, after: pair.after.schema) }

  /// The files that may have moved, by what was found.
  mutating func moves() -> FileMoves { recreation.moves(in: changes, comparing: &attributes) }

  /// The changes, those that belong together joined, and all that could not be compared.
  ///
  /// - Parameter moves: The files that moved.
  mutating func finish(_ moves: FileMoves = .none) -> (changes: [Change], blindSpots: [BlindSpot], moves: [FileMove]) {
    let moved = recreation.moved(changes, moves, comparing: &attributes)
    let joined = recreation.joined(moved.changes, comparing: &attributes)
    if attributes.metOtherKey { ledger.noteOtherKey() }
    let told = moved.unchanged.map { files, count in
      FileMove(watch: pair.after.watch, kind: pair.after.kind, from: files.from, to: files.to, unchanged: count)
    }
    return (joined, ledger.blindSpots(), told)
  }
}
