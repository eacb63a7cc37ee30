/// Tells which lines of a file may hold a secret, so that a patch doesn't show them.
///
/// It rather takes a harmless line for a secret one: then a patch has a line less around it.
struct SecretLines {
  static let words = [
    "pass", "pwd", "secret", "token", "key", "credential", "cred", "auth", "private", "signature", "salt", "dsn", "license", "webhook",
  ]

  /// Every line of an environment or properties file is a value of its own, and any of them may be one.
  private let isAllValues: Bool
  /// In a configuration file a line without a name of its own goes on with what began above it, which may be a secret.
  private let isConfiguration: Bool

  init(path: String) {
    let name = path.split(separator: "/").last.map(String.init)?.lowercased() ?? ""
    isAllValues = name.hasPrefix(".env") || [".env", ".properties", ".ini", ".cfg"].contains { name.hasSuffix($0) }
    isConfiguration = [".yaml", ".yml", ".json", ".toml", ".conf", ".xml", ".tf", ".hcl"].contains { name.hasSuffix($0) }
  }

  /// Whether a line around a change may hold a secret.
  func mayHoldSecret(_ line: ArraySlice<UInt8>) -> Bool {
    let text = Self.trimmed(line)
    if text.isEmpty || text.allSatisfy({ "{}[](),;".utf8.contains($0) }) { return false }
    if isAllValues { return true }
    let lowered = String(decoding: text, as: UTF8.self).lowercased()
    if Self.words.contains(where: { lowered.contains($0) }) || lowered.contains("-----begin") { return true }
    if Self.hasUserInformation(text) || Self.hasOpaqueRun(text) { return true }
    let isComment = lowered.hasPrefix("#") || lowered.hasPrefix("//")
    return isConfiguration && !isComment && !Self.isHarmless(text)
  }

  /// Whether the changed lines may hold a secret besides the value itself, which the report shows anyway.
  ///
  /// A word such as "token" in the value's own name is none: `tokenRefresh: true` is a flag. It is where another value
  /// follows it.
  func mayHoldSecret(_ lines: [UInt8], beside value: Range<Int>) -> Bool {
    let rest = Array(lines[..<value.lowerBound]) + [0] + lines[value.upperBound...]
    if Self.hasUserInformation(rest[...]) || Self.hasOpaqueRun(rest[...]) { return true }
    if isConfiguration, !Self.isHarmless(rest[...]) { return true }
    let lowered = rest.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }
    return Self.words.contains { word in
      var from = 0
      while let found = Self.firstIndex(of: Array(word.utf8), in: lowered, from: from) {
        if Self.hasValue(lowered[(found + word.utf8.count)...]) { return true }
        from = found + 1
      }
      return false
    }
  }

  /// Whether a line of a configuration file shows names and no values but booleans, numbers, null and what stands for the flag's own (a NUL).
  private static func isHarmless(_ line: ArraySlice<UInt8>) -> Bool {
    line.prefix { $0 != UInt8(ascii: "#") }.split { ",{}[]\n".utf8.contains($0) }.allSatisfy { piece in
      let text = String(decoding: piece, as: UTF8.self)
      guard let mark = text.firstIndex(where: { ":=".contains($0) }) else {
        return Sanitizer.isHarmless(bare(text)) || bare(text) == "\0"
      }
      let value = bare(String(text[text.index(after: mark)...]))
      return Sanitizer.isHarmless(value) || value == "\0"
    }
  }

  private static func bare(_ text: String) -> String {
    let isAround: (Character) -> Bool = { " \t\r\"'-".contains($0) }
    return String(text.drop(while: isAround).reversed().drop(while: isAround).reversed())
  }

  /// Whether a value that is neither the flag's own, nor a number, nor a bracket follows the rest of a name.
  private static func hasValue(_ text: ArraySlice<UInt8>) -> Bool {
    var rest = text.drop { isNameByte($0) || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") }
    let blanks = rest.prefix { $0 == 0x20 || $0 == 0x09 }
    rest = rest.dropFirst(blanks.count)
    let separators = rest.prefix { ":=>".utf8.contains($0) }
    rest = rest.dropFirst(separators.count).drop { $0 == 0x20 || $0 == 0x09 }
    guard let first = rest.first else { return false }
    let isQuoted = first == UInt8(ascii: "\"") || first == UInt8(ascii: "'")
    if separators.isEmpty, !(isQuoted && !blanks.isEmpty) { return false }
    if isQuoted { return !rest.dropFirst().starts(with: [0]) && !rest.dropFirst().starts(with: [first]) }
    let word = rest.prefix { isNameByte($0) || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "/") }
    let harmless = ["true", "false", "null", "nil", "none", "yes", "no", "on", "off"]
    return !word.isEmpty && !harmless.contains(String(decoding: word, as: UTF8.self))
      && !word.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2E }
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte >= 0x80
      || "_-.".utf8.contains(byte)
  }

  /// `scheme://user:password@host`
  private static func hasUserInformation(_ text: ArraySlice<UInt8>) -> Bool {
    var from = text.startIndex
    while let found = firstIndex(of: Array("://".utf8), in: Array(text), from: from - text.startIndex) {
      let authority = text[(text.startIndex + found + 3)...].prefix { $0 > 0x20 && !"/\"'".utf8.contains($0) }
      if authority.contains(UInt8(ascii: "@")) { return true }
      from = text.startIndex + found + 3
    }
    return false
  }

  /// Twenty letters and digits or more in a row, as keys and tokens have and names seldom do.
  private static func hasOpaqueRun(_ text: ArraySlice<UInt8>) -> Bool {
    text.split { !isNameByte($0) && !"+/=".utf8.contains($0) || $0 == UInt8(ascii: ".") || $0 >= 0x80 }.contains { run in
      run.count >= 20 && run.count { (0x30...0x39).contains($0) } >= 3 && run.contains { $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A }
    }
  }

  private static func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var line = line.drop { $0 <= 0x20 }
    while let last = line.last, last <= 0x20 { line.removeLast() }
    return line
  }

  private static func firstIndex(of needle: [UInt8], in text: [UInt8], from: Int) -> Int? {
    guard from <= text.count else { return nil }
    return text[from...].indices.first { text[$0...].starts(with: needle) }
  }
}
