/// Turns libyaml's places, counted in characters, into positions, counted in bytes.
struct YAMLPlaces {
  private let source: SourceText
  /// The offset of each line's first byte.
  private let lineStarts: [Int]
  /// The offset of each 128th character; empty where all are ASCII and the two counts agree.
  private let checkpoints: [Int]
  /// The lines that begin with `%TAG`.
  let tagDirectives: Int
  private static let stride = 128
  /// The line of the last position asked for: the next one is mostly there or just after.
  private var recentLine = 0

  init(_ source: SourceText) {
    self.source = source
    let bytes = source.bytes.span
    var lineStarts = [source.start]
    var checkpoints: [Int] = []
    var characters = 0
    var tagDirectives = 0
    for offset in source.start..<bytes.count {
      let byte = bytes[offset]
      if byte == UInt8(ascii: "\n") { lineStarts.append(offset + 1) }
      if byte == UInt8(ascii: "%"), offset == lineStarts.last, source.bytes[offset...].starts(with: "%TAG".utf8) {
        tagDirectives += 1
      }
      guard YAMLPlaces.startsCharacter(byte) else { continue }
      if characters.isMultiple(of: YAMLPlaces.stride) { checkpoints.append(offset) }
      characters += 1
    }
    self.lineStarts = lineStarts
    self.tagDirectives = tagDirectives
    self.checkpoints = characters == bytes.count - source.start ? [] : checkpoints
  }

  /// The offset of a character's first byte; the end of the text for any character beyond it.
  func offset(ofCharacter index: Int) -> Int {
    guard !checkpoints.isEmpty else { return min(source.start + index, source.bytes.count) }
    let checkpoint = index / YAMLPlaces.stride
    guard checkpoint < checkpoints.count else { return source.bytes.count }
    var offset = checkpoints[checkpoint]
    for _ in 0..<index % YAMLPlaces.stride where offset < source.bytes.count {
      offset += 1
      while offset < source.bytes.count, !YAMLPlaces.startsCharacter(source.bytes[offset]) { offset += 1 }
    }
    return offset
  }

  /// The position of an offset.
  mutating func position(of offset: Int) -> Position {
    if !isOnLine(recentLine, offset) {
      recentLine = isOnLine(recentLine + 1, offset) ? recentLine + 1 : line(of: offset)
    }
    return Position(line: recentLine + 1, column: max(0, offset - lineStarts[recentLine]) + 1, offset: offset)
  }

  private func isOnLine(_ line: Int, _ offset: Int) -> Bool {
    guard line < lineStarts.count, lineStarts[line] <= offset else { return false }
    return line + 1 == lineStarts.count || offset < lineStarts[line + 1]
  }

  private func line(of offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }

  private static func startsCharacter(_ byte: UInt8) -> Bool { byte & 0xC0 != 0x80 }

  /// Where a value itself is spelled: libyaml's range begins at its anchor or tag, and that of a block scalar
  /// ends after the blank lines that follow it.
  mutating func span(of characters: Range<Int>) -> SourceSpan {
    let bytes = source.bytes
    var start = offset(ofCharacter: characters.lowerBound)
    var end = max(start, offset(ofCharacter: characters.upperBound))
    while start < end, bytes[start] == UInt8(ascii: "&") || bytes[start] == UInt8(ascii: "!") {
      while start < end, !bytes[start].isWhiteSpace { start += 1 }
      start = offsetAfterSpace(from: start, to: end)
    }
    while end > start, bytes[end - 1].isWhiteSpace { end -= 1 }
    return SourceSpan(start: position(of: start), end: position(of: end))
  }

  /// Whether the bracket that ends a map or a list in flow style stands at an offset.
  func isBracket(at offset: Int, ofMap isMap: Bool) -> Bool {
    offset < source.bytes.count && source.bytes[offset] == (isMap ? UInt8(ascii: "}") : UInt8(ascii: "]"))
  }

  /// Steps over white space and comments.
  private func offsetAfterSpace(from start: Int, to end: Int) -> Int {
    let bytes = source.bytes
    var offset = start
    while offset < end {
      if bytes[offset] == UInt8(ascii: "#") {
        while offset < end, bytes[offset] != UInt8(ascii: "\n") { offset += 1 }
      } else if bytes[offset].isWhiteSpace {
        offset += 1
      } else {
        break
      }
    }
    return offset
  }
}
