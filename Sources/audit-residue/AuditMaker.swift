import SideEffects

/// Makes audits of snapshots in a store, by what the configuration declares.
struct AuditMaker: Sendable {
  let store: any SnapshotStore
  /// Nil where a store is looked at without a configuration: then no restore covers anything.
  let workspace: Workspace?
  /// Only these watches, if any is named.
  let watches: Set<Text>
  let now: Instant

  init(store: any SnapshotStore, workspace: Workspace?, session: Session) {
    (self.store, self.workspace, self.now) = (store, workspace, session.now)
    watches = Set(session.options.watches.map { Text($0) })
  }

  /// A snapshot by its own name.
  func snapshot(_ name: Text) async throws(Failure) -> Snapshot {
    guard let snapshot = try await store.snapshot(named: name) else {
      throw Failure("unknown-snapshot", "there is no snapshot `\(name)` any more", advice: "`audit-residue list` names those that are left.")
    }
    return narrowed(snapshot)
  }

  /// What became of everything between two snapshots, and what a restore will not undo of it.
  func audit(before: Snapshot, after: Snapshot, upgrade: Upgrade? = nil) async throws(Failure) -> Audit {
    let comparison = try await compare(before, after)
    return classifier.classify(comparison, subjects: Audit.Subject.all(of: after), upgrade: upgrade)
  }

  func compare(_ before: Snapshot, _ after: Snapshot) async throws(Failure) -> Comparison {
    try await SnapshotDiff.compare(before: narrowed(before), after: narrowed(after)) { [store] digest async throws(Failure) in try await store.chunk(digest) }
  }

  var classifier: Classifier {
    Classifier(configuration: workspace?.configuration, providers: workspace?.providers ?? [:], today: now)
  }

  private func narrowed(_ snapshot: Snapshot) -> Snapshot {
    guard !watches.isEmpty else { return snapshot }
    return Snapshot(
      name: snapshot.name, began: snapshot.began, ended: snapshot.ended, parent: snapshot.parent, fingerprintKey: snapshot.fingerprintKey,
      tool: snapshot.tool, observations: snapshot.observations.filter { watches.contains($0.watch) })
  }
}
