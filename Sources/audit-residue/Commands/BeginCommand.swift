import ArgumentParser
import SideEffects

/// `audit-residue begin [U]`: the look before an upgrade that can't be wrapped.
struct BeginCommand: SessionCommand {
  static let configuration = CommandConfiguration(
    commandName: "begin", abstract: "Look before an upgrade that is done by hand, over a reboot, or on many hosts.",
    discussion: "`audit-residue end` looks again after it.")
  static let family = ExitStatus.Family.looks

  @Argument(help: "The upgrade's name; the day and a number, if left out.") var name: String?
  @OptionGroup var options: GlobalOptions

  func run(in session: Session) async throws(Stop) -> ExitStatus.Code {
    let (workspace, store) = try await StoreDesk.open(session)
    let recorder = UpgradeRecorder(session: session, workspace: workspace, store: store)
    try await ExitStatus.usage.unless(try recorder.checkWatches())
    let name = try await ExitStatus.usage.unless(try await recorder.name(name))
    let before = try await ExitStatus.failure.unless(try await recorder.before(name))
    if let signal = before.signal { return 128 + signal }
    _ = try await ExitStatus.failure.unless(try await recorder.begin(name, command: nil, before: before.snapshot))
    if !session.console.isQuiet { try session.console.report("upgrade \(name) has begun; after it: audit-residue end \(name)\n") }
    return (before.snapshot.isComplete ? ExitStatus.clean : .blindSpots).rawValue
  }
}
