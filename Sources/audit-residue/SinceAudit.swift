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
        let (revision, how) = try await revision(of: bound)
        hints[name] = Self.hint("the state before is \(how)")
        watches.append(BoundWatch(settings: bound.settings.at(revision: revision), provider: bound.provider))
      } catch {
        hints[name] = error.diagnostics.first
      }
    }
    return (watches, hints)
  }

  /// The revision that a watch had then, and how that is known.
  private func revision(of bound: BoundWatch) async throws(Failure) -> (revision: Text, how: String) {
    let name = bound.settings.name
    if let problem = bound.problem { throw Failure(problem) }
    if let given = revisions[name] { return (given, "\(given), as you say") }
    if let submodule = bound.submodule { return try await revision(of: submodule) }
    if let given = revisions[WatchTarget.base(of: name)] { return (given, "\(given), as you say") }
    let watch = try workspace.resolver.watch(bound.settings, provider: bound.provider, secrets: [:])
    let found = try await Composition.git(session.environment).revision(of: watch, at: since)
    let short = found.commit.string.prefix(12)
    switch found.source {
    case .reflog: return (found.commit, "\(short), by the repository's reflog")
    case .dates: return (found.commit, "\(short), the newest commit dated before then, and dates of commits can lie")
    }
  }

  /// The commit that the repository which holds a submodule named for it then.
  private func revision(of submodule: BoundWatch.Submodule) async throws(Failure) -> (revision: Text, how: String) {
    guard let parent = workspace.watches.first(where: { $0.settings.name == submodule.parent }) else {
      throw Failure("no-revision", "the watch `\(submodule.parent)` that names the submodule is not there")
    }
    let above = try await revision(of: parent)
    let found = try await Composition.git(session.environment).submodules(in: submodule.folder, at: above.revision)
    guard let commit = found.first(where: { $0.path == submodule.path })?.commit else {
      throw Failure(
        "no-revision", "\(submodule.parent) names no submodule \(submodule.path) at \(above.revision.string.prefix(12))",
        advice: "Name a revision of the submodule: --since-revision WATCH=REVISION")
    }
    return (commit, "\(commit.string.prefix(12)), as \(submodule.parent) names it at \(above.revision.string.prefix(12))")
  }

  private static func hint(_ words: String) -> Diagnostic {
    Diagnostic(
      "no-before", "nobody looked before: \(words); what was not committed then is not seen",
      advice: "Take a snapshot before the next upgrade: `audit-residue run -- COMMAND`.")
  }
}
