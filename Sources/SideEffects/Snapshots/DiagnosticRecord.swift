internal import Documents

/// A diagnostic inside a record: its place is `file` with `line` and `column`, or `url`, or neither.
enum DiagnosticRecord {
  static func document(of diagnostic: Diagnostic) -> Document {
    let place: [(String, Document?)] =
      switch diagnostic.place {
      case .file(let path, let line, let column): [("file", .of(path)), ("line", .of(line)), ("column", .of(column))]
      case .url(let url): [("url", .of(url))]
      case .nowhere: []
      }
    let advice = diagnostic.advice.isEmpty ? nil : diagnostic.advice
    return .object([("advice", .of(advice)), ("rule", .of(diagnostic.rule)), ("sentence", .of(diagnostic.sentence))] + place)
  }

  static func diagnostic(from document: Document, name: String) throws(Failure) -> Diagnostic {
    let record = try StoredObject(document, name: name)
    let place: Diagnostic.Place =
      if let path = try record.optionalText("file") {
        .file(path, line: try record.integer("line"), column: try record.integer("column"))
      } else if let url = try record.optionalText("url") {
        .url(url)
      } else {
        .nowhere
      }
    return Diagnostic(
      rule: try record.text("rule"), sentence: try record.text("sentence"), advice: try record.optionalText("advice") ?? "", place: place)
  }
}
