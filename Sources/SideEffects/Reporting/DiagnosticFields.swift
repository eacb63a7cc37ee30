import Documents

/// A remark in a JSON report.
enum DiagnosticFields {
  static func document(_ diagnostic: Diagnostic) -> Document {
    let (file, line): (Text?, Int?) =
      switch diagnostic.place {
      case .file(let file, let line, _): (file, line > 0 ? line : nil)
      case .url, .nowhere: (nil, nil)
      }
    let url: Text? =
      switch diagnostic.place {
      case .url(let url): url
      case .file, .nowhere: nil
      }
    return JSONFields.object([
      ("code", .text(diagnostic.rule)), ("reason", .text(diagnostic.sentence)),
      ("hint", diagnostic.advice.isEmpty ? nil : .text(diagnostic.advice)), ("file", .optional(file)), ("line", line.map { .count($0) }),
      ("url", .optional(url)),
    ])
  }
}
