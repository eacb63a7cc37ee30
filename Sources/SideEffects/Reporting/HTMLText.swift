/// Pieces of an HTML report: words from outside are escaped for the place where they stand.
enum HTMLText {
  /// Words within an element or a quoted attribute: no mark-up, and nothing that hides text or turns its direction.
  static func text(_ words: String) -> String { escaped(ValueText.withShortFingerprints(DisplayText.terminal(Text(words)))) }

  static func text(_ text: Text) -> String { self.text(text.string) }

  /// A command or a patch: its lines stay lines and every value is whole, for it is copied.
  static func block(_ content: String) -> String {
    let lines = content.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.map { line in
      line.split(separator: "\t", omittingEmptySubsequences: false).map { escaped(DisplayText.terminal(Text(String($0)))) }.joined(
        separator: "\t")
    }.joined(separator: "\n")
  }

  /// Only an http or https address is a link; anything else stands as code.
  static func link(_ url: Text) -> String {
    let isPlain = url.string.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f && !"<>\\\"'".utf8.contains($0) }
    guard isPlain, WebOrigin(url.string) != nil else { return "<code>\(text(url))</code>" }
    return "<a href=\"\(escaped(url.string))\" rel=\"noreferrer noopener\">\(text(url))</a>"
  }

  private static func escaped(_ words: String) -> String {
    var shown = ""
    for scalar in words.unicodeScalars {
      switch scalar {
      case "&": shown += "&amp;"
      case "<": shown += "&lt;"
      case ">": shown += "&gt;"
      case "\"": shown += "&quot;"
      case "'": shown += "&#39;"
      default: shown.unicodeScalars.append(scalar)
      }
    }
    return shown
  }
}
