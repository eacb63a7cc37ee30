import Foundation
import Testing

/// A page of the documents, cut where its headings and marks are.
struct Page {
  let path: String
  let text: String

  init(_ path: String) throws { (self.path, text) = (path, try Checkout.file(path).text) }

  /// The text below a heading of the second or third rank, as it is written after its `#`s, up to the next one.
  func section(_ heading: String) throws -> String {
    let lines = text.components(separatedBy: "\n")
    let start = try #require(lines.firstIndex { $0 == "## \(heading)" || $0 == "### \(heading)" }, "\(path) has no heading `\(heading)`")
    let body = lines[(start + 1)...].prefix { !$0.hasPrefix("## ") && !$0.hasPrefix("### ") }
    return body.joined(separator: "\n")
  }

  var headings: [String] {
    text.components(separatedBy: "\n").filter { $0.hasPrefix("## ") || $0.hasPrefix("### ") }.map {
      String($0.drop { $0 == "#" }.dropFirst())
    }
  }

  /// What stands between `<!-- NAME -->` and `<!-- end -->`.
  func part(_ name: String) throws -> String {
    let start = try #require(text.range(of: "<!-- \(name) -->\n"), "\(path) has no part `<!-- \(name) -->`")
    let end = try #require(text.range(of: "<!-- end -->", range: start.upperBound..<text.endIndex))
    return String(text[start.upperBound..<end.lowerBound])
  }

  /// The names of all such parts whose name begins so.
  func parts(_ prefix: String) -> [String] {
    text.matches(of: #/<!-- ([^>]+) -->/#).map { String($0.output.1) }.filter { $0.hasPrefix(prefix) }
  }
}
