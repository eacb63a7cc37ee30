import SideEffects

/// Makes plans of a store's upgrades and keeps them.
struct PlanMaker: Sendable {
  let session: Session
  /// Nil where a store is looked at without a configuration: then the steps are words alone.
  let workspace: Workspace?
  let store: any SnapshotStore

  init(session: Session, workspace: Workspace?, store: any SnapshotStore) {
    (self.session, self.workspace, self.store) = (session, workspace, store)
  }

  /// The plan of what an upgrade left, kept under the upgrade's name; one of some watches only is not kept in place of the whole.
  func plan(for upgrade: Upgrade) async throws(Failure) -> (plan: Plan, picture: UpgradePicture) {
    let (plan, _, picture) = try await remade(for: upgrade)
    if session.options.watches.isEmpty { try await store.keepPlan(plan.name, json: Array(PlanReport(plan).json().utf8), made: session.now) }
    return (plan, picture)
  }

  /// The same made once more, and not kept, with the newest snapshot that it is made of and a picture of the whole.
  func remade(for upgrade: Upgrade) async throws(Failure) -> (plan: Plan, basis: Snapshot, picture: UpgradePicture) {
    let maker = AuditMaker(store: store, workspace: workspace, session: session)
    let audit = try await maker.audit(of: upgrade)
    let newest = try await maker.snapshot(audit.now ?? audit.after ?? audit.before)
    return (try await plan(of: audit, name: upgrade.name, newest: newest), newest, UpgradePicture(audit))
  }

  /// The plan of an audit; only repositories are read for it.
  ///
  /// - Parameter newest: Of its snapshots.
  func plan(of audit: Audit, name: Text, newest: Snapshot) async throws(Failure) -> Plan {
    let watches = watches
    let fingerprinter = Fingerprinter(key: try await store.fingerprintKey())
    let engines = Composition.Engines(environment: session.environment)
    defer { engines.close() }
    let patches = await PatchPlanner(watches: watches, source: engines.source, fingerprinter: fingerprinter).patches(for: audit)
    return Planner(watches: watches, patches: patches).plan(audit, name: name, seen: newest.ended, ground: PlanGround(newest))
  }

  /// The watches of the configuration; their secrets are not read, each stands there by its name.
  private var watches: [Text: Watch] {
    var watches: [Text: Watch] = [:]
    for bound in workspace?.watches ?? [] {
      let named = bound.settings.secrets.reduce(into: [Text: Secret]()) { $0[$1.key] = Secret("[\($1.key)]") }
      // A watch that can't be set up was told when it was looked at; its steps are words.
      watches[bound.settings.name] = try? workspace?.resolver.watch(bound.settings, provider: bound.provider, secrets: named)
    }
    return watches
  }
}
