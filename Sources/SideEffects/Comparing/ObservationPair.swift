/// Two observations of one watch and kind that were asked the same, and what the absence of a resource from either proves.
struct ObservationPair {
  /// One of the two snapshots.
  enum Side { case before, after }
  /// When the later one of the two was taken.
  enum Later { case after, now }

  let before: Observation
  let after: Observation
  /// Whether the fingerprints of both were made with one key.
  let keysAreEqual: Bool
  /// What the later one of the two is called: a look after an upgrade, or now.
  let later: Later
  private let gapsBefore: Set<Scope>
  private let gapsAfter: Set<Scope>
  private let leftOutBefore: LeftOutNews
  private let leftOutAfter: LeftOutNews

  init(before: Observation, after: Observation, keysAreEqual: Bool, later: Later = .after) {
    (self.before, self.after, self.keysAreEqual, self.later) = (before, after, keysAreEqual, later)
    gapsBefore = Set(before.completeness.gaps.map(\.scope))
    gapsAfter = Set(after.completeness.gaps.map(\.scope))
    leftOutBefore = LeftOutNews(before, besides: after)
    leftOutAfter = LeftOutNews(after, besides: before)
  }

  func observation(_ side: Side) -> Observation {
    switch side {
    case .before: before
    case .after: after
    }
  }

  /// What it means that `side` doesn't hold a resource that the other one holds.
  func absence(of resource: Resource, on side: Side) -> Absence {
    let address = resource.address
    let (mine, theirs, gaps, leftOut) =
      switch side {
      case .before: (before, after, gapsBefore, leftOutBefore)
      case .after: (after, before, gapsAfter, leftOutAfter)
      }
    if let step = address.scope.steps.firstIndex(where: { !mine.asked.includes(Scope([$0])) }) {
      return .notAsked(Scope([address.scope.steps[step]]))
    }
    if let gap = address.scope.andItsParents.first(where: gaps.contains) { return .unread(gap) }
    if let place = leftOut.place(of: resource) { return .leftOut(place, address.scope) }
    // What is there now and was not before is new to what the watch reads, wherever it came from.
    if side == .after, leftOut.isUnsearched, resource.location != nil { return .notSearched(address.scope) }
    if !mine.schema.listsAlike(theirs.schema) { return .otherManifest }
    if !mine.reader.reaches(asFarAs: theirs.reader) { return .otherReader }
    if !keysAreEqual, address.holdsFingerprint { return .otherKey }
    return .proven
  }

  func blindSpot(_ side: BlindSpot.Side, scope: Scope = .whole, _ because: Diagnostic, unknown: Int = 0) -> BlindSpot {
    BlindSpot(watch: after.watch, kind: after.kind, scope: scope, side: side, because: because, unknown: unknown)
  }
}

extension Scope {
  /// From the whole down to this.
  var andItsParents: [Scope] { (0...steps.count).map { Scope(Array(steps.prefix($0))) } }
}
