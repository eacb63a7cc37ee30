/// Compares what three snapshots tell of the resources of one watch and kind.
struct ThreePoints {
  /// The keys of the snapshots' fingerprints.
  struct Keys {
    let before: Text
    let after: Text
    let now: Text
  }

  /// What each two of the snapshots say together.
  struct Changes {
    /// From before to after.
    let upgrade: [Change]
    /// From before to now.
    let left: [Change]
    /// From after to now.
    let later: [Change]
  }

  /// What one snapshot tells of an address.
  enum Seen {
    case present(Resource)
    case absent
    case unknown

    var resource: Resource? {
      switch self {
      case .present(let resource): resource
      case .absent, .unknown: nil
      }
    }
  }

  /// What the snapshot after the upgrade holds at the addresses of `left`.
  var after: [ResourceAddress: Resource] = [:]
  /// What the snapshot of now holds at the addresses of `upgrade`.
  var now: [ResourceAddress: Resource] = [:]
  private let beforeAfter: ObservationPair?
  private let beforeNow: ObservationPair?
  private let afterNow: ObservationPair?
  var attributes: ThreePointAttributes

  init(before: Observation, after: Observation?, now: Observation?, keys: Keys) {
    func pair(_ old: Observation?, _ new: Observation?, _ keysAreEqual: Bool) -> ObservationPair? {
      guard let old, let new else { return nil }
      switch Comparability(before: old, after: new, keysAreEqual: keysAreEqual) {
      case .comparable(let pair): return pair
      case .incomparable: return nil
      }
    }
    beforeAfter = pair(before, after, keys.before == keys.after)
    beforeNow = pair(before, now, keys.before == keys.now)
    afterNow = pair(after, now, keys.after == keys.now)
    attributes = ThreePointAttributes(beforeAfter: beforeAfter, beforeNow: beforeNow, afterNow: afterNow)
  }

  /// What became of each change of the upgrade, and of what only differs now.
  mutating func findings(_ changes: Changes) -> [RollbackFinding] {
    var findings: [RollbackFinding] = []
    // Addresses that are told of already.
    var told: Set<ResourceAddress> = []
    for change in changes.upgrade {
      let finding = finding(change, in: changes)
      told.formUnion([change.before?.address, change.after?.address, finding.now?.address].compactMap { $0 })
      findings.append(finding)
    }
    for change in changes.left {
      findings += untold(change, told).map { finding(since: $0) }
    }
    return findings
  }

  /// The part of a change that no other finding tells of.
  private func untold(_ change: Change, _ told: Set<ResourceAddress>) -> [Change] {
    switch change.what {
    case .created, .deleted, .updated: return told.contains(change.resource.address) ? [] : [change]
    case .recreated(let old, let new):
      switch (told.contains(old.address), told.contains(new.address)) {
      case (false, false): return [change]
      case (false, true): return [Change(what: .deleted(old), schema: change.schema)]
      case (true, false): return [Change(what: .created(new), schema: change.schema)]
      case (true, true): return []
      }
    }
  }

  private mutating func finding(_ change: Change, in changes: Changes) -> RollbackFinding {
    switch change.what {
    case .updated(let old, let new):
      let found = seenNow(old, holder: beforeNow)
      let notShown = change.isNotShown ? attributes.notShownAfterUpgrade(old, new, found.resource) : nil
      return compared(change, .present(old), .present(new), found, notShown)
    case .created(let new):
      let found = seenNow(new, holder: afterNow)
      // The id went back to the thing that had it before.
      if let there = found.resource, let old = changes.deleted(at: new.address), isSame(there, old), !isSame(there, new) {
        return compared(change, .absent, .present(new), .absent)
      }
      if found.resource == nil, let again = changes.later.first(where: { $0.isRecreation(of: new) })?.after, !changes.makes(again) {
        return RollbackFinding(change: change, presence: .replaced, facts: [], now: again)
      }
      return compared(change, .absent, .present(new), found)
    case .deleted(let old):
      let found = seenNow(old, holder: beforeNow)
      if let there = found.resource, !isSame(there, old) {
        // Under its id is another thing: the one that the upgrade made, or one that was made since.
        if let new = changes.created(at: old.address), isSame(there, new) { return compared(change, .present(old), .absent, .absent) }
        return again(change, old, there)
      }
      if found.resource == nil, let there = changes.left.first(where: { $0.isRecreation(of: old) })?.after, !changes.makes(there) {
        return again(change, old, there)
      }
      return compared(change, .present(old), .absent, found)
    case .recreated(let old, let new):
      return replaced(change, old, new, in: changes)
    }
  }

  /// A thing that the upgrade replaced by another one: which of the two is there, or a third one.
  private mutating func replaced(_ change: Change, _ old: Resource, _ new: Resource, in changes: Changes) -> RollbackFinding {
    func seen(_ thing: Resource, _ holder: ObservationPair?) -> Seen {
      let found = seenNow(thing, holder: holder)
      guard let there = found.resource else { return found }
      return isSame(there, thing) ? found : .absent
    }
    let (oldNow, newNow) = (seen(old, beforeNow), seen(new, afterNow))
    if oldNow.resource == nil, newNow.resource == nil {
      let third = changes.later.first { $0.isRecreation(of: new) }?.after ?? now[new.address]
      if let third { return RollbackFinding(change: change, presence: .replaced, facts: [], now: third) }
    }
    let presence: Set<History> = [
      attributes.presence(.present(old), .absent, oldNow), attributes.presence(.absent, .present(new), newNow),
    ]
    let there = newNow.resource ?? oldNow.resource
    let facts = there.map { attributes.facts(.present(old), .present(new), .present($0)) } ?? []
    return RollbackFinding(change: change, presence: .told(presence), facts: facts, now: there)
  }

  /// What was deleted and is there again as another thing, with what it lost.
  private mutating func again(_ change: Change, _ old: Resource, _ there: Resource) -> RollbackFinding {
    RollbackFinding(
      change: change, presence: .recreated, facts: attributes.facts(.present(old), .absent, .present(there)), now: there)
  }

  /// What is not as before although the upgrade is not known to have changed it.
  private mutating func finding(since change: Change) -> RollbackFinding {
    switch change.what {
    case .updated(let old, let new):
      let seen = seenAfter(heldBefore: old)
      return compared(change, .present(old), seen, .present(new), change.isNotShown ? attributes.notShownSince(old, seen, new) : nil)
    case .created(let new): return compared(change, .absent, seenAfter(heldNow: new), .present(new))
    case .deleted(let old): return compared(change, .present(old), seenAfter(heldBefore: old), .absent)
    case .recreated(let old, let new):
      let presence: Set<History> = [
        attributes.presence(.present(old), seenAfter(heldBefore: old), .absent),
        attributes.presence(.absent, seenAfter(heldNow: new), .present(new)),
      ]
      return RollbackFinding(change: change, presence: .told(presence), facts: [], now: new)
    }
  }

  private mutating func compared(
    _ change: Change, _ before: Seen, _ after: Seen, _ now: Seen, _ notShown: RollbackFinding.Fact? = nil
  ) -> RollbackFinding {
    RollbackFinding(
      change: change, presence: .told([attributes.presence(before, after, now)]),
      facts: attributes.facts(before, after, now) + (notShown.map { [$0] } ?? []), now: now.resource)
  }

  /// `holder` is the pair of now with the snapshot that holds it.
  private func seenNow(_ held: Resource, holder: ObservationPair?) -> Seen {
    if let resource = now[held.address] { return .present(resource) }
    return holder?.absence(of: held, on: .after) == .proven ? .absent : .unknown
  }

  /// What is told after the upgrade of a thing that the snapshot before it holds.
  private func seenAfter(heldBefore old: Resource) -> Seen {
    if let resource = after[old.address] { return .present(resource) }
    return beforeAfter?.absence(of: old, on: .after) == .proven ? .absent : .unknown
  }

  /// The same of one that is there now.
  private func seenAfter(heldNow new: Resource) -> Seen {
    if let resource = after[new.address] { return .present(resource) }
    return afterNow?.absence(of: new, on: .before) == .proven ? .absent : .unknown
  }

  private func isSame(_ a: Resource, _ b: Resource) -> Bool {
    switch AttributeComparison.creation(a.origin, b.origin) {
    case .same, .untold: true
    case .other: false
    }
  }
}

extension ThreePoints.Changes {
  func deleted(at address: ResourceAddress) -> Resource? {
    upgrade.lazy.filter { $0.after == nil }.compactMap(\.before).first { $0.address == address }
  }

  func created(at address: ResourceAddress) -> Resource? {
    upgrade.lazy.filter { $0.before == nil }.compactMap(\.after).first { $0.address == address }
  }

  /// Whether the upgrade made what is at the address: then it is told of by itself.
  func makes(_ resource: Resource) -> Bool { created(at: resource.address) != nil }
}

extension Change {
  func isRecreation(of resource: Resource) -> Bool {
    switch what {
    case .recreated(let old, _): old == resource
    case .created, .deleted, .updated: false
    }
  }
}
