/// A place that moves through a text byte by byte and knows its line.
struct TextCursor {
  let source: SourceText
  let end: Int
  private(set) var offset: Int
  private var line = 1
  private var lineStart: Int

  init(_ source: SourceText) {
    self.source = source
    end = source.bytes.count
    offset = source.start
    lineStart = source.start
  }

  var position: Position { Position(line: line, column: offset - lineStart + 1, offset: offset) }

  var isAtEnd: Bool { offset == end }

  /// The byte here; nil at the end.
  var byte: UInt8? { offset < end ? source.bytes[offset] : nil }

  /// The byte some places further on; nil beyond the end.
  func byte(after distance: Int) -> UInt8? {
    offset + distance < end ? source.bytes[offset + distance] : nil
  }

  /// Whether these bytes stand here.
  func isAt(_ bytes: StaticString) -> Bool {
    guard end - offset >= bytes.utf8CodeUnitCount else { return false }
    return bytes.withUTF8Buffer { expected in
      for index in expected.indices where source.bytes[offset + index] != expected[index] { return false }
      return true
    }
  }

  /// Steps over one byte, a line feed included.
  mutating func advance() {
    if source.bytes[offset] == UInt8(ascii: "\n") {
      line += 1
      lineStart = offset + 1
    }
    offset += 1
  }

  /// Steps over bytes of which none is a line feed.
  mutating func advance(by count: Int) {
    offset += count
  }

  /// Steps over the bytes that satisfy a condition, line feeds included.
  mutating func skip(while condition: (UInt8) -> Bool) {
    while offset < end, condition(source.bytes[offset]) { advance() }
  }

  /// The text from an earlier offset to here.
  func text(from start: Int) -> String { source.text(start..<offset) }

  /// The stretch from an earlier position to here.
  func span(from start: Position) -> SourceSpan { SourceSpan(start: start, end: position) }

  /// An error at this place.
  func failure(_ problem: String) -> DocumentError { DocumentError(.syntax, problem, at: position) }
}
