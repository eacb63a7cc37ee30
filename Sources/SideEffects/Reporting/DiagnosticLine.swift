/// A diagnostic on one line of a report.
enum DiagnosticLine {
  static func text(_ diagnostic: Diagnostic) -> String {
    let place =
      switch diagnostic.place {
      case .file(let file, let line, _): DisplayText.terminal(file) + (line > 0 ? ":\(line): " : ": ")
      case .url(let url): DisplayText.terminal(url) + ": "
      case .nowhere: ""
      }
    let advice = diagnostic.advice.isEmpty ? "" : "; " + DisplayText.terminal(diagnostic.advice)
    return place + DisplayText.terminal(diagnostic.sentence) + advice
  }
}
