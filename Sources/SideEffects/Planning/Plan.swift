/// Ordered remediation steps for the residue.
public struct Plan: Hashable, Sendable {
  public let name: Text
  public let upgrade: Text?
  public let before: Text
  /// Nil where nobody looked after the upgrade.
  public let after: Text?
  public let now: Text?
  /// When the state that it plans for was looked at.
  public let seen: Instant
  /// Before any rollback a plan is a prediction of what will be left.
  public let isPrediction: Bool
  /// In the order in which they are done.
  public let steps: [Step]
  /// What could not be looked at and has to be checked by hand.
  public let blindSpots: [BlindSpot]
  /// Changes of the upgrade of which nobody knows what became of them, a sentence each.
  public let unseen: [Text]
  /// Nil where no snapshot of a store was at hand, as for a provider's fixtures.
  public let ground: PlanGround?

  public init(
    name: Text, upgrade: Text?, before: Text, after: Text?, now: Text?, seen: Instant, isPrediction: Bool, steps: [Step],
    blindSpots: [BlindSpot], unseen: [Text] = [], ground: PlanGround? = nil
  ) {
    (self.name, self.upgrade, self.before, self.after, self.now) = (name, upgrade, before, after, now)
    (self.seen, self.isPrediction, self.steps, self.blindSpots, self.unseen) = (seen, isPrediction, steps, blindSpots, unseen)
    self.ground = ground
  }

  /// The newest snapshot that it is made of.
  public var basis: Text { now ?? after ?? before }

  /// Blind spots that nobody has said to know: with one of these nothing can be called clean.
  public var openBlindSpots: [BlindSpot] { blindSpots.filter { $0.acknowledged == nil } }

  /// Whether all could be looked at: only then a plan without steps says that nothing is left.
  public var isComplete: Bool { openBlindSpots.isEmpty && unseen.isEmpty }
}
