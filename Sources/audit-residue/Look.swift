import SideEffects

/// Looks at the watches once: secrets, engines, progress, interrupts, and the snapshot in the store.
struct Look: Sendable {
  let session: Session
  let workspace: Workspace
  let store: any SnapshotStore
  let watches: [BoundWatch]

  /// What a look gave.
  struct Taken: Sendable {
    let snapshot: Snapshot
    /// The signal that cut it short, if one did: what was seen by then is in the snapshot.
    let signal: Int32?
  }

  /// - Throws: `unknown-watch` where `--watch` names one that isn't there.
  init(session: Session, workspace: Workspace, store: any SnapshotStore) throws(Failure) {
    self.init(session: session, workspace: workspace, store: store, watches: try workspace.watches(named: session.options.watches))
  }

  init(session: Session, workspace: Workspace, store: any SnapshotStore, watches: [BoundWatch]) {
    (self.session, self.workspace, self.store, self.watches) = (session, workspace, store, watches)
  }

  /// Takes a snapshot and commits it, also when it was interrupted.
  ///
  /// Secrets are read anew each time, since an upgrade may have changed them.
  /// - Throws: What kept the store from being written, or that the name is taken.
  func take(as name: Text) async throws(Failure) -> Taken {
    guard try await store.snapshot(named: name) == nil else {
      throw Failure(
        "name-taken", "there is a snapshot `\(name)` already",
        advice: "Take another name, or remove that one with `audit-residue forget \(name)`.")
    }
    let taken = try await observe(as: name)
    try await store.commit(taken.snapshot)
    await SnapshotCopies(workspace: workspace, session: session, store: store).write(taken.snapshot)
    return taken
  }

  /// Looks without keeping what was seen.
  func observe(as name: Text) async throws(Failure) -> Taken {
    let fingerprinter = Fingerprinter(key: try await store.fingerprintKey())
    let engines = Composition.Engines(environment: session.environment, patience: session.options.timeout?.duration)
    defer { engines.close() }
    let ready = await ReadyWatches(watches, workspace: workspace, environment: session.environment)
    let subjects = watches.map { subject($0, ready, engines) }
    let auditor = Auditor(store: store, fingerprinter: fingerprinter, tool: Text(AuditResidue.version)) { [session] in session.now }
    let (result, signal) = await session.hub.cancelledByInterrupt(announce: announce) { [session, subjects] in
      await session.progress.shown {
        do throws(Failure) {
          return Result<Snapshot, Failure>.success(
            try await auditor.observe(subjects, as: name) { session.progress.update($0.watch.string, $0.doing.string) })
        } catch {
          return .failure(error)
        }
      }
    }
    return Taken(snapshot: try result.get(), signal: signal)
  }

  /// Says what could not be read; the snapshot keeps it too.
  func tellGaps(of snapshot: Snapshot) {
    for gap in GapSummary(snapshot).diagnostics { session.console.tell(gap, .warning) }
  }

  /// A watch with its engine, or why it can't be looked at: that is a failed observation and nobody else's.
  private func subject(_ bound: BoundWatch, _ ready: ReadyWatches, _ engines: Composition.Engines) -> Auditor.Subject {
    let (settings, provider) = (bound.settings, bound.provider)
    let watch =
      ready.watches[settings.name]
      ?? Watch(name: settings.name, provider: provider, settings: [:], only: settings.only.map { Set($0) })
    if let problems = ready.problems[settings.name] { return .unready(watch, problems) }
    do throws(Failure) {
      return .ready(watch, try engines.engine(for: watch))
    } catch {
      return .unready(watch, error.diagnostics)
    }
  }

  private var announce: @Sendable (Int32) -> Void {
    { [session] _ in session.console.note("stopping; what was seen is kept. Once more within 2 seconds to end at once") }
  }
}
