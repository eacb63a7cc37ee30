/// Changes as tables of HTML, one for each watch and kind.
struct HTMLChanges {
  private let entries: [Audit.Entry]
  private let subjects: [Text: Audit.Subject]

  init(_ entries: [Audit.Entry], _ subjects: [Text: Audit.Subject]) { (self.entries, self.subjects) = (entries, subjects) }

  /// Empty where there are no changes.
  func tables() -> String { entries.byKind.map(table).joined(separator: "\n") }

  private func table(_ entries: [Audit.Entry]) -> String {
    guard let address = entries.first?.change.resource.address else { return "" }
    let subject = subjects[address.watch].map(ChangeTable.words) ?? ""
    let owner = entries.compactMap(\.owner).first.map { ", owner: \($0)" } ?? ""
    let caption = "\(address.watch) · \(address.kind)" + (subject.isEmpty ? "" : " (\(subject))") + owner
    let isAudit = entries.contains { $0.outcome != nil }
    let head = ["Change", "Name", "What"] + (isAudit ? ["Now"] : []) + ["Origin"]
    return [
      "<div class=\"table\"><table>", "<caption>\(HTMLText.text(caption))</caption>",
      "<thead><tr>\(head.map { "<th scope=\"col\">\($0)</th>" }.joined())</tr></thead>", "<tbody>",
      entries.map { "<tr>\(cells($0, isAudit).map { "<td>\($0)</td>" }.joined())</tr>" }.joined(separator: "\n"), "</tbody>",
      "</table></div>",
    ].joined(separator: "\n")
  }

  private func cells(_ entry: Audit.Entry, _ isAudit: Bool) -> [String] {
    let change = entry.change
    let parents = change.resource.address.scope.label
    let name = HTMLText.text(change.resource.name) + (parents.isEmpty ? "" : " in \(HTMLText.text(parents))")
    let details = ChangeText.details(entry).map { "\(HTMLText.text($0.name)): \(HTMLText.text($0.words))" }
    let what = details.isEmpty ? [HTMLText.text(ChangeText.phrase(entry))].filter { !$0.isEmpty } : details
    let notCompared =
      change.notCompared.isEmpty ? [] : ["not compared: " + change.notCompared.map { HTMLText.text($0) }.joined(separator: ", ")]
    let remarks =
      ([entry.attribution.flatMap { $0.isTold ? AttributionText.phrase($0) : nil }].compactMap(\.self) + AttributionText.ties(entry))
      .map { HTMLText.text($0) }
    let now = isAudit ? [OutcomeText.phrase(entry).map { HTMLText.text($0) } ?? ""] : []
    return [HTMLText.text(change.word), name, (what + notCompared + remarks).joined(separator: "<br>")] + now + [
      HTMLText.text(OriginText.of(change))
    ]
  }
}
