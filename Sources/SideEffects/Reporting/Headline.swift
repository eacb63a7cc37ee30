/// The first sentences of a report: how much changed, and how much of it stays.
enum Headline {
  static func of(_ audit: Audit) -> String {
    let (changes, residue) = (audit.entries.count, audit.residue.count)
    if changes == 0 {
      let nothing = audit.ignored.isEmpty ? "No changes." : "No changes but \(count(audit.ignored.count, "ignored one"))."
      return audit.isComplete ? nothing + " Nothing is left outside." : nothing
    }
    return audit.now == nil ? predicted(audit, changes, residue) : found(audit, changes, residue)
  }

  private static func predicted(_ audit: Audit, _ changes: Int, _ residue: Int) -> String {
    let first = "\(count(changes, "change"))."
    guard residue > 0 else { return "\(first) None is residue: what is restored undoes \(changes == 1 ? "it" : "all of them")." }
    let subject = residue == 1 ? "1 is residue" : "\(residue) are residue"
    let them = residue == 1 ? "it" : "them"
    let names = Set(audit.entries.flatMap { entry -> [Text] in
      switch entry.coverage {
      case .restored(let name): [name]
      case .survives(let names): names
      case .unknown: []
      }
    }).sorted().map { DisplayText.terminal($0) }
    if names.isEmpty { return "\(first) \(subject): no restore is declared that undoes \(them)." }
    return "\(first) \(subject): restoring \(joined(names)) does not undo \(them)."
  }

  private static func found(_ audit: Audit, _ changes: Int, _ residue: Int) -> String {
    let blind = audit.entries.filter { $0.outcome == .blind }.count
    let unseen = blind == 0 ? "" : " Of \(blind) nothing can be said."
    if residue == 0 { return "\(count(changes, "change")) looked at after the rollback. None is left.\(unseen)" }
    return "\(count(changes, "change")) looked at after the rollback. \(residue) \(residue == 1 ? "is" : "are") not as before the upgrade.\(unseen)"
  }

  static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

  /// `a`, `a or b`, `a, b or c`.
  static func joined(_ words: [String]) -> String {
    guard words.count > 1, let last = words.last else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " or " + last
  }

  static func of(_ blindSpots: [BlindSpot]) -> String {
    "\(count(blindSpots.count, "blind spot")): this audit cannot say that it is clean."
  }
}
