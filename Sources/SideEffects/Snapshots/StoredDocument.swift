internal import Documents

/// How the store's records are put together: what is nil or empty is left out.
extension Document {
  static func object(_ members: [(String, Document?)]) -> Document {
    Document(.map(members.compactMap { key, value in value.map { Member(key: key, value: $0) } }))
  }

  static func of(_ text: Text) -> Document { Document(.text(text.string)) }
  static func of(_ text: Text?) -> Document? { text.map { of($0) } }
  static func of(_ number: Int) -> Document { Document(.number(String(number))) }
  static func of(_ boolean: Bool?) -> Document? { boolean.map { Document(.boolean($0)) } }
  static func of(_ digest: Digest?) -> Document? { digest.map { Document(.text($0.description)) } }

  /// RFC 3339 in UTC, with nanoseconds where there are some.
  static func of(_ instant: Instant?) -> Document? {
    guard let instant else { return nil }
    guard instant.nanoseconds != 0 else { return Document(.text(instant.rfc3339)) }
    let digits = String(instant.nanoseconds)
    let fraction = String(repeating: "0", count: max(0, 9 - digits.count)) + digits
    return Document(.text(instant.rfc3339.dropLast() + "." + fraction + "Z"))
  }

  static func listed(_ items: [Document]) -> Document? { items.isEmpty ? nil : Document(.list(items)) }

  /// Sorted by the names' bytes when it is written.
  static func table<Item>(_ table: [Text: Item], of write: (Item) -> Document) -> Document? {
    table.isEmpty ? nil : Document(.map(table.map { Member(key: $0.key.string, value: write($0.value)) }))
  }
}
