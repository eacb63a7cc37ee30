/// The changes of a report, grouped by watch, kind and parents.
struct ChangeTable {
  private struct Group {
    let watch: Text
    let kind: Text
    let scope: Scope
    var entries: [Audit.Entry]
  }

  private let groups: [Group]
  private let subjects: [Text: Audit.Subject]
  private let style: Style
  private let columns = Columns(widest: [44, 40, 40])

  init(entries: [Audit.Entry], subjects: [Text: Audit.Subject], style: Style) {
    var groups: [Group] = []
    let ordered = entries.sorted {
      let (a, b) = ($0.change.resource.address, $1.change.resource.address)
      return (a.watch, a.kind, a.scope, a.id) < (b.watch, b.kind, b.scope, b.id)
    }
    for entry in ordered {
      let address = entry.change.resource.address
      if let last = groups.last, last.watch == address.watch, last.kind == address.kind, last.scope == address.scope {
        groups[groups.count - 1].entries.append(entry)
      } else {
        groups.append(Group(watch: address.watch, kind: address.kind, scope: address.scope, entries: [entry]))
      }
    }
    (self.groups, self.subjects, self.style) = (groups, subjects, style)
  }

  func lines() -> [String] {
    let rows = groups.map { group in group.entries.map { row($0, in: group) } }
    let widths = columns.widths(rows.flatMap { $0 })
    var lines: [String] = []
    for (group, rows) in zip(groups, rows) {
      lines.append(heading(group, indent: widths))
      for (entry, row) in zip(group.entries, rows) {
        lines.append(columns.line(row, widths: widths, style: style))
        lines += details(entry)
      }
    }
    return lines
  }

  private func heading(_ group: Group, indent widths: [Int]) -> String {
    let parents = group.scope.label.isEmpty ? "" : " · \(DisplayText.terminal(group.scope.label))"
    let title = "  \(DisplayText.terminal(group.watch)) · \(DisplayText.terminal(group.kind))\(parents)"
    let subject = subjects[group.watch].map(Self.words) ?? ""
    return columns.line([.init(title, .bold), .init(""), .init(subject, .dim)], widths: widths, style: style)
  }

  /// `http://reviews.example, as admin`, `. at 8335e368`.
  static func words(_ subject: Audit.Subject) -> String {
    var place = subject.place.map { DisplayText.shortened(DisplayText.terminal($0), to: 60) } ?? ""
    if let revision = subject.revision { place += (place.isEmpty ? "at " : " at ") + OriginText.short(revision) }
    let account = subject.account.map { "as " + DisplayText.shortened(ValueText.withShortFingerprints(DisplayText.terminal($0)), to: 40) }
    return [place.isEmpty ? nil : place, account].compactMap { $0 }.joined(separator: ", ")
  }

  private func row(_ entry: Audit.Entry, in group: Group) -> [Columns.Cell] {
    let change = entry.change
    let sign = "    \(ChangeText.sign(change)) \(name(change, in: group))"
    let origin = [OutcomeText.phrase(entry), OriginText.of(change)].compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: ", ")
    return [.init(sign, ChangeText.tone(change)), .init(ChangeText.phrase(entry)), .init(origin, .dim)]
  }

  /// The name, and the id beside it where another one of the group has the same name.
  private func name(_ change: Change, in group: Group) -> String {
    let resource = change.resource
    let shown = DisplayText.shortened(ValueText.withShortFingerprints(DisplayText.terminal(resource.name)), to: 70)
    let isAmbiguous = group.entries.contains { $0.change != change && $0.change.resource.name == resource.name }
    return isAmbiguous && resource.name != resource.address.id ? "\(shown) (\(DisplayText.terminal(resource.address.id)))" : shown
  }

  private func details(_ entry: Audit.Entry) -> [String] {
    let change = entry.change
    let details = ChangeText.details(entry).map { (name: DisplayText.terminal($0.name), words: $0.words) }
    let width = details.map { DisplayText.columns($0.name) }.max() ?? 0
    var lines = details.map { name, words in
      "        \(name)\(String(repeating: " ", count: width - DisplayText.columns(name) + 2))\(words)"
    }
    if !change.notCompared.isEmpty {
      lines.append(style(.dim, "        not compared: " + change.notCompared.map { DisplayText.terminal($0) }.joined(separator: ", ")))
    }
    let remarks = [UsesText.phrase(change.resource), entry.attribution.flatMap { $0.isTold ? AttributionText.phrase($0) : nil }].compactMap(\.self) + AttributionText.ties(entry)
    return lines + remarks.map { style(.dim, "        " + DisplayText.terminal(Text(ValueText.withShortFingerprints($0)))) }
  }
}
