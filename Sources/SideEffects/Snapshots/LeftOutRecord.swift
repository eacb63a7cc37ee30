package import Documents

/// A path that was left out, inside the record of an observation and in what an engine notes.
package enum LeftOutRecord {
  package static func document(of leftOut: LeftOut) -> Document {
    .object([
      ("names", .listed(leftOut.names.sorted().map { .of($0) })), ("path", .of(leftOut.path)),
      ("reason", Document(.text(leftOut.reason.rawValue))),
    ])
  }

  /// Fails with the rule `store-damaged` or `newer-version`.
  package static func leftOut(from document: Document, name: String) throws(Failure) -> LeftOut {
    let record = try StoredObject(document, name: name)
    return LeftOut(
      path: try record.text("path"), reason: try record.word("reason"), names: Set(try record.list("names", of: StoredObject.text)))
  }
}
