/// Reads the line format of `java.util.Properties.load` (Java SE API), in UTF-8; all values are text.
///
/// Java lets the last of two equal keys win; here the second is an error.
struct PropertiesReader {
  private var cursor: TextCursor
  private var tree: TreeBuilder

  /// Reads a text into one map.
  static func read(_ source: SourceText, limits: DocumentLimits) throws(DocumentError) -> Document {
    var reader = PropertiesReader(cursor: TextCursor(source), tree: TreeBuilder(limits: limits))
    return try reader.read()
  }

  private mutating func read() throws(DocumentError) -> Document {
    try tree.open(map: true, at: cursor.position)
    while true {
      cursor.skip { $0.isWhiteSpace || $0 == PropertiesReader.formFeed }
      switch cursor.byte {
      case nil:
        return try tree.close(at: cursor.position).document
      case UInt8(ascii: "#"), UInt8(ascii: "!"):
        cursor.skip { !PropertiesReader.endsLine($0) }
      default:
        try readMember()
      }
    }
  }

  private mutating func readMember() throws(DocumentError) {
    let keyStart = cursor.position
    let key = try readText { $0 == UInt8(ascii: "=") || $0 == UInt8(ascii: ":") || PropertiesReader.isBlank($0) }
    try tree.key(key.text, span: SourceSpan(start: keyStart, end: key.end))
    skipBlanks()
    if cursor.byte == UInt8(ascii: "=") || cursor.byte == UInt8(ascii: ":") {
      cursor.advance(by: 1)
      skipBlanks()
    }
    let valueStart = cursor.position
    let value = try readText { _ in false }
    try tree.scalar(.text(value.text), span: SourceSpan(start: valueStart, end: value.end))
  }

  /// Reads to the end of the logical line or to a byte that ends the text, with escapes undone.
  private mutating func readText(until endsText: (UInt8) -> Bool) throws(DocumentError) -> (text: String, end: Position) {
    var bytes: [UInt8] = []
    while let byte = cursor.byte, !PropertiesReader.endsLine(byte), !endsText(byte) {
      if byte != UInt8(ascii: "\\") {
        bytes.append(byte)
        cursor.advance(by: 1)
      } else if !skipContinuation() {
        try readEscape(into: &bytes)
      }
    }
    return (String(decoding: bytes, as: UTF8.self), cursor.position)
  }

  private mutating func readEscape(into bytes: inout [UInt8]) throws(DocumentError) {
    switch cursor.byte(after: 1) {
    case UInt8(ascii: "u"):
      try UTF16Escape.read(&cursor, into: &bytes)
      return
    case UInt8(ascii: "t"): bytes.append(0x09)
    case UInt8(ascii: "n"): bytes.append(0x0A)
    case UInt8(ascii: "f"): bytes.append(PropertiesReader.formFeed)
    case UInt8(ascii: "r"): bytes.append(0x0D)
    case let byte?: bytes.append(byte)
    case nil:
      cursor.advance(by: 1)
      return
    }
    cursor.advance(by: 2)
  }

  /// Steps over white space within a logical line.
  private mutating func skipBlanks() {
    repeat { cursor.skip(while: PropertiesReader.isBlank) } while skipContinuation()
  }

  /// Steps over a backslash at the end of a line and the next line's indentation; false where none is here.
  private mutating func skipContinuation() -> Bool {
    guard cursor.byte == UInt8(ascii: "\\"), let next = cursor.byte(after: 1), PropertiesReader.endsLine(next) else {
      return false
    }
    cursor.advance(by: 1)
    if cursor.isAt("\r\n") { cursor.advance(by: 1) }
    cursor.advance()
    cursor.skip(while: PropertiesReader.isBlank)
    return true
  }

  private static let formFeed: UInt8 = 0x0C

  private static func isBlank(_ byte: UInt8) -> Bool { byte.isBlank || byte == formFeed }

  private static func endsLine(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }
}
