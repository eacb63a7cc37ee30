import SideEffects

/// What came out of a provider's fixtures, for whoever writes it.
struct TrialText {
  private let outcome: ProviderTrial.Outcome

  init(_ outcome: ProviderTrial.Outcome) { self.outcome = outcome }

  /// What was read before and after, the changes, and what differs and is no change.
  func text() -> String {
    let rows = [["", "before", "", "after", ""]] + outcome.after.observations.map(row)
    let harmless = outcome.harmless.map { ["\($0.kind)", "\($0.name)"] }
    return TableText.lines(rows, indent: 2) + "\n" + TextReport(outcome.audit).text()
      + (harmless.isEmpty ? "" : "\ndiffers and is no residue:\n" + TableText.lines(harmless, indent: 2))
  }

  private func row(_ after: Observation) -> [String] {
    let before = outcome.before.observation(watch: after.watch, kind: after.kind)
    return [after.kind.string] + (before.map(cells) ?? ["", ""]) + cells(after)
  }

  private func cells(_ observation: Observation) -> [String] { [String(observation.count), SnapshotText.completeness(observation)] }
}
