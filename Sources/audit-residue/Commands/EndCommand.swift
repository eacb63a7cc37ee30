import ArgumentParser
import SideEffects

/// `audit-residue end [U]`: the look after an upgrade that was begun by hand, or whose `run` was cut off.
struct EndCommand: SessionCommand {
  static let configuration = CommandConfiguration(
    commandName: "end",
    abstract: "Look after an upgrade that `begin` or a `run` that was cut off began, and say what a restore will not undo.")
  static let family = ExitStatus.Family.findings

  @Argument(help: "The upgrade's name; the latest that has not ended, if left out.") var name: String?
  @OptionGroup var report: ReportOptions
  @OptionGroup var exit: ExitOptions
  @OptionGroup var options: GlobalOptions

  func run(in session: Session) async throws(Stop) -> ExitStatus.Code {
    let (workspace, store) = try await StoreDesk.open(session)
    let recorder = UpgradeRecorder(session: session, workspace: workspace, store: store)
    let names = try await ExitStatus.failure.unless(try await SnapshotNames(store))
    var upgrade = try await ExitStatus.usage.unless(try names.open(name))
    upgrade.ended = upgrade.ended ?? session.now
    // How a command ended whose `run` was cut off is not known: it stays unsaid.
    if upgrade.command == nil { upgrade.end = .byHand }
    let (audit, signal) = try await ExitStatus.failure.unless(try await recorder.after(upgrade, in: workspace))
    try ReportWriter(session: session, options: report).write(audit, next: Advice.next(audit, upgrade: upgrade))
    return signal.map { 128 + $0 } ?? ExitStatus.of(audit, exit).rawValue
  }
}
