import ArgumentParser
import SideEffects

/// `audit-residue forget NAME...`: remove snapshots.
struct ForgetCommand: SessionCommand {
  static let configuration = CommandConfiguration(
    commandName: "forget", abstract: "Remove snapshots from the store; an upgrade that names one can't be audited any more.")
  static let family = ExitStatus.Family.plain

  @Argument(help: "The snapshots' own names.") var names: [String]
  @OptionGroup var options: GlobalOptions

  func run(in session: Session) async throws(Stop) -> ExitStatus.Code {
    let (_, store) = try await StoreDesk.openIfThere(session)
    let known = try await ExitStatus.failure.unless(try await SnapshotNames(store))
    // All or none: a misspelled name must not leave half of it done.
    for name in names where !known.snapshots.contains(where: { $0.name == Text(name) }) {
      throw Stop("unknown-snapshot", "no snapshot is called `\(name)`", advice: "`audit-residue list` names them.", .usage)
    }
    for name in names.map({ Text($0) }) {
      _ = try await ExitStatus.failure.unless(try await store.forget(name))
      for upgrade in known.upgrades where upgrade.before == name || upgrade.after == name {
        session.console.note("the upgrade `\(upgrade.name)` has lost its snapshot \(upgrade.before == name ? "before" : "after") it")
      }
    }
    return ExitStatus.clean.rawValue
  }
}
