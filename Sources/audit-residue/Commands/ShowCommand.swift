import ArgumentParser
import SideEffects

/// `audit-residue show NAME`: what a snapshot holds.
struct ShowCommand: SessionCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Say what a snapshot holds: each listing, how complete it is, and with -v each resource.",
    discussion: "A snapshot is named by its own name, by an upgrade's (its snapshot before), or as @before, @after or @latest.")
  static let family = ExitStatus.Family.plain

  @Argument(help: "The snapshot.") var name: String
  @OptionGroup var options: GlobalOptions

  func run(in session: Session) async throws(Stop) -> ExitStatus.Code {
    let (workspace, store) = try await StoreDesk.openIfThere(session)
    let names = try await ExitStatus.failure.unless(try await SnapshotNames(store))
    let wanted = try await ExitStatus.usage.unless(try names.snapshot(name, .before))
    let maker = AuditMaker(store: store, workspace: workspace, session: session)
    let snapshot = try await ExitStatus.failure.unless(try await maker.snapshot(wanted))
    try session.console.report(SnapshotText(snapshot).text())
    for observation in snapshot.observations {
      for gap in observation.completeness.gaps {
        session.console.tell(
          Diagnostic(
            gap.because.rule, "\(observation.watch) · \(observation.kind): \(gap.because.sentence)", advice: gap.because.advice.string,
            place: gap.because.place), .note)
      }
    }
    if session.console.isVerbose { try await ResourceList(store: store, console: session.console).print(snapshot) }
    return ExitStatus.clean.rawValue
  }
}
