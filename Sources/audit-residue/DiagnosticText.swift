import SideEffects

/// Diagnostics as people read them on standard error, one line each.
struct DiagnosticText {
  /// How bad it is.
  enum Severity: String {
    case error, warning, note
  }

  let isColored: Bool
  /// Whether the rule's name is shown too.
  let isVerbose: Bool

  /// `PLACE: error: sentence. Advice`, without a line feed; what comes from outside can't move the cursor.
  func line(_ diagnostic: Diagnostic, _ severity: Severity) -> String {
    let words =
      diagnostic.advice.isEmpty ? "\(diagnostic.sentence)" : "\(diagnostic.sentence). \(diagnostic.advice.string.capitalizingFirst)"
    let rule = isVerbose ? " [\(diagnostic.rule)]" : ""
    return "\(DisplayText.terminal(Text(place(of: diagnostic))))\(paint(severity)): \(DisplayText.terminal(Text(words + rule)))"
  }

  private func place(of diagnostic: Diagnostic) -> String {
    switch diagnostic.place {
    case .file(let file, 0, _): "\(file): "
    case .file(let file, let line, 0): "\(file):\(line): "
    case .file(let file, let line, let column): "\(file):\(line):\(column): "
    case .url(let url): "\(url): "
    case .nowhere: "audit-residue: "
    }
  }

  private func paint(_ severity: Severity) -> String {
    guard isColored else { return severity.rawValue }
    let code =
      switch severity {
      case .error: "1;31"
      case .warning: "1;33"
      case .note: "1"
      }
    return "\u{1b}[\(code)m\(severity.rawValue)\u{1b}[0m"
  }
}

extension String {
  /// The same with a capital letter first, where it begins with a plain letter.
  var capitalizingFirst: String { first.map { $0.uppercased() + dropFirst() } ?? "" }
}
