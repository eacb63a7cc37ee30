/// The counts below a report's changes.
enum Summary {
  static func lines(_ audit: Audit) -> [String] {
    (audit.now == nil ? predicted(audit) : found(audit)) + ignored(audit)
  }

  private static func predicted(_ audit: Audit) -> [String] {
    var restored: [Text: [Audit.Entry]] = [:]
    var undeclared = 0
    var declared = false
    for entry in audit.entries {
      switch entry.coverage {
      case .restored(let name): restored[name, default: []].append(entry)
      case .survives: declared = true
      case .unknown: undeclared += 1
      }
    }
    let lines = restored.sorted { $0.key < $1.key }.map { name, entries in
      "restored by \(DisplayText.terminal(name)): \(entries.count) (\(watches(entries)))"
    }
    return declared || !lines.isEmpty ? lines + ["covered by nothing declared: \(undeclared)"] : lines
  }

  private static func found(_ audit: Audit) -> [String] {
    Outcome.allCases.filter(\.isClean).compactMap { outcome in
      let entries = audit.entries.filter { $0.outcome == outcome }
      return entries.isEmpty ? nil : "\(OutcomeText.phrase(outcome)): \(entries.count) (\(names(entries)))"
    }
  }

  static func ignored(_ audit: Audit) -> [String] {
    var reasons: [String: Int] = [:]
    for entry in audit.ignored {
      let until = entry.until.map { ", until \(DisplayText.terminal($0))" } ?? ""
      reasons[DisplayText.terminal(entry.because) + until, default: 0] += 1
    }
    return reasons.sorted { Text($0.key) < Text($1.key) }.map { "ignored: \($0.value) (\($0.key))" }
  }

  private static func watches(_ entries: [Audit.Entry]) -> String {
    Set(entries.map(\.change.resource.address.watch)).sorted().map { DisplayText.terminal($0) }.joined(separator: ", ")
  }

  /// The first of them by name.
  private static func names(_ entries: [Audit.Entry]) -> String {
    let names = entries.prefix(4).map { entry in
      let resource = entry.change.resource
      let name = DisplayText.shortened(ValueText.withShortFingerprints(DisplayText.terminal(resource.name)), to: 40)
      return "\(DisplayText.terminal(resource.address.watch)) · \(name)"
    }
    return names.joined(separator: ", ") + (entries.count > 4 ? " and \(entries.count - 4) more" : "")
  }
}
