import ArgumentParser
import SideEffects

/// `audit-residue plan`: what to do about what a restore does not undo, step by step.
struct PlanCommand: SessionCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan", abstract: "Say step by step how to undo what a restore does not.",
    discussion: """
      Nothing is sent and nothing is changed: the plan is made of the upgrade's snapshots, after a rollback with what the last audit saw, and \
      of the repositories' files as they are now. No secret is read for it, and none stands in it.
      """)
  static let family = ExitStatus.Family.findings

  @Option(help: ArgumentHelp("The upgrade; the latest, if left out.", valueName: "name")) var upgrade: String?
  @OptionGroup var report: PlanOptions
  @OptionGroup var exit: ExitOptions
  @OptionGroup var options: GlobalOptions

  func run(in session: Session) async throws(Stop) -> ExitStatus.Code {
    let (workspace, store) = try await StoreDesk.openIfThere(session)
    let names = try await ExitStatus.failure.unless(try await SnapshotNames(store))
    let upgrade = try await ExitStatus.usage.unless(try names.upgrade(upgrade))
    if self.upgrade == nil, let doubt = names.doubt(of: upgrade) { session.console.note(doubt) }
    if upgrade.rollback == nil { _ = try await ExitStatus.usage.unless(try names.after(upgrade)) }
    let looks = AuditMaker(store: store, workspace: workspace, session: session)
    try await ExitStatus.usage.unless(try await looks.checkWatches(of: upgrade))
    let maker = PlanMaker(session: session, workspace: workspace, store: store)
    let (plan, picture) = try await ExitStatus.failure.unless(try await maker.plan(for: upgrade))
    try ReportWriter.put(plan, picture: picture, session: session, options: report)
    return ExitStatus.of(plan, exit).rawValue
  }
}

extension ExitStatus {
  /// The status of a command that planned this.
  static func of(_ plan: Plan, _ options: ExitOptions) -> ExitStatus {
    if options.isZero { return .clean }
    if !plan.steps.isEmpty { return .residue }
    return plan.isComplete ? .clean : .blindSpots
  }
}
