/// A text that was let in: within the limit of bytes, valid UTF-8, its byte order mark stepped over.
struct SourceText {
  let bytes: [UInt8]

  /// The offset of the first byte after the byte order mark.
  let start: Int

  /// Lets the bytes in.
  ///
  /// Throws `tooLarge`, or `invalidUTF8` with the offset of the first byte that is none.
  init(_ bytes: [UInt8], limits: DocumentLimits) throws(DocumentError) {
    guard bytes.count <= limits.bytes else {
      throw DocumentError(.tooLarge, "the text has \(bytes.count) bytes, more than the \(limits.bytes) allowed")
    }
    do {
      _ = try UTF8Span(validating: bytes.span)
    } catch {
      let offset = error.byteOffsets.lowerBound
      let isUTF16 = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
      let problem = isUTF16 ? "the text is UTF-16: save it as UTF-8" : "the byte at offset \(offset) is no UTF-8"
      throw DocumentError(.invalidUTF8, problem, at: SourceText.position(of: offset, in: bytes, from: 0))
    }
    self.bytes = bytes
    start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  /// The text between two offsets that stand between characters.
  func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }

  /// The position of an offset, found by counting from the start: for the one error that ends the reading.
  func position(of offset: Int) -> Position {
    SourceText.position(of: offset, in: bytes, from: start)
  }

  private static func position(of offset: Int, in bytes: [UInt8], from start: Int) -> Position {
    var line = 1
    var lineStart = start
    for index in start..<max(start, offset) where bytes[index] == UInt8(ascii: "\n") {
      line += 1
      lineStart = index + 1
    }
    return Position(line: line, column: max(0, offset - lineStart) + 1, offset: offset)
  }
}
