/// Rows whose cells stand below each other.
struct Columns {
  /// What stands in a cell: as it is measured, and as it is printed.
  struct Cell {
    let text: String
    let tone: Style.Tone?

    init(_ text: String, _ tone: Style.Tone? = nil) { (self.text, self.tone) = (text, tone) }

    func printed(_ style: Style) -> String { tone.map { style($0, text) } ?? text }
  }

  /// Cells wider than this push the rest of their row aside, and no other row.
  private let widest: [Int]

  init(widest: [Int]) { self.widest = widest }

  /// The width of each column over all rows.
  func widths(_ rows: [[Cell]]) -> [Int] {
    widest.indices.map { column in
      rows.compactMap { $0.indices.contains(column + 1) ? DisplayText.columns($0[column].text) : nil }.filter { $0 <= widest[column] }.max()
        ?? 0
    }
  }

  /// One line, without trailing spaces.
  func line(_ row: [Cell], widths: [Int], style: Style) -> String {
    var (line, written, wanted) = ("", 0, 0)
    for (index, cell) in row.enumerated() {
      if !cell.text.isEmpty {
        let pad = index == 0 ? 0 : max(wanted - written, written == 0 ? 0 : 2)
        line += String(repeating: " ", count: pad) + cell.printed(style)
        written += pad + DisplayText.columns(cell.text)
      }
      if widths.indices.contains(index) { wanted += widths[index] + 2 }
    }
    return line
  }
}
