/// Reads the four kinds of strings of TOML (TOML 1.0, "String").
enum TOMLString {
  /// Reads `"…"`: with escapes, on one line.
  static func readBasic(_ cursor: inout TextCursor) throws(DocumentError) -> String {
    cursor.advance(by: 1)
    var bytes: [UInt8] = []
    while let byte = cursor.byte, byte != UInt8(ascii: "\"") {
      if byte == UInt8(ascii: "\\") {
        try readEscape(&cursor, into: &bytes)
      } else {
        try take(byte, from: &cursor, into: &bytes)
      }
    }
    return try close(&cursor, bytes)
  }

  /// Reads `'…'`: everything stands for itself, on one line.
  static func readLiteral(_ cursor: inout TextCursor) throws(DocumentError) -> String {
    cursor.advance(by: 1)
    var bytes: [UInt8] = []
    while let byte = cursor.byte, byte != UInt8(ascii: "'") { try take(byte, from: &cursor, into: &bytes) }
    return try close(&cursor, bytes)
  }

  /// Reads `"""…"""`: with escapes, over lines; a backslash at a line's end joins it with what follows.
  static func readLongBasic(_ cursor: inout TextCursor) throws(DocumentError) -> String {
    openLong(&cursor)
    var bytes: [UInt8] = []
    while let byte = cursor.byte {
      if cursor.isAt("\"\"\"") { return closeLong(&cursor, quote: byte, &bytes) }
      if byte == UInt8(ascii: "\\") {
        if !skipJoin(&cursor) { try readEscape(&cursor, into: &bytes) }
      } else {
        try takeLong(byte, from: &cursor, into: &bytes)
      }
    }
    throw cursor.failure("the text ends inside a string")
  }

  /// Reads `'''…'''`: everything stands for itself, over lines.
  static func readLongLiteral(_ cursor: inout TextCursor) throws(DocumentError) -> String {
    openLong(&cursor)
    var bytes: [UInt8] = []
    while let byte = cursor.byte {
      if cursor.isAt("'''") { return closeLong(&cursor, quote: byte, &bytes) }
      try takeLong(byte, from: &cursor, into: &bytes)
    }
    throw cursor.failure("the text ends inside a string")
  }

  /// Whether TOML keeps a byte out of comments and strings: the control characters except the tab.
  static func isControl(_ byte: UInt8) -> Bool { byte < 0x20 && byte != 0x09 || byte == 0x7F }

  private static func take(
    _ byte: UInt8, from cursor: inout TextCursor, into bytes: inout [UInt8]
  ) throws(DocumentError) {
    guard !isControl(byte) else {
      throw cursor.failure("a string ends on its line and holds no control characters: close it, or write an escape")
    }
    bytes.append(byte)
    cursor.advance(by: 1)
  }

  private static func takeLong(
    _ byte: UInt8, from cursor: inout TextCursor, into bytes: inout [UInt8]
  ) throws(DocumentError) {
    if cursor.isAt("\r\n") {
      bytes.append(byte)
      cursor.advance(by: 1)
    }
    guard cursor.byte == 0x0A else {
      try take(byte, from: &cursor, into: &bytes)
      return
    }
    bytes.append(0x0A)
    cursor.advance()
  }

  private static func close(_ cursor: inout TextCursor, _ bytes: [UInt8]) throws(DocumentError) -> String {
    guard !cursor.isAtEnd else { throw cursor.failure("the text ends inside a string") }
    cursor.advance(by: 1)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Steps over three quotes and a line end right after them, which is not part of the string.
  private static func openLong(_ cursor: inout TextCursor) {
    cursor.advance(by: 3)
    if cursor.isAt("\r\n") { cursor.advance(by: 1) }
    if cursor.byte == 0x0A { cursor.advance() }
  }

  /// Steps over the closing quotes: of up to five, the last three close and the others belong to the string.
  private static func closeLong(_ cursor: inout TextCursor, quote: UInt8, _ bytes: inout [UInt8]) -> String {
    for _ in 0..<2 where cursor.byte(after: 3) == quote {
      bytes.append(quote)
      cursor.advance(by: 1)
    }
    cursor.advance(by: 3)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Steps over a backslash that ends its line and all white space after it; false where it is an escape.
  private static func skipJoin(_ cursor: inout TextCursor) -> Bool {
    var ahead = cursor
    ahead.advance(by: 1)
    ahead.skip { $0.isBlank }
    guard ahead.byte == 0x0A || ahead.isAt("\r\n") else { return false }
    ahead.skip { $0.isWhiteSpace }
    cursor = ahead
    return true
  }

  private static func readEscape(_ cursor: inout TextCursor, into bytes: inout [UInt8]) throws(DocumentError) {
    switch cursor.byte(after: 1) {
    case UInt8(ascii: "b"): bytes.append(0x08)
    case UInt8(ascii: "t"): bytes.append(0x09)
    case UInt8(ascii: "n"): bytes.append(0x0A)
    case UInt8(ascii: "f"): bytes.append(0x0C)
    case UInt8(ascii: "r"): bytes.append(0x0D)
    case UInt8(ascii: "\""): bytes.append(UInt8(ascii: "\""))
    case UInt8(ascii: "\\"): bytes.append(UInt8(ascii: "\\"))
    case UInt8(ascii: "u"): return try readScalar(&cursor, digits: 4, into: &bytes)
    case UInt8(ascii: "U"): return try readScalar(&cursor, digits: 8, into: &bytes)
    default: throw cursor.failure("TOML knows no such escape")
    }
    cursor.advance(by: 2)
  }

  private static func readScalar(
    _ cursor: inout TextCursor, digits: Int, into bytes: inout [UInt8]
  ) throws(DocumentError) {
    var value: UInt32 = 0
    for distance in 2..<2 + digits {
      guard let digit = cursor.byte(after: distance)?.hexadecimalValue else {
        throw cursor.failure("\(digits) hexadecimal digits belong in this escape")
      }
      value = value << 4 | UInt32(digit)
    }
    guard let scalar = Unicode.Scalar(value) else { throw cursor.failure("this escape is no character of Unicode") }
    bytes.append(contentsOf: String(Character(scalar)).utf8)
    cursor.advance(by: 2 + digits)
  }
}
