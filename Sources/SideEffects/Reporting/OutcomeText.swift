/// What became of a change after a rollback, in a phrase.
enum OutcomeText {
  static func phrase(_ outcome: Outcome) -> String {
    switch outcome {
    case .untouched: "untouched"
    case .asBefore: "as before"
    case .reverted: "came back"
    case .residue: "still there"
    case .partlyReverted: "came back in part"
    case .diverged: "neither as before nor as after"
    case .recreated: "back as another thing"
    case .collateral: "changed since the upgrade; a restore covers it and may have done it"
    case .since: "changed since the upgrade"
    case .changedCauseUnknown: "changed, nobody knows by what"
    case .blind: "could not be looked at now"
    }
  }

  /// Of an entry; a deletion that stayed is not "there".
  static func phrase(_ entry: Audit.Entry) -> String? {
    guard let outcome = entry.outcome else { return nil }
    guard outcome == .residue else { return phrase(outcome, of: entry) }
    switch entry.change.what {
    case .created: return phrase(outcome)
    case .deleted: return "still gone"
    case .updated, .recreated: return "still so"
    }
  }

  /// Of an entry or a part of it; names the restore that may have done it.
  static func phrase(_ outcome: Outcome, of entry: Audit.Entry) -> String {
    if entry.isOthersLoss, outcome == .collateral {
      let restore: String = if case .restored(let name) = entry.coverage { DisplayText.terminal(name) } else { "a restore" }
      return "somebody else's, and undone by \(restore)"
    }
    guard outcome == .collateral, case .restored(let name) = entry.coverage else { return phrase(outcome) }
    return "changed since the upgrade; \(DisplayText.terminal(name)) covers it and may have done it"
  }
}
