/// All that two snapshots say together.
public struct Comparison: Hashable, Sendable {
  public let before: Text
  public let after: Text
  /// Sorted by watch, kind, id and scope.
  public internal(set) var changes: [Change]
  /// Sorted by watch, kind, scope and code.
  public internal(set) var blindSpots: [BlindSpot]
  /// Sorted by watch, kind and path.
  public let moves: [FileMove]

  public init(before: Text, after: Text, changes: [Change], blindSpots: [BlindSpot], moves: [FileMove] = []) {
    (self.before, self.after, self.changes, self.blindSpots, self.moves) = (before, after, changes, blindSpots, moves)
  }
}
