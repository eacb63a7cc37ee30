/// Reads TOML 1.0 (https://toml.io/en/v1.0.0).
///
/// Dates and times are text as spelled, `inf` and `nan` too. The span of a table with a header is that of its
/// header; a table that only its parts' names make has none.
struct TOMLReader {
  private var cursor: TextCursor
  private var tables: TOMLTables
  private var current: TOMLTables.Reference

  private init(_ source: SourceText, limits: DocumentLimits) {
    cursor = TextCursor(source)
    tables = TOMLTables(limits: limits)
    current = tables.root
  }

  /// Reads a text into one map.
  static func read(_ source: SourceText, limits: DocumentLimits) throws(DocumentError) -> Document {
    var reader = TOMLReader(source, limits: limits)
    return try reader.read()
  }

  private mutating func read() throws(DocumentError) -> Document {
    let start = cursor.position
    while !cursor.isAtEnd {
      skipBlanks()
      switch cursor.byte {
      case nil, 0x0A, 0x0D, UInt8(ascii: "#"): break
      case UInt8(ascii: "["): try readHeader()
      default: try readMember(into: current)
      }
      try endLine()
    }
    tables.setSpan(cursor.span(from: start), of: tables.root)
    return tables.document(.table(tables.root))
  }

  private mutating func readHeader() throws(DocumentError) {
    let start = cursor.position
    let isItem = cursor.byte(after: 1) == UInt8(ascii: "[")
    cursor.advance(by: isItem ? 2 : 1)
    let path = try readKey()
    guard isItem ? cursor.isAt("]]") : cursor.byte == UInt8(ascii: "]") else {
      throw cursor.failure("\(isItem ? "two closing brackets belong" : "a closing bracket belongs") after the table's name")
    }
    cursor.advance(by: isItem ? 2 : 1)
    current = try tables.open(path, isItem: isItem, at: cursor.span(from: start))
  }

  private mutating func readMember(into table: TOMLTables.Reference) throws(DocumentError) {
    let path = try readKey()
    guard cursor.byte == UInt8(ascii: "=") else { throw cursor.failure("an equals sign belongs after the key") }
    cursor.advance(by: 1)
    skipBlanks()
    let value = try readValue(depth: tables.depth(of: table) + path.count - 1)
    try tables.assign(path, value, in: table)
  }

  /// Reads a dotted key and the blanks after it.
  private mutating func readKey() throws(DocumentError) -> [TOMLTables.Key] {
    var path: [TOMLTables.Key] = []
    while true {
      skipBlanks()
      let start = cursor.position
      let text: String
      switch cursor.byte {
      case UInt8(ascii: "\""): text = try TOMLString.readBasic(&cursor)
      case UInt8(ascii: "'"): text = try TOMLString.readLiteral(&cursor)
      default:
        while let byte = cursor.byte, byte.isLetter || byte.isDigit || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") {
          cursor.advance(by: 1)
        }
        text = cursor.text(from: start.offset)
        guard !text.isEmpty else { throw cursor.failure("a key belongs here: letters, digits, _ and -, or a string in quotes") }
      }
      path.append(TOMLTables.Key(text: text, span: cursor.span(from: start)))
      skipBlanks()
      guard cursor.byte == UInt8(ascii: ".") else { return path }
      cursor.advance(by: 1)
    }
  }

  /// Reads a value that has so many containers around it.
  private mutating func readValue(depth: Int) throws(DocumentError) -> TOMLTables.Value {
    let start = cursor.position
    switch cursor.byte {
    case UInt8(ascii: "["): return try readList(depth: depth)
    case UInt8(ascii: "{"): return try readInlineTable(depth: depth)
    default: try tables.count(depth: depth, at: start)
    }
    let content: Document.Content
    switch cursor.byte {
    case UInt8(ascii: "\""):
      let text = cursor.isAt("\"\"\"") ? try TOMLString.readLongBasic(&cursor) : try TOMLString.readBasic(&cursor)
      content = .text(text)
    case UInt8(ascii: "'"):
      let text = cursor.isAt("'''") ? try TOMLString.readLongLiteral(&cursor) : try TOMLString.readLiteral(&cursor)
      content = .text(text)
    default:
      content = try TOMLScalar.read(&cursor)
    }
    return .scalar(Document(content, span: cursor.span(from: start)))
  }

  private mutating func readList(depth: Int) throws(DocumentError) -> TOMLTables.Value {
    let start = cursor.position
    try tables.count(depth: depth + 1, at: start)
    cursor.advance(by: 1)
    var items: [TOMLTables.Value] = []
    while true {
      try skipLines()
      if cursor.byte == UInt8(ascii: "]") { break }
      items.append(try readValue(depth: depth + 1))
      try skipLines()
      if cursor.byte == UInt8(ascii: ",") {
        cursor.advance(by: 1)
      } else if cursor.byte != UInt8(ascii: "]") {
        throw cursor.failure("a comma or the end of the array belongs here")
      }
    }
    cursor.advance(by: 1)
    return .list(items, cursor.span(from: start))
  }

  private mutating func readInlineTable(depth: Int) throws(DocumentError) -> TOMLTables.Value {
    let start = cursor.position
    let table = try tables.make(.inline, depth: depth + 1, at: SourceSpan(start: start, end: start))
    cursor.advance(by: 1)
    skipBlanks()
    while cursor.byte != UInt8(ascii: "}") {
      try readMember(into: table)
      skipBlanks()
      guard cursor.byte == UInt8(ascii: ",") else { break }
      cursor.advance(by: 1)
      skipBlanks()
      if cursor.byte == UInt8(ascii: "}") { throw cursor.failure("no comma may stand before the end of an inline table") }
    }
    guard cursor.byte == UInt8(ascii: "}") else {
      throw cursor.failure("a comma or the end of the inline table belongs here, on the same line")
    }
    cursor.advance(by: 1)
    tables.setSpan(cursor.span(from: start), of: table)
    return .table(table)
  }

  private mutating func skipBlanks() {
    cursor.skip { $0.isBlank }
  }

  /// Steps over blanks, line ends and comments.
  private mutating func skipLines() throws(DocumentError) {
    while true {
      skipBlanks()
      switch cursor.byte {
      case 0x0A, 0x0D, UInt8(ascii: "#"): try endLine()
      default: return
      }
    }
  }

  /// Steps over blanks, a comment and the end of the line.
  private mutating func endLine() throws(DocumentError) {
    skipBlanks()
    if cursor.byte == UInt8(ascii: "#") {
      while let byte = cursor.byte, !TOMLString.isControl(byte) { cursor.advance(by: 1) }
    }
    if cursor.isAt("\r\n") { cursor.advance(by: 1) }
    guard cursor.isAtEnd || cursor.byte == 0x0A else {
      throw cursor.failure("only a comment without control characters may follow on this line")
    }
    if !cursor.isAtEnd { cursor.advance() }
  }
}
