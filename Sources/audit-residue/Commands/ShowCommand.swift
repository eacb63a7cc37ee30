import ArgumentParser
import Documents
import SideEffects

/// `audit-residue show NAME`: what a snapshot or an upgrade holds.
struct ShowCommand: SessionCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Say what a snapshot holds: each listing, how complete it is, and with -v each resource.",
    discussion: """
      A snapshot is named by its own name, or as @before, @after or @latest; with an upgrade's name both its snapshots are shown. \
      The JSON holds no resources.
      """)
  static let family = ExitStatus.Family.plain

  @Argument(help: "The snapshot or the upgrade.") var name: String
  @OptionGroup var report: ListOptions
  @OptionGroup var options: GlobalOptions

  func run(in session: Session) async throws(Stop) -> ExitStatus.Code {
    let (workspace, store) = try await StoreDesk.openIfThere(session)
    let names = try await ExitStatus.failure.unless(try await SnapshotNames(store))
    let maker = AuditMaker(store: store, workspace: workspace, session: session)
    let isSnapshot = names.snapshots.contains { $0.name == Text(name) }
    if !isSnapshot, let upgrade = names.upgrades.first(where: { $0.name == Text(name) }) {
      try await show(upgrade, names, maker, session)
    } else {
      let wanted = try await ExitStatus.usage.unless(try names.snapshot(name, .before))
      let snapshot = try await ExitStatus.failure.unless(try await maker.snapshot(wanted))
      switch report.format {
      case .text: try await show(snapshot, store, session.console)
      case .json: try session.console.report(Self.json([("snapshot", SnapshotFields.document(snapshot))]))
      }
    }
    return ExitStatus.clean.rawValue
  }

  private func show(_ upgrade: Upgrade, _ names: SnapshotNames, _ maker: AuditMaker, _ session: Session) async throws(Stop) {
    var sides: [(side: String, snapshot: Snapshot)] = []
    let wanted: [(String, Text?)] = [("before", upgrade.before), ("after", upgrade.after)]
    for (side, name) in wanted {
      guard let name else { continue }
      guard names.snapshots.contains(where: { $0.name == name }) else {
        session.console.note("the snapshot \(side) the upgrade, `\(name)`, is not in the store any more")
        continue
      }
      sides.append((side, try await ExitStatus.failure.unless(try await maker.snapshot(name))))
    }
    switch report.format {
    case .json:
      var members: [(String, Document?)] = [("upgrade", StoreListing.document(upgrade))]
      for (side, snapshot) in sides { members.append((side, SnapshotFields.document(snapshot))) }
      try session.console.report(Self.json(members))
    case .text:
      try session.console.report("upgrade " + TableText.lines([StoreListing.row(upgrade)]))
      for (_, snapshot) in sides {
        try session.console.report("\n")
        try await show(snapshot, maker.store, session.console)
      }
    }
  }

  private func show(_ snapshot: Snapshot, _ store: any SnapshotStore, _ console: Console) async throws(Stop) {
    try console.report(SnapshotText(snapshot).text())
    for gap in GapSummary(snapshot).diagnostics { console.tell(gap, .note) }
    if console.isVerbose { try await ResourceList(store: store, console: console).print(snapshot) }
  }

  private static func json(_ members: [(String, Document?)]) -> String {
    let document = SnapshotFields.object([("version", Document(.number("1")))] + members)
    return String(decoding: JSONWriter(.pretty).write(document), as: UTF8.self) + "\n"
  }
}
