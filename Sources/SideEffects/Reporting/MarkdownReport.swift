/// An audit as Markdown, to be pasted into an incident ticket (CommonMark 0.31 with the tables of GFM).
public struct MarkdownReport {
  private let audit: Audit
  /// Where a person goes on; nil leaves the line out.
  private let next: Text?

  public init(_ audit: Audit, next: Text? = nil) { (self.audit, self.next) = (audit, next) }

  /// The whole report, a line feed at its end; the same text for the same audit.
  public func markdown() -> String {
    let blocks = [
      ["## \(title)"], ["**\(MarkdownText.words(Headline.of(audit)))**"], changes, stale, back, summary, wrong, blindSpots, remarks,
      nextStep,
    ]
    return blocks.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  private var title: String {
    var words: [String]
    if let upgrade = audit.upgrade {
      words = ["Upgrade \(MarkdownText.code(upgrade.name))"] + UpgradeText.words(upgrade).dropFirst().map(MarkdownText.words)
    } else {
      words = ["What changed since \(MarkdownText.code(audit.before))"] + (audit.after.map { ["until \(MarkdownText.code($0))"] } ?? [])
    }
    if let now = audit.now { words.append("looked at again as \(MarkdownText.code(now))") }
    return words.joined(separator: ", ")
  }

  private var changes: [String] {
    let shown = audit.entries.filter { $0.isResidue || $0.outcome == .blind }
    guard !shown.isEmpty else { return [] }
    return [audit.now == nil ? "### Not undone by a restore" : "### Not as before", ""] + MarkdownChanges(shown, audit.subjects).lines()
  }

  private var stale: [String] {
    guard !audit.stale.isEmpty else { return [] }
    return ["### Refers to what is gone or another now", ""]
      + audit.stale.map { stale in
        let holder = MarkdownText.words("\(stale.holder.address.watch) · \(stale.holder.address.kind) · \(stale.holder.name)")
        return "- **\(holder)**: \(MarkdownText.words(ValueText.withShortFingerprints(stale.sentence)))"
      }
  }

  /// What needs nothing to be done, by name.
  private var back: [String] {
    let clean = audit.entries.filter { !$0.isResidue && $0.outcome != .blind }
    guard !clean.isEmpty else { return [] }
    return [audit.now == nil ? "### Undone by a restore" : "### As before again", ""] + MarkdownChanges(clean, audit.subjects).lines()
  }

  private var summary: [String] {
    let lines = Summary.ignored(audit)
    return lines.isEmpty ? [] : lines.map { "- " + MarkdownText.words($0) }
  }

  private var wrong: [String] {
    guard !audit.wrongDeclarations.isEmpty else { return [] }
    return ["### Wrong in the configuration", ""] + audit.wrongDeclarations.map(MarkdownText.item)
  }

  private var blindSpots: [String] {
    guard !audit.blindSpots.isEmpty else { return [] }
    let open = audit.openBlindSpots
    let title = open.isEmpty ? "Known blind spots, acknowledged" : Headline.of(open)
    return ["### \(title)", ""]
      + BlindSpotGroup.of(audit.blindSpots).map { group in
        let known = group.acknowledged.map { " (known: \(MarkdownText.text($0.because)))" } ?? ""
        let advice = group.advice.isEmpty ? "" : " — \(MarkdownText.text(group.advice))"
        let place = "**\(MarkdownText.words(group.place))** (\(MarkdownText.code(group.code)))"
        return "- \(place): \(MarkdownText.words(group.sentence))\(advice)\(known)"
      }
  }

  private var remarks: [String] { audit.remarks.map(MarkdownText.item) }

  private var nextStep: [String] {
    guard let next, !audit.residue.isEmpty || !audit.stale.isEmpty else { return [] }
    return ["Next: \(MarkdownText.code(next))"]
  }
}
