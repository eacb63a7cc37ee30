/// Sorts changes into what a restore undoes and what it doesn't.
public struct Classifier: Sendable {
  private let coverage: RestoreCoverage
  private let ignore: IgnoreRules
  private let acknowledgements: Acknowledgements
  /// Where the restores are declared.
  private let file: Text
  private let owners: [Text: Text]
  private let expected: ExpectedChanges

  /// `configuration` may be nil, where snapshots are compared without one: then no restore covers anything.
  ///
  /// `providers` are by watch. `today` decides which rules have ended.
  public init(configuration: Configuration?, providers: [Text: Provider], today: Instant) {
    coverage = RestoreCoverage(configuration?.restores ?? [])
    file = configuration?.file ?? ""
    ignore = IgnoreRules(configuration?.ignore ?? [], file: configuration?.file ?? "", today: today)
    acknowledgements = Acknowledgements(configuration?.acknowledge ?? [], file: configuration?.file ?? "", today: today)
    owners = Dictionary(
      (configuration?.watches ?? []).compactMap { watch in watch.owner.map { (watch.name, $0) } }, uniquingKeysWith: { first, _ in first })
    expected = ExpectedChanges(providers)
  }

  /// What the restores say of each change, before any of them was done.
  ///
  /// - Parameter attributor: Of the upgrade, if it is one that was recorded.
  public func classify(
    _ comparison: Comparison, subjects: [Text: Audit.Subject] = [:], upgrade: Upgrade? = nil, attributor: Attributor? = nil
  ) -> Audit {
    var entries: [Audit.Entry] = []
    var ignored: [Audit.Ignored] = []
    for change in comparison.changes {
      if let reason = ignoring(change) {
        ignored.append(reason)
      } else {
        let address = change.resource.address
        entries.append(
          Audit.Entry(
            change: change, coverage: coverage.coverage(of: address), owner: WatchTarget.value(of: address.watch, in: owners),
            attribution: attributor?.attribution(of: change)))
      }
    }
    return Audit(
      before: comparison.before, after: comparison.after, upgrade: upgrade, subjects: subjects, entries: entries, ignored: ignored,
      blindSpots: comparison.blindSpots.map { acknowledgements.applied(to: $0) }, remarks: comparison.moves.remarks + remarks)
  }

  /// What became of each change after the restores of these names were done.
  public func classify(
    _ comparison: RollbackComparison, restored: [Text], subjects: [Text: Audit.Subject] = [:], upgrade: Upgrade? = nil,
    attributor: Attributor? = nil
  ) -> Audit {
    var entries: [Audit.Entry] = []
    var ignored: [Audit.Ignored] = []
    for finding in comparison.findings {
      if let reason = ignoring(finding.change, now: finding.now) {
        ignored.append(reason)
      } else {
        entries.append(entry(finding, done: Set(restored), attributor))
      }
    }
    return Audit(
      before: comparison.before, after: comparison.after, now: comparison.now, restored: restored, upgrade: upgrade, subjects: subjects,
      entries: entries, ignored: ignored, blindSpots: comparison.blindSpots.map { acknowledgements.applied(to: $0) },
      remarks: comparison.remarks + remarks, wrongDeclarations: wrongDeclarations(entries))
  }

  private func entry(_ finding: RollbackFinding, done: Set<Text>, _ attributor: Attributor?) -> Audit.Entry {
    let address = finding.change.resource.address
    let restore = coverage.restore(covering: address, among: done)
    let isCovered = restore != nil
    let facts = finding.facts.map { fact in
      Audit.Fact(
        name: fact.name, before: fact.before, after: fact.after, now: fact.now, outcome: Outcome(of: fact.parts(isCovered: isCovered)))
    }
    var outcome = finding.outcome(isCovered: isCovered)
    let attribution = outcome.isOfUpgrade ? attributor?.attribution(of: finding.change) : nil
    // What somebody else made meanwhile and the restore took with it is no success of the restore.
    if outcome == .reverted, isCovered, attribution?.by == .other { outcome = .collateral }
    return Audit.Entry(
      change: finding.change, coverage: coverage.coverage(of: address, done: done), outcome: outcome,
      now: finding.now, facts: facts,
      wrongDeclaration: finding.parts(isCovered: isCovered).contains(.residue) ? restore?.name : nil,
      owner: WatchTarget.value(of: address.watch, in: owners),
      attribution: attribution)
  }

  /// One for each restore, at its declaration.
  private func wrongDeclarations(_ entries: [Audit.Entry]) -> [Diagnostic] {
    coverage.restores.compactMap { restore in
      let wrong = entries.filter { $0.wrongDeclaration == restore.name }.map(\.change.resource.address)
      guard !wrong.isEmpty else { return nil }
      let places = Set(wrong.map { "\($0.watch) · \($0.kind)" }).sorted { Text($0) < Text($1) }.joined(separator: ", ")
      return Diagnostic(
        "wrong-declaration",
        "the restore `\(restore.name)` was done and says that it covers \(places), and \(wrong.count == 1 ? "1 change is" : "\(wrong.count) changes are") still there",
        advice: "name under `leaves` what it does not put back, or find out why it failed",
        place: .file(file, line: restore.line, column: 0))
    }
  }

  /// Rules of the configuration that have ended.
  var remarks: [Diagnostic] { ignore.remarks + acknowledgements.remarks }

  func ignoring(_ change: Change, now: Resource? = nil) -> Audit.Ignored? {
    if let rule = ignore.rule(for: change, now: now) { return Audit.Ignored(change: change, because: rule.because, until: rule.until) }
    return expected.reason(for: change, now: now).map { Audit.Ignored(change: change, because: $0, until: nil) }
  }
}
