extension AttributeOutcome {
  /// The table "After a rollback" of docs/design/what-may-be-said.md.
  ///
  /// `isCovered` tells whether a restore that was done says that it puts this back.
  public init(_ history: History, isCovered: Bool) {
    switch history {
    case .changed(now: .asBefore): self = .reverted
    case .changed(now: .asAfter): self = .residue
    case .changed(now: .neither): self = .diverged
    case .unchanged(now: .same): self = .untouched
    case .unchanged(now: .other): self = isCovered ? .collateral : .since
    case .afterUnknown(now: .same): self = .asBefore
    case .afterUnknown(now: .other): self = .changedCauseUnknown
    case .changed(now: .unknown), .unchanged(now: .unknown), .afterUnknown(now: .unknown), .beforeUnknown: self = .blind
    }
  }
}

extension Outcome {
  /// The table "Of a resource with several attributes" of docs/design/what-may-be-said.md.
  ///
  /// What is not as it should be outweighs what can't be seen, and that outweighs what is as it should be.
  public init(of parts: Set<AttributeOutcome>) {
    let (isReverted, isResidue, isDiverged) = (parts.contains(.reverted), parts.contains(.residue), parts.contains(.diverged))
    switch (isReverted, isResidue, isDiverged) {
    case (true, true, true), (true, true, false), (true, false, true): self = .partlyReverted
    case (false, true, true), (false, false, true): self = .diverged
    case (false, true, false): self = .residue
    case (true, false, false), (false, false, false): self = Self.ofOthers(parts)
    }
  }

  /// Of parts without residue, the weightiest.
  private static func ofOthers(_ parts: Set<AttributeOutcome>) -> Outcome {
    let weightiest = parts.max { weight($0) < weight($1) }
    switch weightiest {
    case nil, .untouched: return .untouched
    case .asBefore: return .asBefore
    case .reverted: return .reverted
    case .blind: return .blind
    case .since: return .since
    case .collateral: return .collateral
    case .changedCauseUnknown: return .changedCauseUnknown
    case .residue: return .residue
    case .diverged: return .diverged
    }
  }

  private static func weight(_ part: AttributeOutcome) -> Int {
    switch part {
    case .untouched: 0
    case .asBefore: 1
    case .reverted: 2
    case .blind: 3
    case .since: 4
    case .collateral: 5
    case .changedCauseUnknown: 6
    case .residue: 7
    case .diverged: 8
    }
  }
}
