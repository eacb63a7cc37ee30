/// What became of a change after a rollback, in a phrase.
enum OutcomeText {
  static func phrase(_ outcome: Outcome) -> String {
    switch outcome {
    case .untouched: "untouched"
    case .asBefore: "as before"
    case .reverted: "reverted"
    case .residue: "still there"
    case .partlyReverted: "reverted in part"
    case .diverged: "neither as before nor as after"
    case .recreated: "back under a new id"
    case .collateral: "changed by the restore"
    case .since: "changed since the upgrade"
    case .changedCauseUnknown: "changed, nobody knows by what"
    case .blind: "could not be looked at"
    }
  }
}
