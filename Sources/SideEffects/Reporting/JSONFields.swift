import Documents

/// Members of JSON reports in the order given; what is nil is left out.
enum JSONFields {
  static func object(_ members: [(String, Document?)]) -> Document {
    Document(.map(members.compactMap { key, value in value.map { Document.Member(key: key, value: $0) } }))
  }
}

extension Document {
  static func text(_ text: Text) -> Document { Document(.text(text.string)) }
  static func optional(_ text: Text?) -> Document? { text.map { .text($0) } }
  static func count(_ number: Int) -> Document { Document(.number(String(number))) }
  static func boolean(_ value: Bool) -> Document { Document(.boolean(value)) }
  static func list(_ elements: [Document]) -> Document { Document(.list(elements)) }
  static func texts(_ texts: [Text]) -> Document { .list(texts.map { .text($0) }) }
  static func moment(_ instant: Instant) -> Document { Document(.text(instant.rfc3339)) }
}
