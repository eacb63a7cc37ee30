public import Documents

extension Scalar {
  /// As reports and remedies write it in JSON; what stands for a secret is its fingerprint's spelling.
  public var document: Document {
    switch self {
    case .null: Document(.null)
    case .boolean(let value): Document(.boolean(value))
    case .number(let spelling): Self.json(spelling) ?? Document(.text(spelling.string))
    case .text(let text): Document(.text(text.string))
    case .structure(let json): Self.json(json) ?? Document(.text(json.string))
    case .secret(let fingerprint): Document(.text(fingerprint.description))
    }
  }

  /// Nil for a number that JSON can't spell, such as YAML's `.inf`.
  private static func json(_ text: Text) -> Document? { try? DocumentFormat.json.read(Array(text.string.utf8)).first }
}

extension Value {
  /// As reports and remedies write it in JSON; the elements of a set are sorted.
  public var document: Document {
    switch self {
    case .scalar(let scalar): scalar.document
    case .set(let elements): Document(.list(elements.sorted().map(\.document)))
    case .list(let elements): Document(.list(elements.map(\.document)))
    }
  }
}
