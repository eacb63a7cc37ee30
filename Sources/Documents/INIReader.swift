/// Reads sections of `key = value` lines, as Python's configparser, git, systemd, MySQL and PostgreSQL write them; all values are text.
///
/// - A comment begins with `;` or `#`, at the line's start or after white space behind a value.
/// - `:` may stand for `=`. A key without either has no value: null.
/// - A value in matching quotes stands without them; in single quotes `''` is one quote.
/// - A line that is indented and holds no `=` goes on with the value above, after a line feed.
/// - What stands before the first section are members of the whole. A section that comes again goes on; a key that comes again in one
///   section has a list of values, in their order.
struct INIReader {
  private struct Section {
    let name: String
    let span: SourceSpan?
    var members: [(key: String, span: SourceSpan, values: [Written])] = []
    var positions: [KeyBytes: Int] = [:]
  }

  /// A value and the lines that go on with it: put together once, since a value may have as many lines as the text.
  private struct Written {
    let first: Document
    var lines: [String] = []
    var end: Position?

    var document: Document {
      guard let text = first.text, let start = first.span?.start, let end else { return first }
      return Document(.text(([text] + lines).joined(separator: "\n")), span: SourceSpan(start: start, end: end))
    }
  }

  private let source: SourceText
  private let limits: DocumentLimits
  private var cursor: TextCursor
  private var sections: [Section] = [Section(name: "", span: nil)]
  private var numbers: [KeyBytes: Int] = [:]
  private var current = 0
  private var nodes = 1

  private init(_ source: SourceText, limits: DocumentLimits) {
    (self.source, self.limits) = (source, limits)
    cursor = TextCursor(source)
  }

  /// Reads a text into one map.
  static func read(_ source: SourceText, limits: DocumentLimits) throws(DocumentError) -> Document {
    var reader = INIReader(source, limits: limits)
    return try reader.read()
  }

  private mutating func read() throws(DocumentError) -> Document {
    let start = cursor.position
    while !cursor.isAtEnd {
      let isIndented = cursor.byte?.isBlank ?? false
      cursor.skip { $0.isBlank || $0 == 0x0D }
      switch cursor.byte {
      case nil, 0x0A: break
      case UInt8(ascii: ";"), UInt8(ascii: "#"): cursor.skip { $0 != 0x0A }
      case UInt8(ascii: "["): try readSection()
      default:
        if isIndented, goesOn { continueValue() } else { try readMember() }
      }
      if !cursor.isAtEnd { cursor.advance() }
    }
    let whole = sections[0].members.map(Self.member)
    let named = sections.dropFirst().map { section in
      Document.Member(key: section.name, keySpan: section.span, value: Document(.map(section.members.map(Self.member)), span: section.span))
    }
    if let twice = sections.dropFirst().first(where: { sections[0].positions[KeyBytes($0.name)] != nil }) {
      throw DocumentError(
        .duplicateKey, "a section has the name of a key that stands before all sections", at: twice.span?.start ?? start)
    }
    return Document(.map(whole + named), span: cursor.span(from: start))
  }

  private static func member(_ given: (key: String, span: SourceSpan, values: [Written])) -> Document.Member {
    let values = given.values.map(\.document)
    let value = values.count == 1 ? values[0] : Document(.list(values), span: values.first?.span)
    return Document.Member(key: given.key, keySpan: given.span, value: value)
  }

  /// Whether the line here holds no `=`, and there is a value that it may go on with.
  private var goesOn: Bool {
    guard sections[current].members.last?.values.last?.first.text != nil else { return false }
    return !source.bytes[cursor.offset...].prefix { $0 != 0x0A }.contains(UInt8(ascii: "="))
  }

  private mutating func count() throws(DocumentError) {
    nodes += 1
    guard nodes <= limits.nodes else {
      throw DocumentError(.tooManyNodes, "the text holds more than \(limits.nodes) values", at: cursor.position)
    }
  }

  private mutating func readSection() throws(DocumentError) {
    cursor.advance(by: 1)
    let start = cursor.position
    while let byte = cursor.byte, byte != UInt8(ascii: "]"), byte != 0x0A { cursor.advance(by: 1) }
    guard cursor.byte == UInt8(ascii: "]") else { throw cursor.failure("this section's name is never closed by `]`") }
    let (name, span) = (cursor.text(from: start.offset), cursor.span(from: start))
    cursor.advance(by: 1)
    cursor.skip { $0.isBlank || $0 == 0x0D }
    guard cursor.isAtEnd || [0x0A, UInt8(ascii: "#"), UInt8(ascii: ";")].contains(cursor.byte) else {
      throw cursor.failure("only a comment may follow a section's name")
    }
    cursor.skip { $0 != 0x0A }
    if let known = numbers[KeyBytes(name)] {
      current = known
      return
    }
    try count()
    current = sections.count
    numbers[KeyBytes(name)] = current
    sections.append(Section(name: name, span: span))
  }

  private mutating func readMember() throws(DocumentError) {
    let start = cursor.position
    var end = start
    while let byte = cursor.byte, byte != 0x0A, byte != UInt8(ascii: "="), byte != UInt8(ascii: ":") {
      if cursor.offset > start.offset, source.bytes[cursor.offset - 1].isBlank, byte == UInt8(ascii: "#") || byte == UInt8(ascii: ";") {
        break
      }
      cursor.advance(by: 1)
      if !byte.isWhiteSpace { end = cursor.position }
    }
    let keySpan = SourceSpan(start: start, end: end)
    let key = source.text(keySpan.offsets)
    guard !key.isEmpty else { throw cursor.failure("a key belongs before this sign") }
    let value: Document
    if cursor.byte == UInt8(ascii: "=") || cursor.byte == UInt8(ascii: ":") {
      cursor.advance(by: 1)
      cursor.skip { $0.isBlank }
      value = readValue()
    } else {
      cursor.skip { $0 != 0x0A }
      value = Document(.null, span: SourceSpan(start: end, end: end))
    }
    try count()
    add(value, to: key, keySpan)
  }

  private mutating func add(_ value: Document, to key: String, _ span: SourceSpan) {
    if let index = sections[current].positions[KeyBytes(key)] {
      sections[current].members[index].values.append(Written(first: value))
    } else {
      sections[current].positions[KeyBytes(key)] = sections[current].members.count
      sections[current].members.append((key, span, [Written(first: value)]))
    }
  }

  /// Up to the line's end, its line feed left.
  private mutating func readValue() -> Document {
    let start = cursor.position
    var end = start
    if let quote = cursor.byte, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'"), let quoted = quotedValue(quote) {
      return quoted
    }
    while let byte = cursor.byte, byte != 0x0A {
      let isComment = byte == UInt8(ascii: "#") || byte == UInt8(ascii: ";")
      if isComment, cursor.offset > source.start, source.bytes[cursor.offset - 1].isBlank { break }
      cursor.advance(by: 1)
      if !byte.isWhiteSpace { end = cursor.position }
    }
    cursor.skip { $0 != 0x0A }
    let span = SourceSpan(start: start, end: end)
    return Document(.text(source.text(span.offsets)), span: span)
  }

  /// Nil where the quote isn't closed, or something follows it: then the quote is part of the value.
  private mutating func quotedValue(_ quote: UInt8) -> Document? {
    var probe = cursor
    let start = probe.position
    probe.advance(by: 1)
    var bytes: [UInt8] = []
    while let byte = probe.byte, byte != 0x0A {
      if byte == quote {
        guard quote == UInt8(ascii: "'"), probe.byte(after: 1) == quote else { break }
        probe.advance(by: 1)
      }
      bytes.append(byte)
      probe.advance(by: 1)
    }
    guard probe.byte == quote else { return nil }
    probe.advance(by: 1)
    let span = probe.span(from: start)
    probe.skip { $0.isBlank || $0 == 0x0D }
    guard probe.isAtEnd || [0x0A, UInt8(ascii: "#"), UInt8(ascii: ";")].contains(probe.byte) else { return nil }
    probe.skip { $0 != 0x0A }
    cursor = probe
    return Document(.text(String(decoding: bytes, as: UTF8.self)), span: span)
  }

  private mutating func continueValue() {
    let more = readValue()
    let member = sections[current].members.count - 1
    let value = sections[current].members[member].values.count - 1
    sections[current].members[member].values[value].lines.append(more.text ?? "")
    sections[current].members[member].values[value].end = more.span?.end
  }
}
