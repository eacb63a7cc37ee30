internal import Documents

/// A reading as JSON: scalars are themselves, lists are arrays, and the rest are objects with one member that says what they are.
///
/// `{"set": […]}`, `{"json": "…"}` for a structure, `{"fingerprint": "…"}`, `{"withheld": true}`, and `{"number": "…"}` for a
/// number that JSON can't spell, such as YAML's `.inf`.
enum ValueRecord {
  static func document(of reading: Reading) -> Document {
    switch reading {
    case .withheld: .object([("withheld", Document(.boolean(true)))])
    case .value(let value): document(of: value)
    }
  }

  static func document(of value: Value) -> Document {
    switch value {
    case .scalar(let scalar): document(of: scalar)
    case .set(let scalars): .object([("set", Document(.list(scalars.sorted().map { document(of: $0) })))])
    case .list(let scalars): Document(.list(scalars.map { document(of: $0) }))
    }
  }

  static func document(of scalar: Scalar) -> Document {
    switch scalar {
    case .null: Document(.null)
    case .boolean(let boolean): Document(.boolean(boolean))
    case .number(let spelling):
      isJSONNumber(spelling) ? Document(.number(spelling.string)) : .object([("number", .of(spelling))])
    case .text(let text): .of(text)
    // As text and not as JSON in JSON: what comes back is what was compared before, byte for byte.
    case .structure(let json): .object([("json", .of(json))])
    case .secret(let fingerprint): .object([("fingerprint", .of(fingerprint.digest))])
    }
  }

  static func reading(from document: Document, name: String) throws(Failure) -> Reading {
    if let object = document.members, object.count == 1, object[0].key == "withheld" { return .withheld }
    return .value(try value(from: document, name: name))
  }

  static func value(from document: Document, name: String) throws(Failure) -> Value {
    if let items = document.list { return .list(try scalars(from: items, name: name)) }
    if let object = document.members, object.count == 1, object[0].key == "set" {
      guard let items = object[0].value.list else { throw StoredObject.damaged("the set `\(name)` is no list") }
      return .set(Set(try scalars(from: items, name: name)))
    }
    return .scalar(try scalar(from: document, name: name))
  }

  static func scalar(from document: Document, name: String) throws(Failure) -> Scalar {
    switch document.content {
    case .null: return .null
    case .boolean(let boolean): return .boolean(boolean)
    case .number(let spelling): return .number(Text(spelling))
    case .text(let text): return .text(Text(text))
    case .list: throw StoredObject.damaged("`\(name)` holds a list where a value belongs")
    case .map:
      let object = try StoredObject(document, name: name)
      if let spelling = try object.optionalText("number") { return .number(spelling) }
      if let json = try object.optionalText("json") { return .structure(json) }
      return .secret(Fingerprint(stored: try object.digest("fingerprint")))
    }
  }

  private static func scalars(from documents: [Document], name: String) throws(Failure) -> [Scalar] {
    var scalars: [Scalar] = []
    for document in documents { scalars.append(try scalar(from: document, name: name)) }
    return scalars
  }

  /// RFC 8259 section 6.
  private static func isJSONNumber(_ spelling: Text) -> Bool {
    var rest = Substring(spelling.string).utf8
    func skipDigits() -> Int {
      let digits = rest.prefix { (0x30...0x39).contains($0) }.count
      rest = rest.dropFirst(digits)
      return digits
    }
    if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
    let leadingZero = rest.first == UInt8(ascii: "0")
    let whole = skipDigits()
    guard whole == 1 || whole > 1 && !leadingZero else { return false }
    if rest.first == UInt8(ascii: ".") {
      rest = rest.dropFirst()
      guard skipDigits() > 0 else { return false }
    }
    if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
      rest = rest.dropFirst()
      if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
      guard skipDigits() > 0 else { return false }
    }
    return rest.isEmpty
  }
}
