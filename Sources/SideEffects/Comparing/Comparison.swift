/// All that two snapshots say together.
public struct Comparison: Hashable, Sendable {
  public let before: Text
  public let after: Text
  /// Sorted by watch, kind, id and scope.
  public let changes: [Change]
  /// Sorted by watch, kind, scope and code.
  public let blindSpots: [BlindSpot]

  public init(before: Text, after: Text, changes: [Change], blindSpots: [BlindSpot]) {
    (self.before, self.after, self.changes, self.blindSpots) = (before, after, changes, blindSpots)
  }
}
