import ProviderEngines
import SideEffects

/// An audit without a look before: `audit --since`.
struct SinceAudit: Sendable {
  let session: Session
  let workspace: Workspace
  let store: any SnapshotStore
  let since: Instant
  let until: Instant
  /// Revisions that were named, by watch.
  let revisions: [Text: Text]

  /// What was found, and the signal that cut the look short, if one did.
  func audit(_ names: SnapshotNames) async throws(Failure) -> (audit: Audit, signal: Int32?) {
    let look = try Look(session: session, workspace: workspace, store: store)
    let (past, hints) = try await past()
    let before = try await Look(session: session, workspace: workspace, store: store, watches: past).observe(as: "since")
    let now = try await look.take(as: names.freeNow(after: "since"))
    look.tellGaps(of: now.snapshot)
    let comparison = try await WindowComparison(since: since, until: until).compare(
      before: before.snapshot, now: now.snapshot, hints: hints
    ) { [store] digest async throws(Failure) in try await store.chunk(digest) }
    let maker = AuditMaker(store: store, workspace: workspace, session: session)
    return (try await maker.audit(of: comparison, before: before.snapshot, now: now.snapshot), now.signal)
  }

  /// The watches of repositories at their revisions of then, and what to know about each.
  private func past() async throws(Failure) -> (watches: [BoundWatch], hints: [Text: Diagnostic]) {
    let asked = try workspace.watches(named: session.options.watches)
    var watches: [BoundWatch] = []
    var hints: [Text: Diagnostic] = [:]
    for bound in asked where bound.provider.manifest.engine == .git {
      let name = bound.settings.name
      do throws(Failure) {
        let revision: Text
        if let given = revisions[name] ?? revisions[WatchTarget.base(of: name)] {
          revision = given
          hints[name] = Self.hint("the state before is \(given), as you say")
        } else {
          let watch = try workspace.resolver.watch(bound.settings, provider: bound.provider, secrets: [:])
          let found = try await Composition.git(session.environment).revision(of: watch, at: since)
          revision = found.commit
          switch found.source {
          case .reflog: hints[name] = Self.hint("the state before is \(found.commit.string.prefix(12)), by the repository's reflog")
          case .dates:
            hints[name] = Self.hint(
              "the state before is \(found.commit.string.prefix(12)), the newest commit dated before then, and dates of commits can lie")
          }
        }
        watches.append(BoundWatch(settings: bound.settings.at(revision: revision), provider: bound.provider))
      } catch {
        hints[name] = error.diagnostics.first
      }
    }
    return (watches, hints)
  }

  private static func hint(_ words: String) -> Diagnostic {
    Diagnostic(
      "no-before", "nobody looked before: \(words); what was not committed then is not seen",
      advice: "Take a snapshot before the next upgrade: `audit-residue run -- COMMAND`.")
  }
}
