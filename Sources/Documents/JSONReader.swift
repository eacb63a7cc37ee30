/// Reads JSON as RFC 8259 has it, with nothing added: no comments, no trailing commas, no key twice.
struct JSONReader {
  /// What the grammar allows next.
  private enum Expectation {
    case value
    case firstItem
    case firstKey
    case key
    case separator
    case end
  }

  private var cursor: TextCursor
  private var tree: TreeBuilder

  private init(_ source: SourceText, limits: DocumentLimits) {
    cursor = TextCursor(source)
    tree = TreeBuilder(limits: limits)
  }

  /// Reads a text that holds one value.
  static func read(_ source: SourceText, limits: DocumentLimits) throws(DocumentError) -> Document {
    var reader = JSONReader(source, limits: limits)
    return try reader.read()
  }

  private mutating func read() throws(DocumentError) -> Document {
    var expected = Expectation.value
    while true {
      cursor.skip { $0.isWhiteSpace }
      switch expected {
      case .firstItem where cursor.byte == UInt8(ascii: "]"), .firstKey where cursor.byte == UInt8(ascii: "}"):
        expected = try closeContainer()
      case .value, .firstItem:
        expected = try readValue()
      case .firstKey, .key:
        try readKey()
        expected = .value
      case .separator:
        expected = try readSeparator()
      case .end:
        guard cursor.isAtEnd else { throw cursor.failure("something follows the end of the JSON value") }
        guard let root = tree.takeRoot() else { throw cursor.failure("the text holds no JSON value") }
        return root
      }
    }
  }

  private mutating func readValue() throws(DocumentError) -> Expectation {
    guard let byte = cursor.byte else { throw cursor.failure("the text ends where a JSON value belongs") }
    let start = cursor.position
    switch byte {
    case UInt8(ascii: "{"):
      try tree.open(map: true, at: start)
      cursor.advance(by: 1)
      return .firstKey
    case UInt8(ascii: "["):
      try tree.open(map: false, at: start)
      cursor.advance(by: 1)
      return .firstItem
    case UInt8(ascii: "\""):
      let text = try JSONString.read(&cursor)
      try tree.scalar(.text(text), span: cursor.span(from: start))
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      try readNumber()
      try tree.scalar(.number(cursor.text(from: start.offset)), span: cursor.span(from: start))
    case UInt8(ascii: "t") where cursor.isAt("true"):
      try readWord(.boolean(true), length: 4)
    case UInt8(ascii: "f") where cursor.isAt("false"):
      try readWord(.boolean(false), length: 5)
    case UInt8(ascii: "n") where cursor.isAt("null"):
      try readWord(.null, length: 4)
    default:
      throw cursor.failure("this is no JSON value: an object, an array, a string, a number, true, false or null belongs here")
    }
    return afterValue
  }

  private var afterValue: Expectation { tree.isInMap == nil ? .end : .separator }

  private mutating func readWord(_ content: Document.Content, length: Int) throws(DocumentError) {
    let start = cursor.position
    cursor.advance(by: length)
    try tree.scalar(content, span: cursor.span(from: start))
  }

  private mutating func readKey() throws(DocumentError) {
    let start = cursor.position
    guard cursor.byte == UInt8(ascii: "\"") else {
      throw cursor.failure(cursor.isAtEnd ? "the text ends inside an object" : "a key in double quotes belongs here")
    }
    let key = try JSONString.read(&cursor)
    try tree.key(key, span: cursor.span(from: start))
    cursor.skip { $0.isWhiteSpace }
    guard cursor.byte == UInt8(ascii: ":") else {
      throw cursor.failure(cursor.isAtEnd ? "the text ends after a key" : "a colon belongs after the key")
    }
    cursor.advance(by: 1)
  }

  private mutating func readSeparator() throws(DocumentError) -> Expectation {
    let isMap = tree.isInMap == true
    switch cursor.byte {
    case UInt8(ascii: ","):
      cursor.advance(by: 1)
      return isMap ? .key : .value
    case UInt8(ascii: "}") where isMap, UInt8(ascii: "]") where !isMap:
      return try closeContainer()
    case nil:
      throw cursor.failure("the text ends inside an \(isMap ? "object" : "array")")
    default:
      throw cursor.failure("a comma or the end of the \(isMap ? "object" : "array") belongs here")
    }
  }

  private mutating func closeContainer() throws(DocumentError) -> Expectation {
    cursor.advance(by: 1)
    try tree.close(at: cursor.position)
    return afterValue
  }

  /// Steps over a number (RFC 8259, section 6).
  private mutating func readNumber() throws(DocumentError) {
    if cursor.byte == UInt8(ascii: "-") { cursor.advance(by: 1) }
    if cursor.byte == UInt8(ascii: "0") {
      cursor.advance(by: 1)
      if cursor.byte?.isDigit == true { throw cursor.failure("a JSON number has no leading zero") }
    } else {
      try readDigits()
    }
    if cursor.byte == UInt8(ascii: ".") {
      cursor.advance(by: 1)
      try readDigits()
    }
    if cursor.byte == UInt8(ascii: "e") || cursor.byte == UInt8(ascii: "E") {
      cursor.advance(by: 1)
      if cursor.byte == UInt8(ascii: "+") || cursor.byte == UInt8(ascii: "-") { cursor.advance(by: 1) }
      try readDigits()
    }
  }

  private mutating func readDigits() throws(DocumentError) {
    guard cursor.byte?.isDigit == true else { throw cursor.failure("a digit of a number belongs here") }
    while cursor.byte?.isDigit == true { cursor.advance(by: 1) }
  }
}
