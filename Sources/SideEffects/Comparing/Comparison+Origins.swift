extension Comparison {
  /// The same, with what history tells about changes: the origins by the addresses of what changed.
  public func told(_ origins: [ResourceAddress: Origin]) -> Comparison {
    guard !origins.isEmpty else { return self }
    return Comparison(before: before, after: after, changes: changes.map { $0.told(origins[$0.resource.address]) }, blindSpots: blindSpots)
  }
}

extension Change {
  fileprivate func told(_ origin: Origin?) -> Change {
    guard let origin else { return self }
    let what: What =
      switch self.what {
      case .created(let resource): .created(resource.told(origin))
      case .deleted(let resource): .deleted(resource.told(origin))
      case .recreated(let before, let after): .recreated(before: before, after: after.told(origin))
      case .updated(let before, let after): .updated(before: before, after: after.told(origin))
      }
    return Change(what: what, attributes: attributes, notCompared: notCompared, schema: schema)
  }
}

extension Resource {
  fileprivate func told(_ told: Origin) -> Resource {
    let origin = Origin(
      at: origin.at, by: told.by ?? origin.by, changed: told.changed ?? origin.changed, until: origin.until,
      commit: told.commit ?? origin.commit, story: told.story ?? origin.story)
    return Resource(
      address: address, name: name, attributes: attributes, origin: origin, isActive: isActive, references: references, kept: kept,
      location: location)
  }
}

extension RollbackComparison {
  /// The same, with what history tells about changes; what is still as the upgrade left it has the same origin.
  public func told(_ origins: [ResourceAddress: Origin]) -> RollbackComparison {
    guard !origins.isEmpty else { return self }
    return RollbackComparison(
      before: before, after: after, now: now, findings: findings.map { $0.told(origins[$0.change.resource.address]) },
      blindSpots: blindSpots,
      remarks: remarks)
  }
}

extension RollbackFinding {
  fileprivate func told(_ origin: Origin?) -> RollbackFinding {
    guard let origin else { return self }
    let isAsLeft = now.map { $0.attributes == change.after?.attributes } ?? false
    return RollbackFinding(change: change.told(origin), presence: presence, facts: facts, now: isAsLeft ? now?.told(origin) : now)
  }
}
