import ArgumentParser
import SideEffects

/// `audit-residue check [WATCH...]`: whether each listing can be read, and what that takes.
struct CheckCommand: SessionCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Say whether each listing can be read, as whom, with which rights, and at what cost in requests.",
    discussion: "Everything is read once, as for a snapshot, and nothing is kept.")
  static let family = ExitStatus.Family.looks

  @Argument(help: "The watches; all, if none is named.") var names: [String] = []
  @OptionGroup var options: GlobalOptions

  func run(in session: Session) async throws(Stop) -> ExitStatus.Code {
    let workspace = try await ExitStatus.usage.unless(try await Workspace.open(session))
    let watches = try await ExitStatus.usage.unless(try workspace.watches(named: names + options.watches))
    let look = Look(session: session, workspace: workspace, store: PassingStore(), watches: watches)
    let taken = try await ExitStatus.failure.unless(try await look.observe(as: "check"))
    try session.console.report(CheckText(taken.snapshot).text())
    look.tellGaps(of: taken.snapshot)
    if let signal = taken.signal { return 128 + signal }
    return (taken.snapshot.isComplete ? ExitStatus.clean : .blindSpots).rawValue
  }
}
