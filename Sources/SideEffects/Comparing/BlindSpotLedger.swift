/// Gathers the blind spots of one watch and kind, and counts what cannot be said because of each.
struct BlindSpotLedger {
  private let pair: ObservationPair
  private var unknownBefore: [Absence: Int] = [:]
  private var unknownAfter: [Absence: Int] = [:]
  private var metOtherKey = false

  init(_ pair: ObservationPair) { self.pair = pair }

  /// Counts a resource about which nothing can be said, since `side` doesn't hold it and that proves nothing.
  mutating func count(_ absence: Absence, on side: ObservationPair.Side) {
    switch side {
    case .before: unknownBefore[absence, default: 0] += 1
    case .after: unknownAfter[absence, default: 0] += 1
    }
  }

  /// Fingerprints of two keys were met.
  mutating func noteOtherKey() { metOtherKey = true }

  /// All blind spots, those that hold for both sides once.
  func blindSpots() -> [BlindSpot] {
    var spots: [BlindSpot] = []
    for side in [ObservationPair.Side.before, .after] {
      spots += Self.known(to: pair.observation(side), side: pair.later.blind(side), unknown: unknown(side))
      spots += notAsked(on: side) + leftOut(on: side)
    }
    spots += readers() + keys() + listings() + schemas()
    return Self.joined(spots)
  }

  /// What each of two observations says itself that it could not see.
  static func known(to pair: ObservationPair) -> [BlindSpot] {
    joined(known(to: pair.before, side: .before) + known(to: pair.after, side: pair.later.blind(.after)))
  }

  /// One for each part that could not be read, and the standing ones; what is unknown below a part counts for its first reason.
  static func known(to observation: Observation, side: BlindSpot.Side, unknown: [Absence: Int] = [:]) -> [BlindSpot] {
    var counted: Set<Scope> = []
    let gaps = observation.completeness.gaps.map { gap in
      let count = counted.insert(gap.scope).inserted ? unknown[.unread(gap.scope)] ?? 0 : 0
      return BlindSpot(
        watch: observation.watch, kind: observation.kind, scope: gap.scope, side: side, because: gap.because, unknown: count)
    }
    return gaps + observation.standing.map { BlindSpot(watch: observation.watch, kind: observation.kind, side: side, because: $0) }
  }

  private func unknown(_ side: ObservationPair.Side) -> [Absence: Int] {
    switch side {
    case .before: unknownBefore
    case .after: unknownAfter
    }
  }

  /// Values of a list of constants that only the other side was asked for.
  private func notAsked(on side: ObservationPair.Side) -> [BlindSpot] {
    let (mine, theirs) =
      switch side {
      case .before: (pair.before.asked.constants, pair.after.asked.constants)
      case .after: (pair.after.asked.constants, pair.before.asked.constants)
      }
    let (looked, other) =
      switch side {
      case .before: ("before", pair.later.word)
      case .after: (pair.later.word, "before")
      }
    return theirs.sorted { $0.key < $1.key }.flatMap { list, values in
      values.subtracting(mine[list] ?? values).sorted().map { value in
        let scope = Scope([Scope.Step(list: list, id: value)])
        let because = Diagnostic(
          "first-look", "\(list) `\(value)` was looked at \(other) and not \(looked)",
          advice: "The next snapshot will have something to compare with")
        return pair.blindSpot(pair.later.blind(side), scope: scope, because, unknown: unknown(side)[.notAsked(scope)] ?? 0)
      }
    }
  }

  /// What was left out on this side and holds, or may hold, what the other side has seen.
  private func leftOut(on side: ObservationPair.Side) -> [BlindSpot] {
    unknown(side).compactMap { absence, count in
      switch absence {
      case .leftOut(let leftOut, let scope):
        pair.blindSpot(pair.later.blind(side), scope: scope, leftOut.because, unknown: count)
      case .notSearched(let scope): pair.blindSpot(pair.later.blind(side), scope: scope, Self.notSearched, unknown: count)
      case .proven, .notAsked, .unread, .otherManifest, .otherReader, .otherKey: nil
      }
    }
    .sorted(by: BlindSpot.precedes)
  }

  private static let notSearched = Diagnostic(
    "left-out-not-searched",
    "what is missing may stand in a test or a copy of another project: the two looks don't tell what came there since the same revision",
    advice: "Compare snapshots of which each was taken into one store, or set `tests` and `vendored`.")

  private func readers() -> [BlindSpot] {
    let (before, after) = (pair.before.reader, pair.after.reader)
    // Who reads is not known of a side that could not be read: its own reason says more.
    let isFailed = pair.before.completeness.isFailed || pair.after.completeness.isFailed
    return [(ObservationPair.Side.before, before, after), (.after, after, before)].compactMap { side, mine, theirs in
      let unseen = unknown(side)[.otherReader] ?? 0
      guard !mine.reaches(asFarAs: theirs), !isFailed || unseen > 0 else { return nil }
      let sentence =
        "\(Comparability.name(of: before)) looked before and \(Comparability.name(of: after)) \(pair.later.word): what one sees the other may not be shown"
      let because = Diagnostic("other-reader", sentence, advice: "Look again with the credential of the first time")
      return pair.blindSpot(pair.later.blind(side), because, unknown: unseen)
    }
  }

  private func keys() -> [BlindSpot] {
    let unknown = (unknownBefore[.otherKey] ?? 0) + (unknownAfter[.otherKey] ?? 0)
    guard metOtherKey || unknown > 0 else { return [] }
    let because = Diagnostic(
      "fingerprint-key", "the fingerprints of the two snapshots were made with different keys, so secrets can't be compared",
      advice: "Compare snapshots that were taken into one store")
    return [pair.blindSpot(.both, because, unknown: unknown)]
  }

  /// What one version of the provider looks for the other may not.
  private func listings() -> [BlindSpot] {
    guard !pair.before.schema.listsAlike(pair.after.schema) else { return [] }
    let because = Diagnostic(
      "other-manifest", "the provider changed in between and lists other things, or in another way",
      advice: "The next snapshot will have something to compare with")
    return [pair.blindSpot(.both, because, unknown: (unknownBefore[.otherManifest] ?? 0) + (unknownAfter[.otherManifest] ?? 0))]
  }

  private func schemas() -> [BlindSpot] {
    let (before, after) = (pair.before.schema, pair.after.schema)
    guard before.manifest != after.manifest else { return [] }
    let declared = Set(before.attributes.keys).union(after.attributes.keys)
    let different = declared.filter { before.attributes[$0] != after.attributes[$0] }.sorted()
    guard !different.isEmpty else { return [] }
    let names = different.map { "`\($0)`" }.joined(separator: ", ")
    let because = Diagnostic(
      "other-manifest", "the provider changed in between and declares \(names) in one version only",
      advice: "The next snapshot will have something to compare with")
    return [pair.blindSpot(.both, because)]
  }

  /// The same reason on both sides is one blind spot.
  private static func joined(_ spots: [BlindSpot]) -> [BlindSpot] {
    var joined: [BlindSpot] = []
    for spot in spots {
      let same = joined.firstIndex { $0.scope == spot.scope && $0.because == spot.because && $0.side != spot.side }
      guard let same else {
        joined.append(spot)
        continue
      }
      joined[same] = BlindSpot(
        watch: spot.watch, kind: spot.kind, scope: spot.scope, side: .both, because: spot.because,
        unknown: joined[same].unknown + spot.unknown)
    }
    return joined
  }
}

extension ObservationPair.Later {
  var word: String {
    switch self {
    case .after: "after"
    case .now: "now"
    }
  }

  /// The side of a pair as a blind spot names it.
  func blind(_ side: ObservationPair.Side) -> BlindSpot.Side {
    switch (side, self) {
    case (.before, .after), (.before, .now): .before
    case (.after, .after): .after
    case (.after, .now): .now
    }
  }
}
