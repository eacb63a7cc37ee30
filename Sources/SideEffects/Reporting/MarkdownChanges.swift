/// Changes as tables of Markdown, one for each watch and kind.
struct MarkdownChanges {
  private let entries: [Audit.Entry]
  private let subjects: [Text: Audit.Subject]

  init(_ entries: [Audit.Entry], _ subjects: [Text: Audit.Subject]) { (self.entries, self.subjects) = (entries, subjects) }

  func lines() -> [String] { Array(entries.byKind.map(table).joined(separator: [""])) }

  private func table(_ entries: [Audit.Entry]) -> [String] {
    guard let address = entries.first?.change.resource.address else { return [] }
    let subject = subjects[address.watch].map(ChangeTable.words) ?? ""
    let heading =
      "**\(MarkdownText.text(address.watch)) · \(MarkdownText.text(address.kind))**"
      + (subject.isEmpty ? "" : " (\(MarkdownText.cell(subject)))")
    let owner = entries.compactMap(\.owner).first.map { ", owner: \(MarkdownText.text($0))" } ?? ""
    let isAudit = entries.contains { $0.outcome != nil }
    let head = ["change", "name", "what"] + (isAudit ? ["now"] : []) + ["origin"]
    let rows = entries.map { "| \(cells($0, isAudit).joined(separator: " | ")) |" }
    return [heading + owner, "", "| \(head.joined(separator: " | ")) |", "|" + head.map { _ in "---|" }.joined()] + rows
  }

  private func cells(_ entry: Audit.Entry, _ isAudit: Bool) -> [String] {
    let change = entry.change
    let parents = change.resource.address.scope.label
    let name =
      MarkdownText.cell(ValueText.withShortFingerprints(DisplayText.terminal(change.resource.name)))
      + (parents.isEmpty ? "" : " in \(MarkdownText.cell(DisplayText.terminal(parents)))")
    let details = ChangeText.details(entry).map { MarkdownText.cell("\(DisplayText.terminal($0.name)): \($0.words)") }
    let notCompared =
      change.notCompared.isEmpty ? [] : ["not compared: " + change.notCompared.map { MarkdownText.cell($0.string) }.joined(separator: ", ")]
    let what = details.isEmpty ? [MarkdownText.cell(ChangeText.phrase(entry))].filter { !$0.isEmpty } : details
    let remarks = ([entry.attribution.flatMap { $0.isTold ? AttributionText.phrase($0) : nil }].compactMap(\.self) + AttributionText.ties(entry))
      .map { MarkdownText.words(ValueText.withShortFingerprints($0)) }
    let now = isAudit ? [OutcomeText.phrase(entry).map(MarkdownText.words) ?? ""] : []
    return [change.word.string, name, (what + notCompared + remarks).joined(separator: "<br>")] + now + [
      MarkdownText.cell(OriginText.of(change))
    ]
  }
}
