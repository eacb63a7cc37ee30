import Documents

/// A blind spot in a JSON report.
enum BlindSpotFields {
  static func document(_ spot: BlindSpot) -> Document {
    let acknowledged = spot.acknowledged.map { JSONFields.object([("because", .text($0.because)), ("until", .optional($0.until))]) }
    return JSONFields.object([
      ("watch", .text(spot.watch)), ("kind", .text(spot.kind)), ("parent", spot.scope == .whole ? nil : .text(spot.scope.label)),
      ("code", .text(spot.code)), ("side", .text(Text(spot.side.rawValue))), ("reason", .text(spot.because.sentence)),
      ("hint", spot.because.advice.isEmpty ? nil : .text(spot.because.advice)), ("unknown", .count(spot.unknown)),
      ("acknowledged", acknowledged),
    ])
  }
}
