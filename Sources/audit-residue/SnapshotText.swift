import SideEffects

/// What a snapshot holds, for people: a line for each watch and kind.
struct SnapshotText {
  private let snapshot: Snapshot

  init(_ snapshot: Snapshot) { self.snapshot = snapshot }

  func text() -> String {
    let resources = snapshot.observations.reduce(0) { $0 + $1.count }
    let head = "snapshot \(snapshot.name)   \(snapshot.began.rfc3339)   \(resources) \(resources == 1 ? "resource" : "resources")"
    return DisplayText.terminal(Text(head)) + "\n\n" + TableText.lines(snapshot.observations.map(row), indent: 2)
  }

  private func row(_ observation: Observation) -> [String] {
    let subject = Audit.Subject(observation)
    let place = [
      subject.place?.string, subject.account.map { "as \($0)" }, subject.revision.map { "at \(Self.short($0))" },
    ].compactMap { $0 }.joined(separator: ", ")
    return ["\(observation.watch) · \(observation.kind)", String(observation.count), Self.completeness(observation), place]
  }

  /// `complete`, `partial: 2 gaps` or `failed: forbidden`.
  static func completeness(_ observation: Observation) -> String {
    switch observation.completeness {
    case .complete: "complete"
    case .partial(_, let gaps): "partial: \(gaps.all.count) \(gaps.all.count == 1 ? "gap" : "gaps")"
    case .failed(let reasons): "failed: \(Set(reasons.all.map(\.rule)).sorted().map(\.string).joined(separator: ", "))"
    }
  }

  /// A revision's first digits, whatever is added to it kept.
  private static func short(_ revision: Text) -> String {
    let digits = revision.string.prefix { $0.isHexDigit }
    return digits.count >= 40 ? String(digits.prefix(8) + revision.string.dropFirst(digits.count)) : revision.string
  }
}
