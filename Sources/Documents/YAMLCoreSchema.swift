/// Tells what a YAML scalar is (YAML 1.2.2, section 10.3, "core schema"): `yes`, `no`, `on` and `off` are text.
enum YAMLCoreSchema {
  static let tagPrefix = "tag:yaml.org,2002:"

  /// What a scalar with this tag, or without one, stands for; nil where the tag says what the spelling is not.
  ///
  /// Of the tags outside the schema, YAML's own (`!!binary`, `!!timestamp`) leave text.
  static func content(_ scalar: YAMLScalar) -> Document.Content? {
    guard let tag = scalar.properties.tag else {
      return scalar.isPlain ? resolve(scalar.text) : .text(scalar.text)
    }
    let resolved = resolve(scalar.text)
    switch (tag.dropFirst(tagPrefix.count), resolved) {
    case ("null", .null), ("bool", .boolean), ("float", .number): return resolved
    case ("float", .text(let text)) where isNotFinite(text): return resolved
    case ("int", .number(let spelling)): return spelling.utf8.allSatisfy { $0.isDigit || $0 == 0x2D } ? resolved : nil
    case ("null", _), ("bool", _), ("float", _), ("int", _), ("map", _), ("seq", _): return nil
    default: return .text(scalar.text)
    }
  }

  /// Whether a tag is one of YAML's own, not an application's.
  ///
  /// A lone `!` is YAML's too and makes a scalar text (section 6.9.1).
  static func owns(_ tag: String) -> Bool { tag == "!" || tag.hasPrefix(tagPrefix) }

  /// What an untagged plain scalar stands for.
  static func resolve(_ plain: String) -> Document.Content {
    switch plain {
    case "", "~", "null", "Null", "NULL": .null
    case "true", "True", "TRUE": .boolean(true)
    case "false", "False", "FALSE": .boolean(false)
    default: number(plain).map { .number($0) } ?? .text(plain)
    }
  }

  /// `.inf` and `.nan`, which are no numbers of JSON and stay text.
  private static func isNotFinite(_ text: String) -> Bool {
    let unsigned = text.hasPrefix("-") || text.hasPrefix("+") ? text.dropFirst() : text[...]
    return [".inf", ".Inf", ".INF"].contains(unsigned) || [".nan", ".NaN", ".NAN"].contains(text)
  }

  private static func number(_ plain: String) -> String? {
    // Most scalars are words: their first byte tells.
    guard let first = plain.utf8.first, first.isDigit || [0x2B, 0x2D, 0x2E].contains(first) else { return nil }
    if plain.hasPrefix("0x") { return NumberSpelling.decimal(digits: plain.utf8.dropFirst(2), radix: 16) }
    if plain.hasPrefix("0o") { return NumberSpelling.decimal(digits: plain.utf8.dropFirst(2), radix: 8) }
    return NumberSpelling.json(plain.utf8)
  }
}
