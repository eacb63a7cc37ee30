/// An audit or a diff as one HTML file.
public struct HTMLReport {
  private let audit: Audit
  /// Where a person goes on; nil leaves the line out.
  private let next: Text?

  public init(_ audit: Audit, next: Text? = nil) { (self.audit, self.next) = (audit, next) }

  /// The whole page; the same bytes for the same audit.
  public func html() -> String {
    let shown = audit.entries.filter { $0.isResidue || $0.outcome == .blind }
    let clean = audit.entries.filter { !$0.isResidue && $0.outcome != .blind }
    let body: [String] =
      [
        "<main>", "<header>", "<h1>\(HTMLText.text(title))</h1>", blind, "<p><strong>\(HTMLText.text(Headline.of(audit)))</strong></p>",
        "</header>",
        HTMLPicture.figure(UpgradePicture(audit)),
      ]
      + section(audit.now == nil ? "Not undone by a restore" : "Not as before", HTMLChanges(shown, audit.subjects).tables())
      + section("Refers to what is gone or another now", list(audit.stale.map(stale)))
      + section(audit.now == nil ? "Undone by a restore" : "As before again", HTMLChanges(clean, audit.subjects).tables())
      + section("Ignored", list(Summary.ignored(audit).map { HTMLText.text($0) }))
      + section("Wrong in the configuration", list(audit.wrongDeclarations.map(note))) + section("Blind spots", spots)
      + section("Remarks", list(audit.remarks.map(note))) + nextStep + ["</main>"]
    return HTMLPage.of(title: title, body: body.filter { !$0.isEmpty })
  }

  private var title: String {
    var words =
      audit.upgrade.map { UpgradeText.words($0).joined(separator: ", ") }
      ?? "What changed since \(audit.before)" + (audit.after.map { " until \($0)" } ?? "")
    if let now = audit.now { words += ", looked at again as \(now)" }
    return words.prefix(1).uppercased() + words.dropFirst()
  }

  /// Above all changes, so that no page with blind spots looks clean at a glance.
  private var blind: String {
    guard !audit.isComplete else { return "" }
    let open = audit.openBlindSpots
    let words = open.isEmpty ? "Of \(Headline.count(audit.unseen.count, "change")) nothing can be said." : Headline.of(open)
    return "<div class=\"banner\" role=\"note\"><strong>\(HTMLText.text(words))</strong></div>"
  }

  private func section(_ heading: String, _ content: String) -> [String] {
    content.isEmpty ? [] : ["<section>", "<h2>\(heading)</h2>", content, "</section>"]
  }

  private func list(_ items: [String]) -> String {
    items.isEmpty ? "" : "<ul>" + items.map { "<li>\($0)</li>" }.joined(separator: "\n") + "</ul>"
  }

  private func stale(_ stale: Stale) -> String {
    let holder = "\(stale.holder.address.watch) · \(stale.holder.address.kind) · \(stale.holder.name)"
    return "<strong>\(HTMLText.text(holder))</strong>: \(HTMLText.text(stale.sentence))"
  }

  private func note(_ diagnostic: Diagnostic) -> String { HTMLText.text(DiagnosticLine.text(diagnostic)) }

  private var spots: String {
    list(
      BlindSpotGroup.of(audit.blindSpots).map { group in
        let advice = group.advice.isEmpty ? "" : " — \(HTMLText.text(group.advice))"
        let known = group.acknowledged.map { " (known: \(HTMLText.text($0.because)))" } ?? ""
        let place = "<strong>\(HTMLText.text(group.place))</strong> (<code>\(HTMLText.text(group.code))</code>)"
        return "\(place): \(HTMLText.text(group.sentence))\(advice)\(known)"
      })
  }

  private var nextStep: [String] {
    guard let next, !audit.residue.isEmpty || !audit.stale.isEmpty else { return [] }
    return ["<p>Next: <code>\(HTMLText.text(next))</code></p>"]
  }
}
