/// A line of a `.gitattributes` file that says something.
enum AttributeLine {
  case rule(PathPattern, [AttributeAssignment])
  case macro(String, [AttributeAssignment])

  /// Takes a line; nil for an empty one, a comment, and one with a negative pattern, which gitattributes(5) forbids.
  init?(_ line: ArraySlice<UInt8>) {
    let line = line.drop(while: Self.isBlank)
    guard let first = line.first, first != UInt8(ascii: "#"), first != UInt8(ascii: "!") else { return nil }
    let pattern: [UInt8]
    let rest: ArraySlice<UInt8>
    if first == UInt8(ascii: "\""), let quoted = Self.quoted(line.dropFirst()) {
      (pattern, rest) = quoted
    } else {
      pattern = Array(line.prefix { !Self.isBlank($0) })
      rest = line.dropFirst(pattern.count)
    }
    let words = String(decoding: rest, as: UTF8.self).split { $0 == " " || $0 == "\t" || $0 == "\r" }
    let assignments = words.map(AttributeAssignment.init)
    if pattern.starts(with: "[attr]".utf8) {
      self = .macro(String(decoding: pattern.dropFirst(6), as: UTF8.self), assignments)
    } else {
      self = .rule(PathPattern(pattern), assignments)
    }
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
  }

  /// Takes a pattern in double quotes with the escapes of C, whose first quote has been taken; nil where it doesn't end.
  private static func quoted(_ line: ArraySlice<UInt8>) -> (pattern: [UInt8], rest: ArraySlice<UInt8>)? {
    var pattern: [UInt8] = []
    var rest = line
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "\"") { return (pattern, rest) }
      guard byte == UInt8(ascii: "\\") else {
        pattern.append(byte)
        continue
      }
      guard let escaped = rest.popFirst() else { return nil }
      switch escaped {
      case UInt8(ascii: "0")...UInt8(ascii: "3"):
        let digits = [escaped] + rest.prefix(2)
        guard digits.count == 3, let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 8) else { return nil }
        pattern.append(value)
        rest = rest.dropFirst(2)
      case UInt8(ascii: "a"): pattern.append(0x07)
      case UInt8(ascii: "b"): pattern.append(0x08)
      case UInt8(ascii: "f"): pattern.append(0x0C)
      case UInt8(ascii: "n"): pattern.append(0x0A)
      case UInt8(ascii: "r"): pattern.append(0x0D)
      case UInt8(ascii: "t"): pattern.append(0x09)
      case UInt8(ascii: "v"): pattern.append(0x0B)
      case UInt8(ascii: "\\"), UInt8(ascii: "\""): pattern.append(escaped)
      default: return nil
      }
    }
    return nil
  }
}
