/// Reads `\uXXXX`, as JSON and Java's properties have it: a UTF-16 code unit.
enum UTF16Escape {
  /// Appends the character of the escape that is here, or of two where the first is a high surrogate, and steps
  /// over it.
  static func read(_ cursor: inout TextCursor, into bytes: inout [UInt8]) throws(DocumentError) {
    let start = cursor
    let first = try readCodeUnit(&cursor)
    if let scalar = Unicode.Scalar(first) {
      bytes.append(contentsOf: String(Character(scalar)).utf8)
      return
    }
    // U+D800 to U+DBFF must be followed by U+DC00 to U+DFFF; alone, neither is a character.
    if first < 0xDC00, cursor.isAt("\\u") {
      let second = try readCodeUnit(&cursor)
      if (0xDC00...0xDFFF).contains(second), let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)) {
        bytes.append(contentsOf: String(Character(scalar)).utf8)
        return
      }
    }
    throw start.failure("this escape is half of a surrogate pair, which is no character")
  }

  private static func readCodeUnit(_ cursor: inout TextCursor) throws(DocumentError) -> UInt32 {
    var value: UInt32 = 0
    for distance in 2..<6 {
      guard let digit = cursor.byte(after: distance)?.hexadecimalValue else {
        throw cursor.failure("four hexadecimal digits belong after \\u")
      }
      value = value << 4 | UInt32(digit)
    }
    cursor.advance(by: 6)
    return value
  }
}
