import Foundation
import Testing

/// A table of a design page: the code is tested against what people read.
struct DesignTable {
  struct Row {
    let cells: [String]
    let line: Int
  }

  let columns: [String]
  let rows: [Row]

  /// The table below a page's heading whose first column has this title.
  init(page: String, firstColumn: String) throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../docs/design/\(page)")
    let lines = try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n")
    let start = try #require(lines.firstIndex { $0.hasPrefix("| \(firstColumn) |") }, "no table begins with \(firstColumn)")
    columns = Self.cells(lines[start])
    var rows: [Row] = []
    for (offset, line) in lines[(start + 2)...].enumerated() {
      guard line.hasPrefix("|") else { break }
      rows.append(Row(cells: Self.cells(line), line: start + 3 + offset))
    }
    self.rows = rows
  }

  private static func cells(_ line: String) -> [String] {
    line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
  }

  /// The last cell of the one row that fits; an issue where none or several do.
  func answer(_ values: [String], hits: inout Set<Int>) -> String? {
    let fitting = rows.filter { row in
      zip(row.cells, values).allSatisfy { cell, value in
        cell == "any" || cell.components(separatedBy: ", ").contains(value)
      }
    }
    guard fitting.count == 1, let row = fitting.first else {
      Issue.record("\(fitting.count) rows fit \(values): lines \(fitting.map(\.line))")
      return nil
    }
    hits.insert(row.line)
    return row.cells.last
  }

  /// Records an issue for a row that no combination fits, so that the page holds nothing idle.
  func expectAllHit(_ hits: Set<Int>) {
    for row in rows where !hits.contains(row.line) { Issue.record("no combination fits line \(row.line): \(row.cells)") }
  }
}
