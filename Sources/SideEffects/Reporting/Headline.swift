/// The first sentences of a report: how much changed, and how much of it stays.
enum Headline {
  static func of(_ audit: Audit) -> String {
    if audit.now != nil { return found(audit) }
    let (changes, residue) = (audit.entries.count, audit.residue.count)
    if changes == 0 {
      let nothing = audit.ignored.isEmpty ? "No changes" : "No changes but \(count(audit.ignored.count, "ignored one"))"
      return audit.isComplete ? "\(nothing). Nothing is left outside." : "\(nothing) in what could be compared."
    }
    return predicted(audit, changes, residue)
  }

  private static func predicted(_ audit: Audit, _ changes: Int, _ residue: Int) -> String {
    let first = "\(count(changes, "change"))."
    guard residue > 0 else { return "\(first) None is residue: what is restored undoes \(changes == 1 ? "it" : "all of them")." }
    let subject = residue == 1 ? "1 is residue" : "\(residue) are residue"
    let them = residue == 1 ? "it" : "them"
    let names = Set(
      audit.entries.flatMap { entry -> [Text] in
        switch entry.coverage {
        case .restored(let name): [name]
        case .survives(let names): names
        case .unknown: []
        }
      }
    ).sorted().map { DisplayText.terminal($0) }
    if names.isEmpty { return "\(first) \(subject): no restore is declared that undoes \(them)." }
    return "\(first) \(subject): restoring \(joined(names)) does not undo \(them)."
  }

  /// What came back of what the upgrade changed, and what changed beside it.
  private static func found(_ audit: Audit) -> String {
    let restored = audit.restored.map { DisplayText.terminal($0) }
    let when = restored.isEmpty ? "Now" : "After restoring \(restored.joined(separator: " and "))"
    let (upgrade, later) = split(audit.entries)
    var sentences: [String] = []
    if !upgrade.isEmpty {
      let (back, unseen) = (upgrade.filter { $0.outcome?.isClean == true }.count, audit.unseen.count)
      let stayed = upgrade.count - back - unseen
      sentences.append("The upgrade changed \(count(upgrade.count, "thing")).")
      let parts = [
        back > 0 ? "\(isOrAre(back)) as before" : nil,
        stayed > 0 ? "\(isOrAre(stayed)) not\(back > 0 ? "" : " as before")" : nil,
        unseen > 0 ? "of \(unseen) nothing can be said" : nil,
      ].compactMap { $0 }
      sentences.append("\(when) \(parts.joined(separator: ", ")).")
    }
    let lost = audit.entries.filter(\.isOthersLoss).count
    if lost > 0 { sentences.append("\(count(lost, "change")) of somebody else \(lost == 1 ? "is" : "are") undone by what was restored.") }
    sentences += later.map { outcome, number in "\(count(number, "thing")) \(laterWords(outcome, number))." }
    if !sentences.isEmpty { return sentences.joined(separator: " ") }
    let ignored = audit.ignored.isEmpty ? "" : ", but for \(count(audit.ignored.count, "ignored change"))"
    return audit.isComplete ? "\(when) everything is as before\(ignored)." : "\(when) nothing was found that is not as before\(ignored)."
  }

  /// The entries of the upgrade's own changes, and how many others there are of each outcome.
  private static func split(_ entries: [Audit.Entry]) -> (upgrade: [Audit.Entry], later: [(outcome: Outcome, count: Int)]) {
    let outcomes: [Outcome] = [.collateral, .since, .changedCauseUnknown]
    let later = outcomes.map { outcome in (outcome, entries.filter { $0.outcome == outcome && !$0.isOthersLoss }.count) }.filter {
      $0.1 > 0
    }
    return (entries.filter { entry in !outcomes.contains { $0 == entry.outcome } }, later)
  }

  /// What became of things that the upgrade is not known to have changed.
  private static func laterWords(_ outcome: Outcome, _ number: Int) -> String {
    guard outcome == .collateral else { return OutcomeText.phrase(outcome) }
    return "changed since the upgrade; what was restored covers \(number == 1 ? "it" : "them") and may have done it"
  }

  private static func isOrAre(_ number: Int) -> String { number == 1 ? "1 is" : "\(number) are" }

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
