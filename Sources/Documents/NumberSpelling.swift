/// Brings numbers of YAML and TOML into the spelling of JSON (RFC 8259, section 6).
///
/// What JSON would accept stays as it is, digit for digit: `1.10` is not `1.1`.
enum NumberSpelling {
  /// `[-+]? ( [0-9]+ (\.[0-9]*)? | \.[0-9]+ ) ([eE][-+]?[0-9]+)?` in JSON's spelling: without `+`, without leading
  /// zeros, with digits on both sides of the point; nil for anything else.
  static func json(_ spelling: some Collection<UInt8>) -> String? {
    var rest = Array(spelling)[...]
    var result: [UInt8] = []
    if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+"), let sign = rest.popFirst() {
      if sign == UInt8(ascii: "-") { result.append(sign) }
    }
    let whole = takeDigits(&rest)
    result.append(contentsOf: whole.drop { $0 == UInt8(ascii: "0") })
    if whole.allSatisfy({ $0 == UInt8(ascii: "0") }) { result.append(UInt8(ascii: "0")) }
    var hasFraction = false
    if rest.first == UInt8(ascii: ".") {
      rest.removeFirst()
      let fraction = takeDigits(&rest)
      hasFraction = !fraction.isEmpty
      result.append(UInt8(ascii: "."))
      result.append(contentsOf: hasFraction ? fraction : [UInt8(ascii: "0")])
    }
    guard !whole.isEmpty || hasFraction else { return nil }
    if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
      result.append(rest.removeFirst())
      if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { result.append(rest.removeFirst()) }
      let exponent = takeDigits(&rest)
      guard !exponent.isEmpty else { return nil }
      result.append(contentsOf: exponent)
    }
    return rest.isEmpty ? String(decoding: result, as: UTF8.self) : nil
  }

  /// The decimal spelling of the digits of another radix; nil where a digit is none or the value exceeds 64 bits.
  static func decimal(digits: some Collection<UInt8>, radix: UInt64) -> String? {
    guard !digits.isEmpty else { return nil }
    var value: UInt64 = 0
    for byte in digits {
      guard let digit = byte.hexadecimalValue, digit < radix else { return nil }
      let (high, isTooHigh) = value.multipliedReportingOverflow(by: radix)
      let (sum, isTooLarge) = high.addingReportingOverflow(UInt64(digit))
      guard !isTooHigh, !isTooLarge else { return nil }
      value = sum
    }
    return String(value)
  }

  private static func takeDigits(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let digits = rest.prefix { $0.isDigit }
    rest = rest.dropFirst(digits.count)
    return digits
  }
}
