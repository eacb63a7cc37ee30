import ArgumentParser
import SideEffects

/// `audit-residue diff BEFORE AFTER`: what changed between two snapshots.
struct DiffCommand: SessionCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "Say what changed between two snapshots, and what a restore will not undo of it.",
    discussion: "A snapshot is named by its own name, by an upgrade's, or as @before, @after (of the latest upgrade) or @latest.")
  static let family = ExitStatus.Family.findings

  @Argument(help: "The snapshot before.") var before = "@before"
  @Argument(help: "The snapshot after; @after, or that of the upgrade that is named as before, if left out.") var after: String?
  @OptionGroup var report: ReportOptions
  @OptionGroup var exit: ExitOptions
  @OptionGroup var options: GlobalOptions

  func run(in session: Session) async throws(Stop) -> ExitStatus.Code {
    let (workspace, store) = try await StoreDesk.openIfThere(session)
    let names = try await ExitStatus.failure.unless(try await SnapshotNames(store))
    let (old, new) = try await ExitStatus.usage.unless(try names.pair(before, after))
    let maker = AuditMaker(store: store, workspace: workspace, session: session)
    let upgrade = names.upgrades.last { $0.before == old && $0.after == new }
    let (left, right) = try await ExitStatus.failure.unless((try await maker.snapshot(old), try await maker.snapshot(new)))
    try await ExitStatus.usage.unless(try maker.checkWatches([left, right]))
    let audit = try await ExitStatus.failure.unless(try await maker.audit(before: left, after: right, upgrade: upgrade))
    try ReportWriter(session: session, options: report).write(audit, next: Advice.next(audit, upgrade: upgrade))
    return ExitStatus.of(audit, exit).rawValue
  }
}
