import ArgumentParser
import SideEffects

/// `audit-residue forget NAME...`: remove snapshots and upgrades.
struct ForgetCommand: SessionCommand {
  static let configuration = CommandConfiguration(
    commandName: "forget", abstract: "Remove snapshots and upgrades from the store.",
    discussion: """
      An upgrade goes with its snapshots, also those of its audits, unless another upgrade needs them. An upgrade that loses a snapshot \
      by its own name stays, and can't be audited any more. What is removed is printed. Copies are not touched.
      """)
  static let family = ExitStatus.Family.plain

  @Argument(help: "The own names of snapshots and upgrades.") var names: [String]
  @OptionGroup var options: GlobalOptions

  func run(in session: Session) async throws(Stop) -> ExitStatus.Code {
    let (workspace, store) = try await StoreDesk.openIfThere(session)
    let known = try await ExitStatus.failure.unless(try await SnapshotNames(store))
    var plan = ForgettingPlan()
    var problems: [Diagnostic] = []
    for name in names.map({ Text($0) }) where !plan.add(name, known) {
      problems.append(Self.unknown(name))
    }
    // All or none: a misspelled name must not leave half of it done.
    if let problems = NonEmpty(problems) { throw Stop(Failure(problems), .usage) }
    for name in plan.upgrades.sorted() where try await ExitStatus.failure.unless(try await store.forgetUpgrade(name)) {
      try say("upgrade \(name)   removed", in: session)
    }
    for name in plan.snapshots.sorted() where try await ExitStatus.failure.unless(try await store.forget(name)) {
      try say("snapshot \(name)   removed", in: session)
    }
    if let folders = workspace?.configuration.copies, !folders.isEmpty {
      session.console.note(
        "copies stay, in \(folders.map(\.string).joined(separator: " and ")): `import` of them brings back what was removed")
    }
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

  private func say(_ line: String, in session: Session) throws(Stop) {
    if !session.console.isQuiet { try session.console.report(DisplayText.terminal(Text(line)) + "\n") }
  }

  private static func unknown(_ name: Text) -> Diagnostic {
    guard !name.string.hasPrefix("@") else {
      return Diagnostic(
        "unknown-snapshot", "`forget` takes own names only, and `\(name)` stands for whichever is the latest",
        advice: "`audit-residue list` has the names.")
    }
    return Diagnostic("unknown-snapshot", "no snapshot and no upgrade is called `\(name)`", advice: "`audit-residue list` names them.")
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
    let looks = known.snapshots.filter { $0.began >= upgrade.began && Self.isLook($0.name, after: name) }.map(\.name)
    for snapshot in [upgrade.before, upgrade.after, upgrade.rollback?.now].compactMap({ $0 }) + looks {
      let isNeeded = others.contains { $0.before == snapshot || $0.after == snapshot || $0.rollback?.now == snapshot }
      if !isNeeded, known.snapshots.contains(where: { $0.name == snapshot }) { snapshots.insert(snapshot) }
    }
    return true
  }

  /// Whether a snapshot is called as those that an upgrade's audits take: `U.now-N`.
  private static func isLook(_ snapshot: Text, after upgrade: Text) -> Bool {
    let head = "\(upgrade).now-"
    let number = snapshot.string.dropFirst(head.count)
    return snapshot.string.hasPrefix(head) && !number.isEmpty && number.utf8.allSatisfy { (0x30...0x39).contains($0) }
  }
}
