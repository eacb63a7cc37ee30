import ArgumentParser
import SideEffects

/// `audit-residue snapshot NAME`: look at the watches and keep what is seen.
struct SnapshotCommand: SessionCommand {
  static let configuration = CommandConfiguration(
    commandName: "snapshot", abstract: "Look at all watches, or at those that --watch names, and store what is seen under a name.")
  static let family = ExitStatus.Family.looks

  @Argument(help: "The snapshot's name; the day and a number, if left out.") var name: String?
  @OptionGroup var options: GlobalOptions

  func run(in session: Session) async throws(Stop) -> ExitStatus.Code {
    let (workspace, store) = try await StoreDesk.open(session)
    let look = try await ExitStatus.usage.unless(try Look(session: session, workspace: workspace, store: store))
    let names = try await ExitStatus.failure.unless(try await SnapshotNames(store))
    let name = try await ExitStatus.usage.unless(
      try name.map { given throws(Failure) in try names.unused(given) } ?? names.free(on: session.now.day))
    let taken = try await ExitStatus.failure.unless(try await look.take(as: name))
    look.tellGaps(of: taken.snapshot)
    if !session.console.isQuiet { try session.console.report(SnapshotText(taken.snapshot).text()) }
    if let signal = taken.signal { return 128 + signal }
    return (taken.snapshot.isComplete ? ExitStatus.clean : .blindSpots).rawValue
  }
}
