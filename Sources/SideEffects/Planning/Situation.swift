/// What there is of one resource, what there should be, and what a step aims at.
struct Situation: Sendable {
  enum Aim: Hashable, Sendable {
    /// It should not be there.
    case remove
    /// It should be as it was.
    case putBack
    /// It should be there again.
    case makeAgain
    /// It is there again under another id, and what it had besides is lost.
    case settle
    /// Whether anything has to be done is for a person to say.
    case decide(because: Text)
  }

  let entry: Audit.Entry
  let aim: Aim
  /// What is there; nil where nothing is.
  let current: Resource?
  /// What should be there.
  let wanted: Resource?
  /// What differs, `before` being the value that is wanted and `after` the one that is there. Sorted by name.
  let differences: [AttributeChange]

  init(_ entry: Audit.Entry) {
    self.entry = entry
    let change = entry.change
    // What somebody else made is wanted as they left it.
    let wanted = entry.isOthersLoss ? change.after : change.before
    let current: Resource?
    switch entry.outcome {
    case nil: current = change.after
    // What is not there now is gone, but a residue of something that came is there by its name.
    case .residue: current = entry.now ?? change.after
    case .untouched, .asBefore, .reverted, .partlyReverted, .diverged, .recreated, .collateral, .since, .changedCauseUnknown, .blind:
      current = entry.now
    }
    (self.wanted, self.current) = (wanted, current)
    let all = entry.outcome == nil ? change.attributes : Self.differences(wanted, current, change.schema)
    let mended = entry.outcome == nil ? all : all.filter { Self.isToMend($0, entry) }
    aim = Self.aim(entry, wanted, current, mendsNone: mended.isEmpty && !all.isEmpty)
    switch aim {
    case .decide: differences = all
    case .remove, .putBack, .makeAgain, .settle: differences = mended
    }
  }

  /// The resource itself: what is there, else what was.
  var resource: Resource { current ?? wanted ?? entry.change.resource }

  /// Differences in secrets: of these no value is kept, so none can be put back.
  var secretDifferences: [AttributeChange] { differences.filter(isSecret) }
  var plainDifferences: [AttributeChange] { differences.filter { !isSecret($0) } }

  private func isSecret(_ difference: AttributeChange) -> Bool {
    entry.change.schema.role(of: difference.name) == .secret || difference.before?.holdsFingerprint == true
  }

  private static func aim(_ entry: Audit.Entry, _ wanted: Resource?, _ current: Resource?, mendsNone: Bool) -> Aim {
    switch entry.outcome {
    case .since: return .decide(because: "It was changed after the upgrade, by no restore that was done: it may be meant.")
    case .changedCauseUnknown:
      return .decide(because: "It differs from before the upgrade, and nobody looked after the upgrade: it may be meant.")
    case .recreated: return .settle
    case .diverged where mendsNone && wanted?.address == current?.address:
      return .decide(because: "The upgrade changed it, and somebody or something changed it again since: it may be meant.")
    case .collateral where entry.isOthersLoss: break
    case .collateral where wanted == nil:
      return .decide(because: "It came after the upgrade: it may be meant, or the restore's doing.")
    case .collateral where mendsNone && !entry.isOthersLoss && wanted?.address == current?.address:
      return .decide(because: "What is new in it came after the upgrade: it may be meant, or the restore's doing.")
    case nil, .untouched, .asBefore, .reverted, .residue, .partlyReverted, .diverged, .collateral, .blind: break
    }
    switch (wanted, current) {
    case (nil, _): return .remove
    case (.some, nil): return .makeAgain
    case (let wanted?, let current?):
      if wanted.address.id == current.address.id { return isOther(wanted, current) }
      return entry.outcome == nil && isMoved(wanted, current, entry.change.schema) ? .putBack : .settle
    }
  }

  /// A flag under another id because its file has another name is the same flag.
  private static func isMoved(_ wanted: Resource, _ current: Resource, _ schema: KindSchema) -> Bool {
    schema.sort == .flag && wanted.address.scope.file != nil && current.address.scope.file != nil
  }

  /// One id may have been given to another thing: by the time of creation, where it is told.
  private static func isOther(_ wanted: Resource, _ current: Resource) -> Aim {
    guard let old = wanted.origin.at, let new = current.origin.at else { return .putBack }
    return AttributeComparison.tellSameMoment(old, new) ? .putBack : .settle
  }

  /// What others changed since is theirs; what nobody could look at stays.
  private static func isToMend(_ difference: AttributeChange, _ entry: Audit.Entry) -> Bool {
    guard let fact = entry.facts.first(where: { $0.name == difference.name }) else {
      switch entry.outcome {
      case .collateral: return entry.isOthersLoss || !difference.onlyAdds
      case .diverged: return false
      case nil, .untouched, .asBefore, .reverted, .residue, .partlyReverted, .recreated, .since, .changedCauseUnknown, .blind: return true
      }
    }
    switch fact.outcome {
    case .residue, .partlyReverted, .recreated, .reverted, .untouched, .asBefore: return true
    // A restore erases and changes back; what was not there before it is rather somebody's work.
    case .collateral: return !difference.onlyAdds
    case .diverged, .since, .changedCauseUnknown, .blind: return false
    }
  }

  private static func differences(_ wanted: Resource?, _ current: Resource?, _ schema: KindSchema) -> [AttributeChange] {
    guard let wanted, let current else { return [] }
    var comparison = AttributeComparison(before: schema, after: schema, keysAreEqual: true)
    return comparison.likeness(wanted, current).differences
  }
}

extension AttributeChange {
  /// Whether all that was there still is.
  fileprivate var onlyAdds: Bool {
    switch difference {
    case .appeared: true
    case .replaced(.set(let old), .set(let new)): Set(old).isSubset(of: new)
    case .replaced, .vanished: false
    }
  }
}
