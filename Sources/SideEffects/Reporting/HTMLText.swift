/// Pieces of an HTML report: words from outside are escaped for the place where they stand.
enum HTMLText {
  /// Words within an element or a quoted attribute: no mark-up, and nothing that hides text or turns its direction.
  static func text(_ words: String) -> String { escaped(ValueText.withShortFingerprints(DisplayText.terminal(Text(words)))) }

  static func text(_ text: Text) -> String { self.text(text.string) }

  /// A command or a patch: its lines stay lines and every value is whole, for it is copied. What hides text or turns its direction
  /// stands as `\u{…}` all the same: git and curl then refuse it, and nobody runs what they could not see.
  static func block(_ content: String) -> String {
    content.unicodeScalars.map { scalar in
      switch scalar {
      case "\n", "\t": String(scalar)
      // A parser takes a bare one for the end of a line (HTML, section 13.2.3.5).
      case "\r": "&#13;"
      default: escaped(DisplayText.terminal(Text(String(scalar))))
      }
    }.joined()
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
