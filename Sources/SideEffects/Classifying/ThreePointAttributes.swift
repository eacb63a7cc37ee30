/// Compares presence and attributes of one resource at three points.
struct ThreePointAttributes {
  private typealias Seen = ThreePoints.Seen

  /// What one look told of an attribute.
  private enum Told {
    case reading(Reading?)
    case unknown

    var isMasked: Bool {
      switch self {
      case .reading(.withheld): true
      case .reading(.value), .reading(nil), .unknown: false
      }
    }
  }

  /// What three looks told of an attribute.
  private struct Triple {
    let before: Told
    let after: Told
    let now: Told

    var all: [Told] { [before, after, now] }
  }

  private var beforeAfter: AttributeComparison?
  private var beforeNow: AttributeComparison?
  private var afterNow: AttributeComparison?

  init(beforeAfter: ObservationPair?, beforeNow: ObservationPair?, afterNow: ObservationPair?) {
    func comparison(_ pair: ObservationPair?) -> AttributeComparison? {
      pair.map { AttributeComparison(before: $0.before.schema, after: $0.after.schema, keysAreEqual: $0.keysAreEqual) }
    }
    (self.beforeAfter, self.beforeNow, self.afterNow) = (comparison(beforeAfter), comparison(beforeNow), comparison(afterNow))
  }

  /// Another time of creation is another thing.
  func presence(_ before: ThreePoints.Seen, _ after: ThreePoints.Seen, _ now: ThreePoints.Seen) -> History {
    History(
      beforeAfter: Self.presence(before, after), beforeNow: Self.presence(before, now), afterNow: Self.presence(after, now))
  }

  private static func presence(_ a: Seen, _ b: Seen) -> Relation {
    switch (a, b) {
    case (.unknown, _), (_, .unknown): return .unknown
    case (.absent, .absent): return .equal
    case (.absent, .present), (.present, .absent): return .differ
    case (.present(let a), .present(let b)):
      switch AttributeComparison.creation(a.origin, b.origin) {
      case .same, .untold: return .equal
      case .other: return .differ
      }
    }
  }

  /// The attributes that tell more than the presence does.
  ///
  /// Where a thing is not seen at one of the points, these are the ones that differ between the two others.
  mutating func facts(_ before: ThreePoints.Seen, _ after: ThreePoints.Seen, _ now: ThreePoints.Seen) -> [RollbackFinding.Fact] {
    let names = Set([before, after, now].flatMap { $0.resource.map { Array($0.attributes.keys) } ?? [] })
    var facts: [RollbackFinding.Fact] = []
    for name in names.sorted() {
      let triple = Triple(before: Self.told(name, before), after: Self.told(name, after), now: Self.told(name, now))
      guard tellsMore(name, before.resource, after.resource, now.resource), let histories = histories(name, triple),
        histories != [.unchanged(now: .same)]
      else { continue }
      facts.append(
        RollbackFinding.Fact(
          name: name, before: before.resource?.attributes[name], after: after.resource?.attributes[name],
          now: now.resource?.attributes[name], histories: histories))
    }
    return facts
  }

  private mutating func tellsMore(_ name: Text, _ before: Resource?, _ after: Resource?, _ now: Resource?) -> Bool {
    switch (before, after, now) {
    case (.some, .some, .some): true
    case (.some(let old), .some(let new), nil): beforeAfter?.relation(of: name, old.attributes[name], new.attributes[name]) == .differ
    case (.some(let old), nil, .some(let new)): beforeNow?.relation(of: name, old.attributes[name], new.attributes[name]) != .equal
    case (nil, .some(let old), .some(let new)): afterNow?.relation(of: name, old.attributes[name], new.attributes[name]) != .equal
    case (.some, nil, nil), (nil, .some, nil), (nil, nil, .some), (nil, nil, nil): false
    }
  }

  /// The upgrade changed something that no attribute shows: the time of the last change tells whether it was put back.
  ///
  /// Nil where the times don't tell of the change. A third time says nothing of the state.
  mutating func notShownAfterUpgrade(_ before: Resource, _ after: Resource, _ now: Resource?) -> RollbackFinding.Fact? {
    guard let now, beforeAfter?.lastChange(before.origin, after.origin) == .moved else { return nil }
    return Self.notShown(
      History(
        beforeAfter: .differ, beforeNow: Self.timesAreEqual(before, now) ? .equal : .unknown,
        afterNow: Self.timesAreEqual(after, now) ? .equal : .unknown))
  }

  /// Something that no attribute shows changed later, or nobody knows when.
  func notShownSince(_ before: Resource, _ after: ThreePoints.Seen, _ now: Resource) -> RollbackFinding.Fact? {
    guard beforeNow?.lastChange(before.origin, now.origin) == .moved else { return nil }
    return Self.notShown(after.resource == nil ? .afterUnknown(now: .other) : .unchanged(now: .other))
  }

  private static func notShown(_ history: History) -> RollbackFinding.Fact {
    RollbackFinding.Fact(name: RollbackFinding.notShown, before: nil, after: nil, now: nil, histories: [history])
  }

  /// Told neither time, a thing was not changed yet.
  private static func timesAreEqual(_ a: Resource, _ b: Resource) -> Bool {
    switch (a.origin.changed, b.origin.changed) {
    case (nil, nil): true
    case (let a?, let b?): AttributeComparison.tellSameMoment(a, b)
    case (nil, .some), (.some, nil): false
    }
  }

  private static func told(_ name: Text, _ seen: Seen) -> Told {
    switch seen {
    case .present(let resource): .reading(resource.attributes[name])
    case .absent: .reading(nil)
    case .unknown: .unknown
    }
  }

  /// Nil for a volatile one, and for one that is masked before and now and of which nothing else is known.
  private mutating func histories(_ name: Text, _ triple: Triple) -> Set<History>? {
    guard let elements = Self.elements(of: triple) else { return history(name, triple).map { [$0] } }
    var histories: Set<History> = []
    for element in elements {
      func part(_ told: Told) -> Told {
        switch told {
        case .reading(.value(.set(let elements))): .reading(elements.contains(element) ? .value(.set([element])) : nil)
        case .reading(.value(.scalar)), .reading(.value(.list)), .reading(.withheld), .reading(nil): .reading(nil)
        case .unknown: .unknown
        }
      }
      guard let history = history(name, Triple(before: part(triple.before), after: part(triple.after), now: part(triple.now))) else {
        return nil
      }
      histories.insert(history)
    }
    return histories.count > 1 ? histories.subtracting([.unchanged(now: .same)]) : histories
  }

  private mutating func history(_ name: Text, _ triple: Triple) -> History? {
    guard let beforeAfter = Self.relation(name, triple.before, triple.after, &beforeAfter),
      let beforeNow = Self.relation(name, triple.before, triple.now, &beforeNow),
      let afterNow = Self.relation(name, triple.after, triple.now, &afterNow)
    else { return nil }
    if triple.before.isMasked, triple.now.isMasked, beforeAfter == .unknown { return nil }
    return History(beforeAfter: beforeAfter, beforeNow: beforeNow, afterNow: afterNow)
  }

  /// Nil for a volatile one.
  private static func relation(_ name: Text, _ old: Told, _ new: Told, _ comparison: inout AttributeComparison?) -> Relation? {
    guard comparison != nil else { return .unknown }
    switch (old, new) {
    case (.reading(let old), .reading(let new)): return comparison?.relation(of: name, old, new)
    // Also of what was not seen a volatile one is no news.
    case (.unknown, _), (_, .unknown): return comparison?.relation(of: name, nil, nil).map { _ in .unknown }
    }
  }

  /// The elements that any of the sets holds; nil where something else than a set or nothing is told, and where no set holds any.
  private static func elements(of triple: Triple) -> [Scalar]? {
    var elements: Set<Scalar> = []
    for told in triple.all {
      switch told {
      case .reading(.value(.set(let some))): elements.formUnion(some)
      case .reading(nil), .unknown: continue
      case .reading(.value(.scalar)), .reading(.value(.list)), .reading(.withheld): return nil
      }
    }
    return elements.isEmpty ? nil : elements.sorted()
  }
}
