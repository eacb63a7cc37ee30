/// The blind spots of a report.
struct BlindSpotTable {
  private let style: Style
  private let columns = Columns(widest: [Self.widestPlace, 0])

  private static let widestPlace = 48
  private static let width = 110

  init(style: Style) { self.style = style }

  func lines(_ spots: [BlindSpot]) -> [String] {
    let groups = BlindSpotGroup.of(spots)
    let rows = groups.map { group in
      [Columns.Cell("  ! \(group.place)", .yellow)] + Self.words(group)
    }
    let widths = columns.widths(rows)
    return zip(groups, rows).flatMap { group, row in
      // Of many places, their list has lines of its own.
      let isLong = group.places.count > 1 && DisplayText.columns(row[0].text) > Self.widestPlace
      let first = isLong ? list(group) + [line(Self.words(group))] : [columns.line(row, widths: widths, style: style)]
      let advice = Self.advice(group).map { words in
        isLong ? line([.init(words, .dim)]) : columns.line([.init(""), .init(words, .dim)], widths: widths, style: style)
      }
      return first + advice
    }
  }

  private static func words(_ group: BlindSpotGroup) -> [Columns.Cell] {
    [Columns.Cell(group.sentence), Columns.Cell("[\(DisplayText.terminal(group.code))]", .dim)]
  }

  /// A line below a list of places.
  private func line(_ cells: [Columns.Cell]) -> String { "      " + columns.line(cells, widths: [0, 0], style: style) }

  private func list(_ group: BlindSpotGroup) -> [String] {
    let margin = String(repeating: " ", count: 4)
    var lines: [String] = []
    var line = "  ! \(group.watch) · "
    var isBegun = false
    for (index, place) in group.places.enumerated() {
      let word = place + (index + 1 < group.places.count ? "," : "")
      if isBegun, DisplayText.columns(line) + 1 + DisplayText.columns(word) > Self.width {
        lines.append(line)
        line = margin + word
      } else {
        line += (isBegun ? " " : "") + word
      }
      isBegun = true
    }
    return (lines + [line]).map { style(.yellow, $0) }
  }

  private static func advice(_ group: BlindSpotGroup) -> [String] {
    let known = group.acknowledged.map { acknowledged in
      "known: \(DisplayText.terminal(acknowledged.because))" + (acknowledged.until.map { ", until \(DisplayText.terminal($0))" } ?? "")
    }
    return [group.advice.isEmpty ? nil : DisplayText.terminal(group.advice), known].compactMap { $0 }
  }
}
