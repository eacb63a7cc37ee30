/// The blind spots of a report.
struct BlindSpotTable {
  private let style: Style
  private let columns = Columns(widest: [48, 0])

  init(style: Style) { self.style = style }

  func lines(_ spots: [BlindSpot]) -> [String] {
    let rows = spots.map { spot in
      [Columns.Cell("  ! \(Self.place(spot))", .yellow), Columns.Cell(Self.sentence(spot))]
    }
    let widths = columns.widths(rows)
    return zip(spots, rows).flatMap { spot, row in
      let advice = Self.advice(spot).map { columns.line([.init(""), .init($0, .dim)], widths: widths, style: style) }
      return [columns.line(row, widths: widths, style: style)] + advice
    }
  }

  static func place(_ spot: BlindSpot) -> String {
    let parents = spot.scope.label.isEmpty ? "" : " · \(DisplayText.terminal(spot.scope.label))"
    return "\(DisplayText.terminal(spot.watch)) · \(DisplayText.terminal(spot.kind))\(parents)"
  }

  static func sentence(_ spot: BlindSpot) -> String {
    let side =
      switch spot.side {
      case .before: " (before)"
      case .after, .now, .both: ""
      }
    let unknown = spot.unknown == 0 ? "" : "; of \(Headline.count(spot.unknown, "resource")) nothing can be said"
    return DisplayText.terminal(spot.because.sentence) + side + unknown
  }

  private static func advice(_ spot: BlindSpot) -> [String] {
    let known = spot.acknowledged.map { acknowledged in
      "known: \(DisplayText.terminal(acknowledged.because))" + (acknowledged.until.map { ", until \(DisplayText.terminal($0))" } ?? "")
    }
    return [spot.because.advice.isEmpty ? nil : DisplayText.terminal(spot.because.advice), known].compactMap { $0 }
  }
}
