/// Reads TOML's values without quotes: truth values, numbers, dates and times.
enum TOMLScalar {
  /// Reads the value that is here.
  static func read(_ cursor: inout TextCursor) throws(DocumentError) -> Document.Content {
    let start = cursor
    skipWord(&cursor)
    // A date and a time may be one space apart.
    if cursor.offset - start.offset == 10, cursor.byte == 0x20, cursor.byte(after: 1)?.isDigit == true,
      TOMLDate.isDate(start.source.bytes[start.offset..<cursor.offset])
    {
      cursor.advance(by: 1)
      skipWord(&cursor)
    }
    let word = start.source.bytes[start.offset..<cursor.offset]
    guard let content = content(of: word) else {
      let problem = word.isEmpty ? "a value belongs here" : "this is no value of TOML: text needs quotes"
      throw start.failure(problem)
    }
    return content
  }

  private static func skipWord(_ cursor: inout TextCursor) {
    while let byte = cursor.byte, byte.isLetter || byte.isDigit || "+-_.:".utf8.contains(byte) { cursor.advance(by: 1) }
  }

  private static func content(of word: ArraySlice<UInt8>) -> Document.Content? {
    let text = String(decoding: word, as: UTF8.self)
    switch text {
    case "true": return .boolean(true)
    case "false": return .boolean(false)
    case "inf", "+inf", "-inf", "nan", "+nan", "-nan": return .text(text)
    default: break
    }
    if let number = number(word) { return .number(number) }
    return TOMLDate.isDateOrTime(word) ? .text(text) : nil
  }

  /// The number in JSON's spelling; nil where it is none of TOML's.
  private static func number(_ word: ArraySlice<UInt8>) -> String? {
    guard let digits = withoutUnderscores(word) else { return nil }
    if word.starts(with: "0x".utf8) { return NumberSpelling.decimal(digits: digits.dropFirst(2), radix: 16) }
    if word.starts(with: "0o".utf8) { return NumberSpelling.decimal(digits: digits.dropFirst(2), radix: 8) }
    if word.starts(with: "0b".utf8) { return NumberSpelling.decimal(digits: digits.dropFirst(2), radix: 2) }
    // What TOML refuses and the common grammar of numbers doesn't: leading zeros, and a point without digits.
    let unsigned = digits.first == UInt8(ascii: "+") || digits.first == UInt8(ascii: "-") ? digits.dropFirst() : digits[...]
    guard unsigned.first?.isDigit == true else { return nil }
    if unsigned.first == UInt8(ascii: "0"), unsigned.dropFirst().first?.isDigit == true { return nil }
    if let point = unsigned.firstIndex(of: UInt8(ascii: ".")) {
      guard point + 1 < unsigned.endIndex, unsigned[point + 1].isDigit else { return nil }
    }
    return NumberSpelling.json(digits)
  }

  /// The bytes without underscores; nil where one does not stand between two digits.
  private static func withoutUnderscores(_ word: ArraySlice<UInt8>) -> [UInt8]? {
    let isDigit: (UInt8) -> Bool = word.starts(with: "0x".utf8) ? { $0.hexadecimalValue != nil } : { $0.isDigit }
    for index in word.indices where word[index] == UInt8(ascii: "_") {
      guard index > word.startIndex, index + 1 < word.endIndex else { return nil }
      guard isDigit(word[index - 1]), isDigit(word[index + 1]) else { return nil }
    }
    return word.filter { $0 != UInt8(ascii: "_") }
  }
}
