import SideEffects

/// Makes audits of snapshots in a store, by what the configuration declares.
struct AuditMaker: Sendable {
  let store: any SnapshotStore
  /// Nil where a store is looked at without a configuration: then no restore covers anything.
  let workspace: Workspace?
  /// Only these watches, if any is named.
  let watches: Set<Text>
  let now: Instant
  private let origins: FlagOrigins?

  init(store: any SnapshotStore, workspace: Workspace?, session: Session) {
    (self.store, self.workspace, self.now) = (store, workspace, session.now)
    origins = workspace.map { FlagOrigins(store: store, workspace: $0, environment: session.environment) }
    watches = Set(session.options.watches.map { Text($0) })
  }

  /// Refuses watches that `--watch` names and that neither the configuration nor any of the snapshots knows.
  func checkWatches(_ snapshots: [Snapshot]) throws(Failure) {
    let known = Set(snapshots.flatMap(\.observations).map(\.watch))
    let unknown = watches.sorted().filter { name in !known.contains { WatchTarget.isNamed($0, by: [name]) } }
    if let workspace {
      if !unknown.isEmpty { _ = try workspace.watches(named: unknown.map(\.string)) }
    } else if let first = unknown.first {
      throw Failure("unknown-watch", "no watch of these snapshots is called `\(first)`", advice: "`audit-residue show NAME` names them.")
    }
  }

  /// The same for the snapshots of an upgrade.
  func checkWatches(of upgrade: Upgrade) async throws(Failure) {
    var snapshots: [Snapshot] = []
    for name in [upgrade.before, upgrade.after, upgrade.rollback?.now] {
      if let name, let snapshot = try await store.snapshot(named: name) { snapshots.append(snapshot) }
    }
    try checkWatches(snapshots)
  }

  /// What the configuration wants looked at, or those of it that `--watch` names.
  private var expected: [ExpectedListing] {
    let asked = (workspace?.watches ?? []).filter { watches.isEmpty || WatchTarget.isNamed($0.settings.name, by: watches) }
    return asked.flatMap { bound in
      bound.provider.manifest.kinds.map(\.name).filter { bound.settings.only?.contains($0) ?? true }
        .map { ExpectedListing(watch: bound.settings.name, kind: $0) }
    }
  }

  /// A snapshot by its own name.
  func snapshot(_ name: Text) async throws(Failure) -> Snapshot {
    guard let snapshot = try await store.snapshot(named: name) else {
      throw Failure(
        "unknown-snapshot", "there is no snapshot `\(name)` any more", advice: "`audit-residue list` names those that are left.")
    }
    return narrowed(snapshot)
  }

  /// The same where there may be none.
  func snapshot(ifNamed name: Text?) async throws(Failure) -> Snapshot? {
    guard let name else { return nil }
    return try await snapshot(name)
  }

  /// What became of everything between two snapshots, and what a restore will not undo of it.
  func audit(before: Snapshot, after: Snapshot, upgrade: Upgrade? = nil) async throws(Failure) -> Audit {
    try checkWatches([before, after])
    let comparison = try await compare(before, after).asked(about: expected, in: [before, after])
    let audit = classifier.classify(
      comparison, subjects: Audit.Subject.all(of: after, since: before), upgrade: upgrade,
      attributor: try await attributor(upgrade, before, after))
    return try await referring(audit, after, [before, after])
  }

  /// Whose the changes of an upgrade are; nil where none was recorded.
  private func attributor(_ upgrade: Upgrade?, _ before: Snapshot, _ after: Snapshot?) async throws(Failure) -> Attributor? {
    guard let upgrade else { return nil }
    return Attributor(
      upgrade, before: before, after: after, among: try await store.upgrades(), accounts: workspace?.configuration.upgrades.accounts ?? [])
  }

  /// The audit with what its changes share with other things, and what refers to what is gone.
  private func referring(_ audit: Audit, _ newest: Snapshot, _ all: [Snapshot]) async throws(Failure) -> Audit {
    let services = Set((workspace?.watches ?? []).filter { $0.provider.manifest.engine == .http }.map(\.settings.name))
    let owners = (workspace?.watches ?? []).reduce(into: [Text: Text]()) { $0[$1.settings.name] = $1.settings.owner }
    return try await ReferenceSearch.complete(
      audit, in: newest, owners: owners, services: services, keysAreEqual: Set(all.map(\.fingerprintKey)).count == 1
    ) { [store] digest async throws(Failure) in try await store.chunk(digest) }
  }

  /// What is known of an upgrade: after a rollback where somebody looked again, else after the upgrade.
  ///
  /// It is made anew from the snapshots each time: whoever wants it later, such as `plan`, calls this.
  /// - Throws: `no-after` where nobody looked since it began.
  func audit(of upgrade: Upgrade) async throws(Failure) -> Audit {
    let before = try await snapshot(upgrade.before)
    if let rollback = upgrade.rollback {
      let after = try await snapshot(ifNamed: upgrade.after)
      return try await audit(
        before: before, after: after, now: try await snapshot(rollback.now), restored: rollback.restored, upgrade: upgrade)
    }
    guard let after = upgrade.after else { throw SnapshotNames.withoutAfter(upgrade) }
    return try await audit(before: before, after: try await snapshot(after), upgrade: upgrade)
  }

  /// What became of everything after a rollback; `after` is nil where nobody looked after the upgrade.
  func audit(
    before: Snapshot, after: Snapshot?, now: Snapshot, restored: [Text], upgrade: Upgrade? = nil
  ) async throws(Failure) -> Audit {
    try checkWatches([before, now])
    let (before, after, now) = (narrowed(before), after.map(narrowed), narrowed(now))
    let compared = try await RollbackComparison.compare(before: before, after: after, now: now) {
      [store] digest async throws(Failure) in try await store.chunk(digest)
    }
    let changes = compared.findings.map(\.change)
    let again = compared.changedAgain
    let story = await origins?.told(of: changes, before: before, after: after ?? now) ?? ToldOfChanges()
    let later = again.isEmpty ? nil : await origins?.told(of: again, before: after ?? before, after: now)
    let comparison = compared.told(story, later: later ?? ToldOfChanges())
      .asked(about: expected, in: [before, after, now].compactMap { $0 })
    let audit = classifier.classify(
      comparison, restored: restored, subjects: Audit.Subject.all(of: now, since: before), upgrade: upgrade,
      attributor: after == nil ? nil : try await attributor(upgrade, before, after))
    return try await referring(audit, now, [before, after, now].compactMap(\.self))
  }

  /// What a comparison found for which nobody looked before.
  func audit(of comparison: Comparison, before: Snapshot, now: Snapshot) async throws(Failure) -> Audit {
    let told = comparison.told(await origins?.told(of: comparison.changes, before: before, after: now) ?? ToldOfChanges())
      .asked(about: expected, in: [now])
    let audit = classifier.classify(told, subjects: Audit.Subject.all(of: now))
    return try await referring(audit, now, [now])
  }

  func compare(_ before: Snapshot, _ after: Snapshot) async throws(Failure) -> Comparison {
    let (before, after) = (narrowed(before), narrowed(after))
    let comparison = try await SnapshotDiff.compare(
      before: before, after: after, moved: { [origins] in await origins?.moved($0, $1, $2, $3) ?? [] },
      read: { [store] digest async throws(Failure) in try await store.chunk(digest) })
    return comparison.told(await origins?.told(of: comparison.changes, before: before, after: after) ?? ToldOfChanges())
  }

  var classifier: Classifier {
    Classifier(configuration: workspace?.configuration, providers: workspace?.providers ?? [:], today: now)
  }

  private func narrowed(_ snapshot: Snapshot) -> Snapshot {
    guard !watches.isEmpty else { return snapshot }
    return Snapshot(
      name: snapshot.name, began: snapshot.began, ended: snapshot.ended, parent: snapshot.parent, fingerprintKey: snapshot.fingerprintKey,
      tool: snapshot.tool, observations: snapshot.observations.filter { WatchTarget.isNamed($0.watch, by: watches) })
  }
}
