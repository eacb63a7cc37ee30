/// Reads the strings of JSON (RFC 8259, section 7).
enum JSONString {
  /// Reads the string whose opening quote is here and steps over its closing one.
  static func read(_ cursor: inout TextCursor) throws(DocumentError) -> String {
    cursor.advance(by: 1)
    let start = cursor.offset
    skipPlain(&cursor)
    if cursor.byte == UInt8(ascii: "\"") {
      let text = cursor.text(from: start)
      cursor.advance(by: 1)
      return text
    }
    var bytes: [UInt8] = []
    var pending = start
    while true {
      bytes.append(contentsOf: cursor.source.bytes[pending..<cursor.offset])
      switch cursor.byte {
      case UInt8(ascii: "\""):
        cursor.advance(by: 1)
        return String(decoding: bytes, as: UTF8.self)
      case UInt8(ascii: "\\"):
        try readEscape(&cursor, into: &bytes)
      case nil:
        throw cursor.failure("the text ends inside a string")
      default:
        throw cursor.failure("a control character stands in a string: write it as an escape")
      }
      pending = cursor.offset
      skipPlain(&cursor)
    }
  }

  /// Steps over the bytes that stand for themselves.
  private static func skipPlain(_ cursor: inout TextCursor) {
    let source = cursor.source
    let bytes = source.bytes.span
    var index = cursor.offset
    while index < bytes.count {
      let byte = bytes[index]
      if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { break }
      index += 1
    }
    cursor.advance(by: index - cursor.offset)
  }

  private static func readEscape(_ cursor: inout TextCursor, into bytes: inout [UInt8]) throws(DocumentError) {
    switch cursor.byte(after: 1) {
    case UInt8(ascii: "\""): bytes.append(UInt8(ascii: "\""))
    case UInt8(ascii: "\\"): bytes.append(UInt8(ascii: "\\"))
    case UInt8(ascii: "/"): bytes.append(UInt8(ascii: "/"))
    case UInt8(ascii: "b"): bytes.append(0x08)
    case UInt8(ascii: "f"): bytes.append(0x0C)
    case UInt8(ascii: "n"): bytes.append(0x0A)
    case UInt8(ascii: "r"): bytes.append(0x0D)
    case UInt8(ascii: "t"): bytes.append(0x09)
    case UInt8(ascii: "u"):
      try UTF16Escape.read(&cursor, into: &bytes)
      return
    case nil: throw cursor.failure("the text ends inside a string")
    default: throw cursor.failure("JSON knows no such escape")
    }
    cursor.advance(by: 2)
  }
}
