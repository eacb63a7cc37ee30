/// An audit as text, for a terminal or a pipe.
public struct TextReport {
  private let audit: Audit
  private let style: Style
  /// Where a person goes on, such as `audit-residue plan --format markdown -o plan.md`; nil leaves the line out.
  private let next: Text?

  public init(_ audit: Audit, style: Style = .plain, next: Text? = nil) { (self.audit, self.style, self.next) = (audit, style, next) }

  /// The whole report, a line feed at its end.
  public func text() -> String {
    let blocks = [[title], [Headline.of(audit)], changes, stale, summary, wrongDeclarations, blindSpots, remarks, nextStep].filter {
      !$0.isEmpty
    }
    return blocks.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  private var title: String {
    guard let upgrade = audit.upgrade else {
      let now = audit.now.map { ", now \(DisplayText.terminal($0))" } ?? ""
      let after = audit.after.map { " -> \(DisplayText.terminal($0))" } ?? ""
      return style(.bold, "\(DisplayText.terminal(audit.before))\(after)\(now)")
    }
    let now = audit.now.map { ["now \(DisplayText.terminal($0))"] } ?? []
    return style(.bold, (UpgradeText.words(upgrade) + now).joined(separator: "   "))
  }

  /// What is residue or can't be told, or after a rollback whatever is not as before.
  private var shown: [Audit.Entry] { audit.entries.filter { $0.isResidue || $0.outcome == .blind } }

  private var changes: [String] { ChangeTable(entries: shown, subjects: audit.subjects, style: style).lines() }

  private var stale: [String] {
    guard !audit.stale.isEmpty else { return [] }
    let count = audit.stale.count
    let head = "\(Headline.count(count, "thing")) \(count == 1 ? "refers" : "refer") to what is gone or another now:"
    return [style(.red, head)]
      + audit.stale.map { stale in
        let holder = "\(stale.holder.address.watch) · \(stale.holder.address.kind) · \(stale.holder.name)"
        return "  ! \(DisplayText.terminal(Text(ValueText.withShortFingerprints("\(holder): \(stale.sentence)"))))"
      }
  }

  private var summary: [String] { Summary.lines(audit).map { "  " + $0 } }

  private var wrongDeclarations: [String] {
    audit.wrongDeclarations.map { style(.red, "! ") + DiagnosticLine.text($0) }
  }

  private var blindSpots: [String] {
    let (open, known) = (audit.openBlindSpots, audit.blindSpots.filter { $0.acknowledged != nil })
    let all = BlindSpotTable(style: style)
    return (open.isEmpty ? [] : [style(.yellow, Headline.of(open))] + all.lines(open))
      + (known.isEmpty ? [] : ["\(Headline.count(known.count, "known blind spot")), acknowledged:"] + all.lines(known))
  }

  private var remarks: [String] { audit.remarks.map { style(.dim, "note: ") + DiagnosticLine.text($0) } }

  private var nextStep: [String] {
    guard let next, !audit.residue.isEmpty || !audit.stale.isEmpty else { return [] }
    return [style(.bold, "next: ") + next.string]
  }
}
