/// Reads lines of `NAME=value`, as docker compose, Node's and Ruby's dotenv agree on them; all values are text.
///
/// - `export` may go before a name, and `: ` may stand for `=`.
/// - In single quotes everything stands for itself; in double quotes `\n`, `\r`, `\t`, `\\`, `\"` and `\$` are
///   escapes and other backslashes stay. Both may run over lines.
/// - Without quotes the value ends at the line's end or at a `#` after white space.
/// - Variables (`${NAME}`) are left as they are written.
/// - A name without `=` takes its value from the environment of whoever reads the file: null here.
struct DotenvReader {
  private var cursor: TextCursor
  private var tree: TreeBuilder

  /// Reads a text into one map.
  static func read(_ source: SourceText, limits: DocumentLimits) throws(DocumentError) -> Document {
    var reader = DotenvReader(cursor: TextCursor(source), tree: TreeBuilder(limits: limits))
    return try reader.read()
  }

  private mutating func read() throws(DocumentError) -> Document {
    try tree.open(map: true, at: cursor.position)
    while true {
      cursor.skip { $0.isWhiteSpace }
      switch cursor.byte {
      case nil: return try tree.close(at: cursor.position).document
      case UInt8(ascii: "#"): skipLine()
      default: try readMember()
      }
    }
  }

  private mutating func readMember() throws(DocumentError) {
    if cursor.isAt("export"), cursor.byte(after: 6)?.isBlank == true {
      cursor.advance(by: 6)
      cursor.skip { $0.isBlank }
    }
    let start = cursor.position
    guard let first = cursor.byte, first.isLetter || first == UInt8(ascii: "_") else {
      throw cursor.failure("a variable's name belongs here: a letter or an underscore first")
    }
    while let byte = cursor.byte, DotenvReader.isInName(byte) { cursor.advance(by: 1) }
    try tree.key(cursor.text(from: start.offset), span: cursor.span(from: start))
    cursor.skip { $0.isBlank }
    let hasColon = cursor.byte == UInt8(ascii: ":") && cursor.byte(after: 1)?.isBlank == true
    guard cursor.byte == UInt8(ascii: "=") || hasColon else {
      let here = cursor.position
      try endLine("an equals sign belongs after the name")
      try tree.scalar(.null, span: SourceSpan(start: here, end: here))
      return
    }
    cursor.advance(by: 1)
    cursor.skip { $0.isBlank }
    try readValue()
  }

  private mutating func readValue() throws(DocumentError) {
    let start = cursor.position
    let text: String
    switch cursor.byte {
    case UInt8(ascii: "'"): text = try readSingleQuoted()
    case UInt8(ascii: "\""): text = try readDoubleQuoted()
    default:
      try readBare(from: start)
      return
    }
    let span = cursor.span(from: start)
    try endLine("only a comment may follow the closing quote")
    try tree.scalar(.text(text), span: span)
  }

  private mutating func readBare(from start: Position) throws(DocumentError) {
    var end = start
    while let byte = cursor.byte, byte != 0x0A {
      if byte == UInt8(ascii: "#"), cursor.source.bytes[cursor.offset - 1].isBlank { break }
      cursor.advance(by: 1)
      if !byte.isWhiteSpace { end = cursor.position }
    }
    skipLine()
    let span = SourceSpan(start: start, end: end)
    try tree.scalar(.text(cursor.source.text(span.offsets)), span: span)
  }

  private mutating func readSingleQuoted() throws(DocumentError) -> String {
    let opening = cursor
    cursor.advance(by: 1)
    let start = cursor.offset
    cursor.skip { $0 != UInt8(ascii: "'") }
    guard !cursor.isAtEnd else { throw opening.failure("this quote is never closed") }
    let text = cursor.text(from: start)
    cursor.advance(by: 1)
    return text
  }

  private mutating func readDoubleQuoted() throws(DocumentError) -> String {
    let opening = cursor
    cursor.advance(by: 1)
    var bytes: [UInt8] = []
    while let byte = cursor.byte {
      switch (byte, cursor.byte(after: 1)) {
      case (UInt8(ascii: "\""), _):
        cursor.advance(by: 1)
        return String(decoding: bytes, as: UTF8.self)
      case (UInt8(ascii: "\\"), let escaped?):
        if let meaning = DotenvReader.meaning(ofEscaped: escaped) {
          bytes.append(meaning)
        } else {
          bytes.append(contentsOf: [byte, escaped])
        }
        cursor.advance(by: 1)
        cursor.advance()
      default:
        bytes.append(byte)
        cursor.advance()
      }
    }
    throw opening.failure("this quote is never closed")
  }

  private static func meaning(ofEscaped byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "n"): 0x0A
    case UInt8(ascii: "r"): 0x0D
    case UInt8(ascii: "t"): 0x09
    case UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "$"): byte
    default: nil
    }
  }

  private static func isInName(_ byte: UInt8) -> Bool {
    byte.isLetter || byte.isDigit || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
  }

  /// Steps over what may follow a value: blanks and a comment.
  private mutating func endLine(_ problem: String) throws(DocumentError) {
    cursor.skip { $0.isBlank || $0 == 0x0D }
    guard cursor.isAtEnd || cursor.byte == 0x0A || cursor.byte == UInt8(ascii: "#") else { throw cursor.failure(problem) }
    skipLine()
  }

  private mutating func skipLine() {
    cursor.skip { $0 != 0x0A }
  }
}
