/// What became of one attribute, or of a resource's presence, after a rollback: the second table of the design.
public enum AttributeOutcome: Hashable, Sendable, CaseIterable {
  case untouched, asBefore, reverted, residue, diverged, collateral, since, changedCauseUnknown, blind
}

/// What became of a change after a rollback.
public enum Outcome: String, Hashable, Sendable, CaseIterable {
  case untouched
  case asBefore = "as-before"
  case reverted
  case residue
  case partlyReverted = "partly-reverted"
  case diverged
  case recreated
  /// The restore changed what the upgrade had left alone.
  case collateral
  /// Changed after the upgrade, by no restore that was done.
  case since
  case changedCauseUnknown = "changed-cause-unknown"
  case blind

  /// Whether it is about a change that came about between the looks before and after the upgrade.
  var isOfUpgrade: Bool {
    switch self {
    case .reverted, .residue, .partlyReverted, .diverged, .recreated, .blind: true
    case .untouched, .asBefore, .collateral, .since, .changedCauseUnknown: false
    }
  }

  /// Whether an audit with it is clean.
  public var isClean: Bool {
    switch self {
    case .untouched, .asBefore, .reverted: true
    case .residue, .partlyReverted, .diverged, .recreated, .collateral, .since, .changedCauseUnknown, .blind: false
    }
  }
}
