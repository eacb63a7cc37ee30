/// Sorts changes into what a restore undoes and what it doesn't.
public struct Classifier: Sendable {
  private let coverage: RestoreCoverage
  private let ignore: IgnoreRules
  private let acknowledgements: Acknowledgements
  private let owners: [Text: Text]
  private let expected: ExpectedChanges

  /// `configuration` may be nil, where snapshots are compared without one: then no restore covers anything.
  ///
  /// `providers` are by watch. `today` decides which rules have ended.
  public init(configuration: Configuration?, providers: [Text: Provider], today: Instant) {
    coverage = RestoreCoverage(configuration?.restores ?? [])
    ignore = IgnoreRules(configuration?.ignore ?? [], file: configuration?.file ?? "", today: today)
    acknowledgements = Acknowledgements(configuration?.acknowledge ?? [], file: configuration?.file ?? "", today: today)
    owners = Dictionary(
      (configuration?.watches ?? []).compactMap { watch in watch.owner.map { (watch.name, $0) } }, uniquingKeysWith: { first, _ in first })
    expected = ExpectedChanges(providers)
  }

  /// What the restores say of each change, before any of them was done.
  public func classify(_ comparison: Comparison, subjects: [Text: Audit.Subject] = [:], upgrade: Upgrade? = nil) -> Audit {
    var entries: [Audit.Entry] = []
    var ignored: [Audit.Ignored] = []
    for change in comparison.changes {
      if let reason = ignoring(change) {
        ignored.append(reason)
      } else {
        let address = change.resource.address
        entries.append(Audit.Entry(change: change, coverage: coverage.coverage(of: address), owner: owners[address.watch]))
      }
    }
    return Audit(
      before: comparison.before, after: comparison.after, upgrade: upgrade, subjects: subjects, entries: entries, ignored: ignored,
      blindSpots: comparison.blindSpots.map { acknowledgements.applied(to: $0) }, remarks: remarks)
  }

  /// Rules of the configuration that have ended.
  var remarks: [Diagnostic] { ignore.remarks + acknowledgements.remarks }

  func ignoring(_ change: Change) -> Audit.Ignored? {
    if let rule = ignore.rule(for: change) { return Audit.Ignored(change: change, because: rule.because, until: rule.until) }
    return expected.reason(for: change).map { Audit.Ignored(change: change, because: $0, until: nil) }
  }
}
