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

  /// The watches of repositories at their revisions of then, and what to know about each. Submodules are those that were named then.
  private func past() async throws(Failure) -> (watches: [BoundWatch], hints: [Text: Diagnostic]) {
    let asked = try workspace.watches(named: session.options.watches).filter { $0.provider.manifest.engine == .git }
    let roots = Set(asked.map { root(of: $0).settings.name })
    var watches: [BoundWatch] = []
    var hints: [Text: Diagnostic] = [:]
    // The repositories of which it is known which submodules they named.
    var known: Set<Text> = []
    for bound in workspace.watches where roots.contains(bound.settings.name) {
      let name = bound.settings.name
      do throws(Failure) {
        let (revision, how) = try await revision(of: bound)
        hints[name] = Self.hint("the state before is \(how)\(unseen(besides: name))")
        watches.append(BoundWatch(settings: bound.settings.at(revision: revision), provider: bound.provider))
        guard let submodules = await workspace.submodules(of: bound, at: revision, but: revisions) else { continue }
        known.insert(name)
        for submodule in submodules {
          let commit = submodule.target?.reference.map { String($0.string.prefix(12)) } ?? "unknown"
          let isGiven = revisions[submodule.settings.name] != nil
          hints[submodule.settings.name] = Self.hint(
            "the state before is \(commit), as \(isGiven ? "you say" : "\(submodule.target?.parent ?? name) named it then")")
          watches.append(submodule)
        }
      } catch {
        hints[name] = error.diagnostics.first
      }
    }
    // Those of which the repository above tells nothing.
    for bound in asked where bound.target?.parent != nil && hints[bound.settings.name] == nil {
      let name = bound.settings.name
      if let given = revisions[name], bound.problem == nil {
        hints[name] = Self.hint("the state before is \(given), as you say")
        watches.append(BoundWatch(settings: bound.settings.at(revision: given), provider: bound.provider))
      } else {
        let isKnown = known.contains(root(of: bound).settings.name)
        hints[name] = Self.hint(isKnown ? "no such submodule was named then" : "nobody knows which commit was named then")
      }
    }
    let names = Set(session.options.watches.map { Text($0) })
    return (names.isEmpty ? watches : watches.filter { WatchTarget.isNamed($0.settings.name, by: names) }, hints)
  }

  /// What a watch with patterns can't know of the time before.
  private func unseen(besides target: Text) -> String {
    let watch = workspace.configuration.watches.first { $0.name == WatchTarget.base(of: target) }
    let patterns = [StandardSetting.repository, .ref].filter { watch?.texts(of: $0).contains { Glob.isPattern($0.string) } ?? false }
    return patterns.isEmpty ? "" : "; what fitted the pattern then and is gone is not seen"
  }

  /// The watch of the repository in which a submodule lies, however deep; a watch that is none itself.
  private func root(of bound: BoundWatch) -> BoundWatch {
    guard let parent = bound.target?.parent, let above = workspace.watches.first(where: { $0.settings.name == parent }) else {
      return bound
    }
    return root(of: above)
  }

  /// The revision that a watch had then, and how that is known.
  private func revision(of bound: BoundWatch) async throws(Failure) -> (revision: Text, how: String) {
    let name = bound.settings.name
    if let problem = bound.problem { throw Failure(problem) }
    if let given = revisions[name] ?? revisions[WatchTarget.base(of: name)] { return (given, "\(given), as you say") }
    let watch = try workspace.resolver.watch(bound.settings, provider: bound.provider, secrets: [:])
    let found = try await Composition.git(session.environment).revision(of: watch, at: since)
    let short = found.commit.string.prefix(12)
    switch found.source {
    case .reflog: return (found.commit, "\(short), by the repository's reflog")
    case .dates: return (found.commit, "\(short), the newest commit dated before then, and dates of commits can lie")
    }
  }

  private static func hint(_ words: String) -> Diagnostic {
    Diagnostic(
      "no-before", "nobody looked before: \(words); what was not committed then is not seen",
      advice: "Take a snapshot before the next upgrade: `audit-residue run -- COMMAND`.")
  }
}
