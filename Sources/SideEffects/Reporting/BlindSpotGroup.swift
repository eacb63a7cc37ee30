/// Blind spots of one watch that say the same: one row of a report, with all the places that it is about.
struct BlindSpotGroup {
  private let first: BlindSpot
  private var spots: [BlindSpot]

  private init(_ spot: BlindSpot) { (first, spots) = (spot, [spot]) }

  /// In the order of the first of each.
  static func of(_ spots: [BlindSpot]) -> [BlindSpotGroup] {
    var groups: [BlindSpotGroup] = []
    var known: [Likeness: Int] = [:]
    for spot in spots {
      if let index = known[Likeness(spot)] {
        groups[index].spots.append(spot)
      } else {
        known[Likeness(spot)] = groups.count
        groups.append(BlindSpotGroup(spot))
      }
    }
    return groups
  }

  /// What blind spots of one row have in common.
  private struct Likeness: Hashable {
    let watch: Text
    let isBefore: Bool
    let code: Text
    let sentence: Text
    let advice: Text
    let acknowledged: BlindSpot.Acknowledged?

    init(_ spot: BlindSpot) {
      (watch, isBefore, acknowledged) = (spot.watch, BlindSpotGroup.isBefore(spot), spot.acknowledged)
      (code, sentence, advice) = (spot.code, spot.because.sentence, spot.because.advice)
    }
  }

  var watch: String { DisplayText.terminal(first.watch) }

  /// The kinds, each with the parents where it is not the whole listing; each once.
  var places: [String] {
    var places: [String] = []
    for spot in spots {
      let parents = spot.scope.label.isEmpty ? "" : " · \(DisplayText.terminal(spot.scope.label))"
      let place = DisplayText.terminal(spot.kind) + parents
      if places.last != place { places.append(place) }
    }
    return places
  }

  var place: String { "\(watch) · \(places.joined(separator: ", "))" }

  var sentence: String {
    let count = spots.reduce(0) { $0 + $1.unknown }
    let unknown = count == 0 ? "" : "; of \(Headline.count(count, "resource")) nothing can be said"
    return DisplayText.terminal(first.because.sentence) + (Self.isBefore(first) ? " (before)" : "") + unknown
  }

  /// What `acknowledge` in the configuration names.
  var code: Text { first.code }

  /// Empty where there is nothing to do.
  var advice: Text { first.because.advice }

  var acknowledged: BlindSpot.Acknowledged? { first.acknowledged }

  private static func isBefore(_ spot: BlindSpot) -> Bool {
    switch spot.side {
    case .before: true
    case .after, .now, .both: false
    }
  }
}
