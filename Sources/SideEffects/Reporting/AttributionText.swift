/// Whose a change is and what it shares with others, in the words of a report.
enum AttributionText {
  /// Such as `by the upgrade: created 14:02, while its command ran (14:01 to 14:05)`.
  static func phrase(_ attribution: Attribution) -> String {
    let evidence = attribution.evidence.map(\.string).joined(separator: "; ")
    return switch attribution.by {
    case .upgrade: "with the upgrade: \(evidence)"
    case .other: "not the upgrade's: \(evidence)"
    case .unknown: "whose it is can't be told: \(evidence)"
    }
  }

  /// The first of what holds the same.
  static func ties(_ entry: Audit.Entry) -> [String] {
    let most = 3
    let shown = entry.ties.prefix(most).map {
      "\($0.isPast ? "shared" : "shares") \($0.how) with \($0.address.watch) · \($0.address.kind) \($0.name)"
    }
    return shown + (entry.ties.count > most ? ["and with \(entry.ties.count - most) more"] : [])
  }
}
