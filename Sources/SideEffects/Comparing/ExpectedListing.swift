/// A watch's kind that a report is asked about, whether anybody looked at it or not.
public struct ExpectedListing: Hashable, Sendable {
  public let watch: Text
  public let kind: Text
  public init(watch: Text, kind: Text) { (self.watch, self.kind) = (watch, kind) }

  /// The blind spots of those that none of some snapshots looked at.
  static func unseen(_ expected: [ExpectedListing], in snapshots: [Snapshot]) -> [BlindSpot] {
    expected.filter { one in snapshots.allSatisfy { $0.observation(watch: one.watch, kind: one.kind) == nil } }.map { one in
      BlindSpot(
        watch: one.watch, kind: one.kind, side: .both,
        because: Diagnostic("first-look", "nobody looked at it, before or after", advice: "Look at the same watches and kinds each time."))
    }
  }
}

extension Comparison {
  /// The same, with a blind spot for each listing that is asked about and that neither snapshot holds.
  public func asked(about expected: [ExpectedListing], in snapshots: [Snapshot]) -> Comparison {
    let unseen = ExpectedListing.unseen(expected, in: snapshots)
    guard !unseen.isEmpty else { return self }
    var asked = self
    asked.blindSpots = (blindSpots + unseen).sorted(by: BlindSpot.precedes)
    return asked
  }
}

extension RollbackComparison {
  /// The same, with a blind spot for each listing that is asked about and that no snapshot holds.
  public func asked(about expected: [ExpectedListing], in snapshots: [Snapshot]) -> RollbackComparison {
    let unseen = ExpectedListing.unseen(expected, in: snapshots)
    guard !unseen.isEmpty else { return self }
    var asked = self
    asked.blindSpots = (blindSpots + unseen).sorted(by: BlindSpot.precedes)
    return asked
  }
}
