import ArgumentParser
import SideEffects

/// `audit-residue audit`: what is left of an upgrade after a rollback, by a look at what is there now.
struct AuditCommand: SessionCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit", abstract: "After a rollback, look again and say what came back and what is still as the upgrade left it.",
    discussion: """
      Compares the snapshots before and after an upgrade with what is there now. What is seen is kept, so that `plan` can use it. An \
      upgrade without a snapshot after it (a crash, a reboot) is compared as it was before with what is there now; then the cause of a \
      change is not known. Where nobody looked before, --since tells what can be told: repositories as they were, and what services \
      say that was made or changed since; it never ends with 0. Name the restores that were done with --restored: only then can a declaration under `restores` turn out \
      wrong, and a change of what such a restore covers be told from others.
      """)
  static let family = ExitStatus.Family.findings

  @Option(help: "The upgrade; the latest, if left out.") var upgrade: String?

  @Option(parsing: .upToNextOption, help: ArgumentHelp("The restores of the configuration that were done.", valueName: "name"))
  var restored: [String] = []

  @Option(help: ArgumentHelp("Compare with this snapshot instead of an upgrade's.", valueName: "snapshot")) var before: String?
  @Option(help: ArgumentHelp("With --before, the snapshot after the upgrade, if there is one.", valueName: "snapshot")) var after: String?

  @Option(
    help: ArgumentHelp(
      "Where nobody looked before: what can be told of the time since then, such as 2h, 2026-11-23 or 2026-11-23T14:00:00Z.",
      valueName: "time"))
  var since: Moment?
  @Option(help: ArgumentHelp("With --since, until when; now, if left out.", valueName: "time")) var until: Moment?
  @Option(
    name: .customLong("since-revision"), parsing: .upToNextOption,
    help: ArgumentHelp(
      "With --since, what a watch's repository was then, instead of what its reflog or its commits' dates say.", valueName: "watch=revision"
    ))
  var revisions: [SinceRevision] = []

  @OptionGroup var report: ReportOptions
  @OptionGroup var exit: ExitOptions
  @OptionGroup var options: GlobalOptions

  func validate() throws {
    if upgrade != nil, before != nil { throw ValidationError("Name an upgrade with --upgrade or a snapshot with --before, not both.") }
    if since != nil, upgrade != nil || before != nil || !restored.isEmpty {
      throw ValidationError("--since is for where nobody looked before: leave --upgrade, --before and --restored out.")
    }
    if since == nil, until != nil || !revisions.isEmpty { throw ValidationError("--until and --since-revision need --since.") }
    if after != nil, before == nil { throw ValidationError("--after needs the snapshot before it: name it with --before.") }
  }

  func run(in session: Session) async throws(Stop) -> ExitStatus.Code {
    let (workspace, store) = try await StoreDesk.open(session)
    if let since { return try await audit(since: since, session, workspace, store) }
    let look = try await ExitStatus.usage.unless(try Look(session: session, workspace: workspace, store: store))
    let restores = try await ExitStatus.usage.unless(try workspace.restores(named: restored))
    let names = try await ExitStatus.failure.unless(try await SnapshotNames(store))
    let subject = try await ExitStatus.usage.unless(try subject(names))
    if self.upgrade == nil, let picked = subject.upgrade, let doubt = names.doubt(of: picked) { session.console.note(doubt) }
    let maker = AuditMaker(store: store, workspace: workspace, session: session)
    // What is to be compared must be there before anything is looked at.
    let old = try await ExitStatus.failure.unless(try await maker.snapshot(subject.before))
    let middle = try await ExitStatus.failure.unless(try await maker.snapshot(ifNamed: subject.after))
    let taken = try await ExitStatus.failure.unless(try await look.take(as: names.freeNow(after: subject.name)))
    look.tellGaps(of: taken.snapshot)
    var upgrade = subject.upgrade
    if var kept = upgrade {
      kept.rollback = Upgrade.Rollback(now: taken.snapshot.name, restored: restores)
      try await ExitStatus.failure.unless(try await store.record(kept))
      await SnapshotCopies(workspace: workspace, session: session, store: store).write(kept)
      upgrade = kept
    }
    let audit = try await ExitStatus.failure.unless(
      try await maker.audit(before: old, after: middle, now: taken.snapshot, restored: restores, upgrade: upgrade))
    try ReportWriter(session: session, options: report).write(audit, next: Advice.next(audit, upgrade: upgrade))
    return taken.signal.map { 128 + $0 } ?? ExitStatus.of(audit, exit).rawValue
  }

  /// Without a look before it never says clean: what it can't see are blind spots.
  private func audit(
    since: Moment, _ session: Session, _ workspace: Workspace, _ store: any SnapshotStore
  ) async throws(Stop) -> ExitStatus.Code {
    let now = session.now
    let names = try await ExitStatus.failure.unless(try await SnapshotNames(store))
    let given = Dictionary(revisions.map { ($0.watch, $0.revision) }, uniquingKeysWith: { _, last in last })
    let window = try await ExitStatus.usage.unless(try window(from: since, now, workspace))
    let since = SinceAudit(
      session: session, workspace: workspace, store: store, since: window.since, until: window.until, revisions: given)
    let (audit, signal) = try await ExitStatus.failure.unless(try await since.audit(names))
    try ReportWriter(session: session, options: report).write(audit)
    return signal.map { 128 + $0 }
      ?? (exit.isZero ? ExitStatus.clean : audit.residue.isEmpty && audit.stale.isEmpty ? .blindSpots : .residue).rawValue
  }

  /// The time that is meant, where it is one and the revisions are those of repositories that are watched.
  private func window(from since: Moment, _ now: Instant, _ workspace: Workspace) throws(Failure) -> (since: Instant, until: Instant) {
    let (since, until) = (since.instant(from: now), until?.instant(from: now) ?? now)
    guard since < until else {
      throw Failure(
        "empty-time", "--since is \(since.rfc3339), and the time ends \(until.rfc3339)",
        advice: self.until == nil ? "Name a time that is past, such as 2h or 2026-11-23." : "Name as --until a later time than as --since.")
    }
    for bound in try workspace.watches(named: revisions.map(\.watch.string)) where !revisions.isEmpty {
      guard bound.provider.manifest.engine != .git else { continue }
      throw Failure(
        "no-repository", "the watch `\(bound.settings.name)` looks at no repository, so it has no revisions",
        advice: "Leave it out of --since-revision.")
    }
    return (since, until)
  }

  /// What is compared with now.
  private struct Subject {
    /// What the look of now is named after.
    let name: Text
    let before: Text
    let after: Text?
    let upgrade: Upgrade?
  }

  private func subject(_ names: SnapshotNames) throws(Failure) -> Subject {
    guard let before else {
      let upgrade = try names.upgrade(upgrade)
      return Subject(name: upgrade.name, before: upgrade.before, after: upgrade.after, upgrade: upgrade)
    }
    let old = try names.snapshot(before, .before)
    return Subject(name: old, before: old, after: try after.map { word throws(Failure) in try names.snapshot(word, .after) }, upgrade: nil)
  }
}
