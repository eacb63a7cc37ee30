import SideEffects

/// Rows of a list for people, their cells below each other.
enum TableText {
  /// A line for each row, two spaces between columns and none at the end; what comes from outside is made fit for a terminal.
  static func lines(_ rows: [[String]], indent: Int = 0) -> String {
    let shown = rows.map { row in row.map { DisplayText.terminal(Text($0)) } }
    var widths: [Int] = []
    for row in shown {
      for (column, cell) in row.enumerated() {
        if column == widths.count { widths.append(0) }
        widths[column] = max(widths[column], DisplayText.columns(cell))
      }
    }
    return shown.map { row in
      var line = ""
      for (column, cell) in row.enumerated() {
        line += cell + String(repeating: " ", count: widths[column] - DisplayText.columns(cell) + 2)
      }
      while line.last == " " { line.removeLast() }
      return String(repeating: " ", count: indent) + line + "\n"
    }.joined()
  }
}
