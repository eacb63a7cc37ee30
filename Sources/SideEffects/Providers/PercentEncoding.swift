/// Percent-encoding of values for the place of a URL where they stand (RFC 3986).
enum PercentEncoding: Sendable {
  /// Not encoded: a base, a header, a body.
  case none
  /// One segment of a path: all but the unreserved characters, `/` included.
  case segment
  /// A path whose own `/` and reserved characters stay; `?`, `#` and brackets would end it and are encoded.
  case path
  /// A value of a query or of a form.
  case query

  func encode(_ bytes: some Sequence<UInt8>) -> [UInt8] {
    var encoded: [UInt8] = []
    let digits = Array("0123456789ABCDEF".utf8)
    for byte in bytes {
      if keeps(byte) { encoded.append(byte) } else { encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
    }
    return encoded
  }

  func encode(_ text: String) -> String { String(decoding: encode(text.utf8), as: UTF8.self) }

  private func keeps(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
    case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"): true
    default:
      switch self {
      case .none: true
      case .segment, .query: false
      case .path: "/:@!$&'()*+,;=".utf8.contains(byte)
      }
    }
  }
}
