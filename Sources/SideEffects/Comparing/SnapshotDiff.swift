/// Compares two snapshots: a merge of sorted streams, watch by watch and kind by kind.
///
/// Memory holds two chunks and what is found; chunks that both snapshots share are not read.
public enum SnapshotDiff {
  /// All changes between two snapshots, and all that can't be said.
  ///
  /// `read` gives the lines of a chunk, as `SnapshotStore.chunk` does. Throws what it throws, and `store-damaged` where a chunk is
  /// not as it was written.
  ///
  /// - Parameter moved: Asked about files that may have moved; without it none did.
  public static func compare(
    before: Snapshot, after: Snapshot, moved: @escaping MoveProof = { _, _, _, _ in [] }, read: @escaping ChunkStream.Fetch
  ) async throws(Failure) -> Comparison {
    try await compare(before: before, after: after, later: .after, moved: moved, read: read)
  }

  /// The same, where the later one may be a look after a rollback: what a rollback has to bring back is a file where it was.
  static func compare(
    before: Snapshot, after: Snapshot, later: ObservationPair.Later, moved: @escaping MoveProof = { _, _, _, _ in [] },
    read: @escaping ChunkStream.Fetch
  ) async throws(Failure) -> Comparison {
    var changes: [Change] = []
    var blindSpots: [BlindSpot] = []
    var moves: [FileMove] = []
    for pairing in pairings(before, after) {
      switch pairing {
      case .one(let observation, let side): blindSpots += firstLook(observation, seen: side, later)
      case .two(let old, let new):
        switch Comparability(before: old, after: new, keysAreEqual: before.fingerprintKey == after.fingerprintKey, later: later) {
        case .incomparable(let pair, let spot): blindSpots += [spot] + BlindSpotLedger.known(to: pair)
        case .comparable(let pair):
          let found = try await merge(pair, moved, read)
          changes += found.changes
          blindSpots += found.blindSpots
          moves += found.moves
        }
      }
    }
    return Comparison(
      before: before.name, after: after.name, changes: changes.sorted(by: Change.precedes),
      blindSpots: blindSpots.sorted(by: BlindSpot.precedes),
      moves: moves.sorted { ($0.watch, $0.kind, $0.from) < ($1.watch, $1.kind, $1.from) })
  }

  private enum Pairing {
    case two(Observation, Observation)
    case one(Observation, ObservationPair.Side)
  }

  private static func pairings(_ before: Snapshot, _ after: Snapshot) -> [Pairing] {
    let old = before.observations.map { old in
      after.observation(watch: old.watch, kind: old.kind).map { Pairing.two(old, $0) } ?? .one(old, .before)
    }
    return old + after.observations.filter { before.observation(watch: $0.watch, kind: $0.kind) == nil }.map { .one($0, .after) }
  }

  private static func firstLook(_ observation: Observation, seen side: ObservationPair.Side, _ later: ObservationPair.Later) -> [BlindSpot]
  {
    let (sentence, blind): (String, BlindSpot.Side) =
      switch side {
      case .before: ("it was looked at before and not \(later.word)", later.blind(.after))
      case .after: ("it was not looked at before, so there is nothing to compare with", .before)
      }
    let because = Diagnostic("first-look", sentence, advice: "Look at the same watches and kinds each time")
    let spot = BlindSpot(watch: observation.watch, kind: observation.kind, side: blind, because: because, unknown: observation.count)
    return [spot] + BlindSpotLedger.known(to: observation, side: later.blind(side))
  }

  private static func merge(_ pair: ObservationPair, _ moved: MoveProof, _ read: @escaping ChunkStream.Fetch) async throws(Failure) -> (
    changes: [Change], blindSpots: [BlindSpot], moves: [FileMove]
  ) {
    var collector = ChangeCollector(pair)
    var old = LineQueue(ChunkStream(pair.before, fetch: read))
    var new = LineQueue(ChunkStream(pair.after, fetch: read))
    while true {
      if let left = old.boundary, let right = new.boundary, left.digest == right.digest {
        old.skipChunk()
        new.skipChunk()
        continue
      }
      let (left, right) = (try await old.key(), try await new.key())
      switch Turn(left, right) {
      case .end:
        var moves = collector.moves()
        if !moves.candidates.isEmpty {
          moves.take(await moved(moves.candidates, pair.after.watch, pair.before.asked.revision, pair.after.asked.revision))
        }
        return collector.finish(moves)
      case .before: if let line = try await old.take() { collector.onlyBefore(try old.resource(of: line)) }
      case .after: if let line = try await new.take() { collector.onlyAfter(try new.resource(of: line)) }
      case .both:
        guard let left = try await old.take(), let right = try await new.take() else { continue }
        if left.bytes != right.bytes { collector.both(try old.resource(of: left), try new.resource(of: right)) }
      }
    }
  }

  /// Which of two sorted streams holds the smaller key.
  private enum Turn {
    case before, after, both, end

    init(_ left: ArraySlice<UInt8>?, _ right: ArraySlice<UInt8>?) {
      switch (left, right) {
      case (nil, nil): self = .end
      case (.some, nil): self = .before
      case (nil, .some): self = .after
      case (let left?, let right?):
        if left == right { self = .both } else { self = left.lexicographicallyPrecedes(right) ? .before : .after }
      }
    }
  }
}
