/// Pieces of a Markdown report.
enum MarkdownText {
  /// Words from outside within a line: no mark-up, no link, no HTML.
  static func text(_ text: Text) -> String { DisplayText.markdown(text) }

  /// The same for words that are fit for a terminal already.
  static func words(_ words: String) -> String { DisplayText.markdown(Text(words)) }

  /// A code span: names and values, which a service that shows Markdown might take for links or mentions elsewhere.
  static func code(_ text: Text) -> String { DisplayText.markdownCode(text) }

  /// A code span in a table, where `|` ends a cell even in code (GFM 0.29, section 4.10).
  ///
  /// A backslash in code escapes a bar and can't be escaped itself, so a text with both stands as words.
  static func cell(_ words: String) -> String {
    if words.isEmpty { return "" }
    return words.contains("|") && words.contains("\\") ? self.words(words) : code(Text(words)).replacing("|", with: "\\|")
  }

  /// A diagnostic as an item of a list.
  static func item(_ diagnostic: Diagnostic) -> String {
    let place: String =
      switch diagnostic.place {
      case .file(let file, let line, _): code(line > 0 ? Text("\(file):\(line)") : file) + ": "
      case .url(let url): code(url) + ": "
      case .nowhere: ""
      }
    let advice = diagnostic.advice.isEmpty ? "" : "; " + text(diagnostic.advice)
    return "- **note** \(place)\(text(diagnostic.sentence))\(advice)"
  }
}
