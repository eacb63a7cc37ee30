import ArgumentParser
import Documents
import SideEffects

/// `audit-residue list`: the upgrades and snapshots of the store.
struct ListCommand: SessionCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the upgrades and snapshots of the store, oldest first.")
  static let family = ExitStatus.Family.plain

  @OptionGroup var report: ListOptions
  @OptionGroup var options: GlobalOptions

  func run(in session: Session) async throws(Stop) -> ExitStatus.Code {
    let (_, store) = try await StoreDesk.openIfThere(session)
    let names = try await ExitStatus.failure.unless(try await SnapshotNames(store))
    let listing = StoreListing(names)
    switch report.format {
    case .text: try session.console.report(listing.text())
    case .json: try session.console.report(listing.json())
    }
    return ExitStatus.clean.rawValue
  }
}
