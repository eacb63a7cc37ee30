/// Compares the attributes of resources as two schemas declare them.
struct AttributeComparison {
  /// What may be done with an attribute.
  private enum Treatment { case compared, passedOver, notDeclaredByBoth }

  private let before: KindSchema
  private let after: KindSchema
  /// Whether the fingerprints of both sides were made with one key.
  private let keysAreEqual: Bool
  private var treatments: [Text: Treatment] = [:]
  /// Whether fingerprints of two keys were met.
  private(set) var metOtherKey = false

  init(before: KindSchema, after: KindSchema, keysAreEqual: Bool) {
    (self.before, self.after, self.keysAreEqual) = (before, after, keysAreEqual)
  }

  mutating func likeness(_ old: Resource, _ new: Resource) -> Likeness {
    var differences: [AttributeChange] = []
    var notCompared: [Text] = []
    var mask = false
    for name in Set(old.attributes.keys).union(new.attributes.keys).sorted() {
      switch treatment(of: name) {
      case .passedOver: continue
      case .notDeclaredByBoth: notCompared.append(name)
      case .compared:
        switch compare(old.attributes[name], new.attributes[name]) {
        case .equal: continue
        case .differs(let difference): differences.append(AttributeChange(name: name, difference: difference))
        case .notComparable(let appearedOrVanished):
          notCompared.append(name)
          mask = mask || appearedOrVanished
        }
      }
    }
    return Likeness(
      creation: Self.creation(old.origin, new.origin), lastChange: lastChange(old.origin, new.origin), differences: differences,
      notCompared: notCompared, maskAppearedOrVanished: mask)
  }

  /// How one attribute compares; nil for a volatile one.
  ///
  /// `old` and `new` may be elements of its set, each as a set of its own. A mask against nothing at all is a difference.
  mutating func relation(of name: Text, _ old: Reading?, _ new: Reading?) -> Relation? {
    switch treatment(of: name) {
    case .passedOver: return nil
    case .notDeclaredByBoth: return .unknown
    case .compared:
      switch compare(old, new) {
      case .equal: return .equal
      case .differs, .notComparable(appearedOrVanished: true): return .differ
      case .notComparable(appearedOrVanished: false): return .unknown
      }
    }
  }

  private enum Result {
    case equal
    case differs(AttributeChange.Difference)
    case notComparable(appearedOrVanished: Bool)
  }

  private mutating func compare(_ old: Reading?, _ new: Reading?) -> Result {
    switch (old, new) {
    case (nil, nil): return .equal
    case (.withheld, nil), (nil, .withheld): return .notComparable(appearedOrVanished: true)
    case (.withheld, .withheld), (.withheld, .value), (.value, .withheld): return .notComparable(appearedOrVanished: false)
    case (nil, .value(let value)): return .differs(.appeared(value))
    case (.value(let value), nil): return .differs(.vanished(value))
    case (.value(let old), .value(let new)):
      if !keysAreEqual, old.holdsFingerprint, new.holdsFingerprint {
        metOtherKey = true
        return .notComparable(appearedOrVanished: false)
      }
      return old == new ? .equal : .differs(.replaced(old, new))
    }
  }

  private mutating func treatment(of name: Text) -> Treatment {
    if let known = treatments[name] { return known }
    let treatment = decide(name)
    treatments[name] = treatment
    return treatment
  }

  private func decide(_ name: Text) -> Treatment {
    switch (before.role(of: name), after.role(of: name)) {
    case (.volatile, _), (_, .volatile): .passedOver
    // Of one and the same manifest whatever was kept was declared.
    case (nil, _), (_, nil): before.manifest == after.manifest ? .compared : .notDeclaredByBoth
    case (.set, .set), (.value, .value), (.secret, .secret): .compared
    case (.set, .value), (.set, .secret), (.value, .set), (.value, .secret), (.secret, .set), (.secret, .value): .notDeclaredByBoth
    }
  }

  /// Whether both are one thing, by their times of creation.
  static func creation(_ old: Origin, _ new: Origin) -> Likeness.Creation {
    guard let old = old.at, let new = new.at else { return .untold }
    return tellSameMoment(old, new) ? .same : .other
  }

  func lastChange(_ old: Origin, _ new: Origin) -> Likeness.LastChange {
    switch (old.changed, new.changed) {
    case (nil, nil): .untold
    case (let old?, let new?): Self.tellSameMoment(old, new) ? .same : .moved
    // Many services leave it out until the first change; another manifest may just not have asked for it.
    case (nil, .some): before.manifest == after.manifest ? .moved : .untold
    case (.some, nil): .untold
    }
  }

  /// Equal as spelled, or one moment in two spellings: a service may drop or add fractions of a second from one version to the next.
  static func tellSameMoment(_ a: Text, _ b: Text) -> Bool {
    if a == b { return true }
    guard let a = Instant(told: a.string), let b = Instant(told: b.string), a.seconds == b.seconds else { return false }
    return a.nanoseconds == b.nanoseconds || a.nanoseconds == 0 || b.nanoseconds == 0
  }
}
