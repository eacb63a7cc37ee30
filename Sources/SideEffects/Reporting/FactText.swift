/// What became of one attribute after a rollback, on one line.
enum FactText {
  /// Such as `false -> true, still so`, `a -> b, now c` and `push, now push, release`.
  static func words(_ fact: Audit.Fact, of entry: Audit.Entry) -> String {
    if fact.name == RollbackFinding.notShown { return "changed, but not shown: \(OutcomeText.phrase(fact.outcome, of: entry))" }
    let now = reading(fact.now)
    switch fact.outcome {
    case .reverted, .residue, .partlyReverted:
      let ending = fact.outcome == .residue ? "still so" : OutcomeText.phrase(fact.outcome)
      return "\(difference(fact.before, fact.after)), \(ending)" + (fact.outcome == .partlyReverted || wentOn(fact) ? ": now \(now)" : "")
    case .diverged:
      return entry.outcome == .recreated ? "was \(reading(fact.before)), now \(now)" : "\(difference(fact.before, fact.after)), now \(now)"
    case .collateral, .since, .changedCauseUnknown:
      return "was \(reading(fact.before)), now \(now): \(OutcomeText.phrase(fact.outcome, of: entry))"
    case .recreated, .untouched, .asBefore: return "\(reading(fact.before)), \(OutcomeText.phrase(fact.outcome))"
    case .blind: return "\(difference(fact.before, fact.after)), what it is now can't be told"
    }
  }

  /// The facts that want lines of their own: those that say more than the line of their resource.
  static func details(_ entry: Audit.Entry) -> [Audit.Fact] {
    guard entry.facts.count == 1, entry.change.attributes.count == 1, let fact = entry.facts.first,
      let change = entry.change.attributes.first,
      fact.name == change.name, fact.outcome == entry.outcome
    else { return entry.facts }
    let isTold =
      switch fact.outcome {
      case .residue: !wentOn(fact)
      case .reverted, .blind: true
      // What changed later stands in the line already where nothing changed before.
      case .since, .collateral, .changedCauseUnknown: fact.now == change.after.map { .value($0) }
      case .untouched, .asBefore, .partlyReverted, .diverged, .recreated: false
      }
    return isTold ? [] : entry.facts
  }

  /// Whether a set holds what the upgrade put into it and has changed in something else since.
  private static func wentOn(_ fact: Audit.Fact) -> Bool {
    guard fact.outcome == .residue, case .value(.set(let after)) = fact.after, case .value(.set(let now)) = fact.now else { return false }
    return after != now
  }

  private static func difference(_ old: Reading?, _ new: Reading?) -> String {
    if case .value(.set(let old)) = old, case .value(.set(let new)) = new {
      return ValueText.change(AttributeChange(name: "", difference: .replaced(.set(old), .set(new))))
    }
    return "\(reading(old)) -> \(reading(new))"
  }

  private static func reading(_ reading: Reading?) -> String {
    switch reading {
    case nil: "(none)"
    case .withheld: "(masked)"
    case .value(let value): ValueText.of(value)
    }
  }
}
