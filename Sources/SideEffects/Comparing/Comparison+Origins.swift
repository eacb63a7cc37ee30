/// What repositories tell about changes that were found in them, by the addresses of what changed.
public struct ToldOfChanges: Sendable {
  public var origins: [ResourceAddress: Origin]
  /// Why there is no commit, for those that were looked for in vain.
  public var withoutCommit: [ResourceAddress: NoCommit]
  public var uses: [ResourceAddress: SourceUses]

  public init(
    origins: [ResourceAddress: Origin] = [:], withoutCommit: [ResourceAddress: NoCommit] = [:], uses: [ResourceAddress: SourceUses] = [:]
  ) {
    (self.origins, self.withoutCommit, self.uses) = (origins, withoutCommit, uses)
  }

  public var isEmpty: Bool { origins.isEmpty && withoutCommit.isEmpty && uses.isEmpty }

  /// Adds what is told of other changes.
  public mutating func add(_ other: ToldOfChanges) {
    origins.merge(other.origins) { first, _ in first }
    withoutCommit.merge(other.withoutCommit) { first, _ in first }
    uses.merge(other.uses) { first, _ in first }
  }
}

extension Comparison {
  /// The same, with what history tells about changes: the origins by the addresses of what changed.
  public func told(_ story: ToldOfChanges) -> Comparison {
    guard !story.isEmpty else { return self }
    var told = self
    told.changes = changes.map { $0.told(story) }
    return told
  }
}

extension Change {
  fileprivate func told(_ story: ToldOfChanges) -> Change {
    let (origin, uses) = (story.origins[resource.address] ?? .unknown, story.uses[resource.address])
    var told = self
    told.withoutCommit = story.withoutCommit[resource.address]
    if origin == .unknown, uses == nil { return told }
    told.what =
      switch what {
      case .created(let resource): .created(resource.told(origin, uses))
      case .deleted(let resource): .deleted(resource.told(origin, uses))
      case .recreated(let before, let after): .recreated(before: before, after: after.told(origin, uses))
      case .updated(let before, let after): .updated(before: before, after: after.told(origin, uses))
      }
    return told
  }
}

extension Resource {
  fileprivate func told(_ told: Origin, _ uses: SourceUses?) -> Resource {
    let origin = Origin(
      at: origin.at, by: told.by ?? origin.by, changed: told.changed ?? origin.changed, until: origin.until,
      commit: told.commit ?? origin.commit, story: told.story ?? origin.story)
    return Resource(
      address: address, name: name, attributes: attributes, origin: origin, isActive: isActive, references: references, kept: kept,
      location: location, uses: uses ?? self.uses)
  }
}

extension RollbackComparison {
  /// What was changed again after the upgrade had changed it.
  public var changedAgain: [Change] {
    findings.compactMap { finding in
      guard let left = finding.change.after, let now = finding.now, left.address == now.address, left.attributes != now.attributes,
        finding.change.before?.attributes != now.attributes
      else { return nil }
      return Change(what: .updated(before: left, after: now), schema: finding.change.schema)
    }
  }

  /// The same, with what history tells about changes; what is still as the upgrade left it has the same origin.
  ///
  /// - Parameter later: What it tells of what was changed again.
  public func told(_ story: ToldOfChanges, later: ToldOfChanges = ToldOfChanges()) -> RollbackComparison {
    guard !story.isEmpty || !later.isEmpty else { return self }
    var told = self
    told.findings = findings.map { $0.told(story, later) }
    return told
  }
}

extension RollbackFinding {
  fileprivate func told(_ story: ToldOfChanges, _ later: ToldOfChanges) -> RollbackFinding {
    let (origin, uses) = (story.origins[change.resource.address] ?? .unknown, story.uses[change.resource.address])
    let isAsLeft = now.map { $0.attributes == change.after?.attributes } ?? false
    var told = self
    told.change = change.told(story)
    told.now = now.map { $0.told(isAsLeft ? origin : later.origins[$0.address] ?? .unknown, uses) }
    return told
  }
}
