/// Writes documents as JSON.
public struct JSONWriter: Sendable {
  /// How the text is laid out.
  public enum Style: Sendable {
    /// Members sorted by their keys' bytes, no white space: the same bytes for the same content.
    case canonical
    /// Two spaces for each level, members in the order given, for people.
    case pretty
  }

  public let style: Style

  public init(_ style: Style) {
    self.style = style
  }

  /// The document's JSON in UTF-8, without a line feed at the end.
  public func write(_ document: Document) -> [UInt8] {
    var bytes: [UInt8] = []
    append(document, depth: 0, to: &bytes)
    return bytes
  }

  private func append(_ document: Document, depth: Int, to bytes: inout [UInt8]) {
    switch document.content {
    case .null: bytes.append(contentsOf: "null".utf8)
    case .boolean(let value): bytes.append(contentsOf: (value ? "true" : "false").utf8)
    case .number(let spelling): appendNumber(spelling, to: &bytes)
    case .text(let text): JSONWriter.appendText(text, to: &bytes)
    case .list(let items):
      appendContainer(items, "[", "]", depth: depth, to: &bytes) { item, bytes in
        append(item, depth: depth + 1, to: &bytes)
      }
    case .map(let members):
      appendContainer(ordered(members), "{", "}", depth: depth, to: &bytes) { member, bytes in
        JSONWriter.appendText(member.key, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        if style == .pretty { bytes.append(UInt8(ascii: " ")) }
        append(member.value, depth: depth + 1, to: &bytes)
      }
    }
  }

  private func ordered(_ members: [Document.Member]) -> [Document.Member] {
    switch style {
    case .canonical: members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    case .pretty: members
    }
  }

  private func appendContainer<Part>(
    _ parts: [Part], _ open: Unicode.Scalar, _ close: Unicode.Scalar, depth: Int, to bytes: inout [UInt8],
    each appendPart: (Part, inout [UInt8]) -> Void
  ) {
    bytes.append(UInt8(ascii: open))
    for (index, part) in parts.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      appendLineBreak(depth: depth + 1, to: &bytes)
      appendPart(part, &bytes)
    }
    if !parts.isEmpty { appendLineBreak(depth: depth, to: &bytes) }
    bytes.append(UInt8(ascii: close))
  }

  private func appendLineBreak(depth: Int, to bytes: inout [UInt8]) {
    guard style == .pretty else { return }
    bytes.append(UInt8(ascii: "\n"))
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * depth))
  }

  private func appendNumber(_ spelling: String, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: spelling.utf8)
  }

  /// Appends a string with the escapes that RFC 8259 section 7 demands and no others.
  static func appendText(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(contentsOf: [UInt8(ascii: "\\"), byte])
      case 0x08: bytes.append(contentsOf: "\\b".utf8)
      case 0x09: bytes.append(contentsOf: "\\t".utf8)
      case 0x0A: bytes.append(contentsOf: "\\n".utf8)
      case 0x0C: bytes.append(contentsOf: "\\f".utf8)
      case 0x0D: bytes.append(contentsOf: "\\r".utf8)
      case 0..<0x20:
        bytes.append(contentsOf: "\\u00".utf8)
        bytes.append(hexadecimal[Int(byte >> 4)])
        bytes.append(hexadecimal[Int(byte & 15)])
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static let hexadecimal = Array("0123456789abcdef".utf8)
}

extension Document {
  /// The JSON that equal content always has: members sorted by their keys' bytes, no spaces, numbers as spelled.
  public func canonicalJSON() -> String {
    String(decoding: JSONWriter(.canonical).write(self), as: UTF8.self)
  }
}
