/// Makes the plan of what is left: a step for each residue, in the order in which they are done.
public struct Planner: Sendable {
  private let watches: [Text: Watch]
  private let patches: FlagPatches

  /// - Parameters:
  ///   - watches: By name. Of their secrets only the names are used.
  ///   - patches: Of the flags whose files could be read.
  public init(watches: [Text: Watch], patches: FlagPatches = .none) { (self.watches, self.patches) = (watches, patches) }

  /// The same plan for the same audit.
  ///
  /// - Parameters:
  ///   - seen: When the state that it plans for was looked at.
  ///   - ground: Of the newest snapshot.
  public func plan(_ audit: Audit, name: Text, seen: Instant, ground: PlanGround? = nil) -> Plan {
    let maker = StepMaker(audit: audit, watches: watches, patches: patches)
    let residue = audit.residue
    let ties = Ties(of: residue.map { Situation($0) }, hosts: watches.mapValues(\.baseHost)) { situation in
      let address = situation.resource.address
      return watches[address.watch]?.provider.manifest.kind(address.kind)?.remedies.remedy(for: situation.aim)?.after ?? []
    }.all
    let steps = StepOrder(
      drafts: residue.map { maker.draft($0) } + audit.stale.map { StaleStep(stale: $0, audit: audit).draft }, ties: ties
    ).steps
    return Plan(
      name: name, upgrade: audit.upgrade?.name, before: audit.before, after: audit.after, now: audit.now, seen: seen,
      isPrediction: audit.now == nil,
      steps: steps, blindSpots: audit.blindSpots, unseen: audit.unseen.map(Self.unseen), ground: ground)
  }

  private static func unseen(_ entry: Audit.Entry) -> Text {
    Text(
      "\(StepWords.thing(entry.change.resource)) (\(entry.change.resource.address.watch)) was \(entry.change.word) by the upgrade, and can't be looked at now"
    )
  }
}

extension Watch {
  /// The host of the service itself, which all of its things share.
  fileprivate var baseHost: String? {
    guard case .text(let base)? = settings["base"] else { return nil }
    return WebOrigin(base.string)?.host
  }
}
