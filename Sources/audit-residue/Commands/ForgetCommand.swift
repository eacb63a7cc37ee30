import ArgumentParser
import SideEffects

/// `audit-residue forget NAME...`: remove snapshots and upgrades.
struct ForgetCommand: SessionCommand {
  static let configuration = CommandConfiguration(
    commandName: "forget", abstract: "Remove snapshots and upgrades from the store.",
    discussion: """
      An upgrade goes with its snapshots, unless another upgrade needs them. An upgrade that loses a snapshot by its own name stays, \
      and can't be audited any more. Copies are not touched.
      """)
  static let family = ExitStatus.Family.plain

  @Argument(help: "The own names of snapshots and upgrades.") var names: [String]
  @OptionGroup var options: GlobalOptions

  func run(in session: Session) async throws(Stop) -> ExitStatus.Code {
    let (_, store) = try await StoreDesk.openIfThere(session)
    let known = try await ExitStatus.failure.unless(try await SnapshotNames(store))
    var plan = ForgettingPlan()
    var problems: [Diagnostic] = []
    for name in names.map({ Text($0) }) where !plan.add(name, known) {
      problems.append(
        Diagnostic("unknown-snapshot", "no snapshot and no upgrade is called `\(name)`", advice: "`audit-residue list` names them."))
    }
    // All or none: a misspelled name must not leave half of it done.
    if let problems = NonEmpty(problems) { throw Stop(Failure(problems), .usage) }
    for name in plan.upgrades.sorted() { _ = try await ExitStatus.failure.unless(try await store.forgetUpgrade(name)) }
    for name in plan.snapshots.sorted() { _ = try await ExitStatus.failure.unless(try await store.forget(name)) }
    for upgrade in known.upgrades where !plan.upgrades.contains(upgrade.name) {
      let sides: [(Text?, String)] = [(upgrade.before, "before"), (upgrade.after, "after")]
      for (name, side) in sides {
        guard let name, plan.snapshots.contains(name) else { continue }
        session.console.note("the upgrade `\(upgrade.name)` has lost its snapshot \(side) it")
      }
      if let now = upgrade.rollback?.now, plan.snapshots.contains(now) {
        session.console.note("the upgrade `\(upgrade.name)` has lost the look after its rollback; `audit-residue audit` takes another")
      }
    }
    return ExitStatus.clean.rawValue
  }
}

/// What is to be removed for some names.
private struct ForgettingPlan {
  private(set) var snapshots: Set<Text> = []
  private(set) var upgrades: Set<Text> = []

  /// False where nothing has the name; a snapshot's own name goes before an upgrade's.
  mutating func add(_ name: Text, _ known: SnapshotNames) -> Bool {
    if known.snapshots.contains(where: { $0.name == name }) {
      snapshots.insert(name)
      return true
    }
    guard let upgrade = known.upgrades.first(where: { $0.name == name }) else { return false }
    upgrades.insert(name)
    let others = known.upgrades.filter { !upgrades.contains($0.name) }
    for snapshot in [upgrade.before, upgrade.after, upgrade.rollback?.now].compactMap({ $0 }) {
      let isNeeded = others.contains { $0.before == snapshot || $0.after == snapshot || $0.rollback?.now == snapshot }
      if !isNeeded, known.snapshots.contains(where: { $0.name == snapshot }) { snapshots.insert(snapshot) }
    }
    return true
  }
}
