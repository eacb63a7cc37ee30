/// What three looks tell of one attribute, or of a thing's presence: before an upgrade, after it, and after a rollback.
public enum History: Hashable, Sendable {
  /// What is there now, where before and after differ.
  public enum Now: Hashable, Sendable, CaseIterable { case asBefore, asAfter, neither, unknown }
  /// What is there now, where there is one state to compare with.
  public enum Later: Hashable, Sendable, CaseIterable { case same, other, unknown }

  case changed(now: Now)
  case unchanged(now: Later)
  /// Nobody looked after the upgrade, or not there.
  case afterUnknown(now: Later)
  /// What was before is not known, or what is known of now doesn't compare with it.
  case beforeUnknown

  /// From how each two of the three compare; what contradicts itself says nothing.
  public init(beforeAfter: Relation, beforeNow: Relation, afterNow: Relation) {
    switch (beforeAfter, beforeNow, afterNow) {
    case (.differ, .equal, .differ), (.differ, .equal, .unknown), (.unknown, .equal, .differ): self = .changed(now: .asBefore)
    // A mask that came with the upgrade and is still there is not as before, and nobody sees more.
    case (.differ, .differ, .equal), (.differ, .differ, .unknown), (.differ, .unknown, .equal), (.unknown, .differ, .equal):
      self = .changed(now: .asAfter)
    case (.differ, .differ, .differ): self = .changed(now: .neither)
    case (.differ, .unknown, .differ), (.differ, .unknown, .unknown): self = .changed(now: .unknown)
    case (.equal, .equal, .equal), (.equal, .equal, .unknown), (.equal, .unknown, .equal), (.unknown, .equal, .equal):
      self = .unchanged(now: .same)
    case (.equal, .differ, .differ), (.equal, .differ, .unknown), (.equal, .unknown, .differ): self = .unchanged(now: .other)
    case (.equal, .unknown, .unknown): self = .unchanged(now: .unknown)
    case (.unknown, .equal, .unknown): self = .afterUnknown(now: .same)
    case (.unknown, .differ, .differ), (.unknown, .differ, .unknown): self = .afterUnknown(now: .other)
    case (.unknown, .unknown, .equal), (.unknown, .unknown, .differ), (.unknown, .unknown, .unknown): self = .beforeUnknown
    case (.differ, .equal, .equal), (.equal, .equal, .differ), (.equal, .differ, .equal): self = .beforeUnknown
    }
  }
}
