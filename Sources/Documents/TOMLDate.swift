/// Tells whether bytes are a date or a time (RFC 3339, as TOML 1.0 uses it).
enum TOMLDate {
  /// A date, a time, or both with or without an offset from UTC.
  static func isDateOrTime(_ word: ArraySlice<UInt8>) -> Bool {
    var rest = word
    guard takeDate(&rest) else { return isTime(word, mayHaveOffset: false) }
    guard let separator = rest.popFirst() else { return true }
    return "Tt ".utf8.contains(separator) && isTime(rest, mayHaveOffset: true)
  }

  /// A date alone: `2026-11-23`.
  static func isDate(_ word: ArraySlice<UInt8>) -> Bool {
    var rest = word
    return takeDate(&rest) && rest.isEmpty
  }

  private static func takeDate(_ rest: inout ArraySlice<UInt8>) -> Bool {
    guard let year = takeNumber(&rest, digits: 4), take("-", from: &rest),
      let month = takeNumber(&rest, digits: 2), take("-", from: &rest),
      let day = takeNumber(&rest, digits: 2)
    else { return false }
    let isLeapYear = year.isMultiple(of: 4) && !year.isMultiple(of: 100) || year.isMultiple(of: 400)
    let days = [31, isLeapYear ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return (1...12).contains(month) && (1...days[month - 1]).contains(day)
  }

  private static func isTime(_ word: ArraySlice<UInt8>, mayHaveOffset: Bool) -> Bool {
    var rest = word
    guard let hour = takeNumber(&rest, digits: 2), take(":", from: &rest),
      let minute = takeNumber(&rest, digits: 2), take(":", from: &rest),
      let second = takeNumber(&rest, digits: 2)
    else { return false }
    // RFC 3339 allows the second 60 for a leap second.
    guard hour < 24, minute < 60, second <= 60 else { return false }
    if take(".", from: &rest) {
      let fraction = rest.prefix { $0.isDigit }
      guard !fraction.isEmpty else { return false }
      rest = rest.dropFirst(fraction.count)
    }
    return rest.isEmpty || mayHaveOffset && isOffset(rest)
  }

  private static func isOffset(_ word: ArraySlice<UInt8>) -> Bool {
    var rest = word
    guard let sign = rest.popFirst() else { return false }
    if sign == UInt8(ascii: "Z") || sign == UInt8(ascii: "z") { return rest.isEmpty }
    guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else { return false }
    guard let hours = takeNumber(&rest, digits: 2), take(":", from: &rest), let minutes = takeNumber(&rest, digits: 2)
    else { return false }
    return hours < 24 && minutes < 60 && rest.isEmpty
  }

  private static func take(_ scalar: Unicode.Scalar, from rest: inout ArraySlice<UInt8>) -> Bool {
    guard rest.first == UInt8(ascii: scalar) else { return false }
    rest.removeFirst()
    return true
  }

  private static func takeNumber(_ rest: inout ArraySlice<UInt8>, digits: Int) -> Int? {
    let taken = rest.prefix(digits)
    guard taken.count == digits, taken.allSatisfy(\.isDigit) else { return nil }
    rest = rest.dropFirst(digits)
    return taken.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
  }
}
