import SideEffects

/// Takes the two looks around an upgrade and keeps the record of it.
struct UpgradeRecorder: Sendable {
  let session: Session
  let workspace: Workspace
  let store: any SnapshotStore

  /// Refuses watches that `--watch` names and that are not there, before an upgrade begins.
  func checkWatches() throws(Failure) { _ = try workspace.watches(named: session.options.watches) }

  /// The upgrade's name: the user's, if it is free and can be one, else the day and a number.
  func name(_ given: String?) async throws(Failure) -> Text {
    let names = try await SnapshotNames(store)
    guard let given else { return names.free(on: session.now.day) }
    return try names.unused(given)
  }

  /// Looks before the upgrade, and says what could not be read.
  func before(_ name: Text) async throws(Failure) -> Look.Taken {
    let look = try Look(session: session, workspace: workspace, store: store)
    let taken = try await look.take(as: Text("\(name).before"))
    look.tellGaps(of: taken.snapshot)
    return taken
  }

  /// Keeps the record of an upgrade that is about to begin; from here on a crash leaves an upgrade without an after, not nothing.
  func begin(_ name: Text, command: String?, before: Snapshot) async throws(Failure) -> Upgrade {
    let upgrade = Upgrade(name: name, command: command.map { Text($0) }, before: before.name, began: session.now)
    try await record(upgrade)
    return upgrade
  }

  /// Keeps what is known of an upgrade by now, here and in the copies.
  func record(_ upgrade: Upgrade) async throws(Failure) {
    try await store.record(upgrade)
    await SnapshotCopies(workspace: workspace, session: session, store: store).write(upgrade)
  }

  /// Removes what `begin` kept of an upgrade that never was, and its snapshot, here and in the copies.
  func takeBack(_ upgrade: Upgrade) async {
    do throws(Failure) {
      let before = try await store.snapshot(named: upgrade.before)
      await SnapshotCopies(workspace: workspace, session: session, store: store).remove(upgrade, before: before)
      _ = try await store.forgetUpgrade(upgrade.name)
      _ = try await store.forget(upgrade.before)
    } catch {
      session.console.tell(error, .warning)
    }
  }

  /// Looks after the upgrade, keeps the record, and says what became of everything.
  ///
  /// - Parameter workspace: With the repositories and references that are there after the upgrade.
  func after(_ upgrade: Upgrade, in workspace: Workspace) async throws(Failure) -> (audit: Audit, signal: Int32?) {
    var upgrade = upgrade
    let maker = AuditMaker(store: store, workspace: workspace, session: session)
    let before = try await maker.snapshot(upgrade.before)
    // A target that the upgrade took away is one that was looked at.
    try maker.checkWatches([before])
    let watches = workspace.watches(stillNamed: session.options.watches)
    let taken = try await Look(session: session, workspace: workspace, store: store, watches: watches).take(
      as: Text("\(upgrade.name).after"))
    upgrade.after = taken.snapshot.name
    try await record(upgrade)
    let audit = try await maker.audit(before: before, after: taken.snapshot, upgrade: upgrade)
    return (audit, taken.signal)
  }
}
