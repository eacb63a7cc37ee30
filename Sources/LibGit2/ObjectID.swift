internal import CGit2

/// The name of an object in a repository: the SHA-1 of its content, 20 bytes.
public struct ObjectID: Hashable, Comparable, Sendable, CustomStringConvertible {
  // In three numbers, since an array would cost an allocation for each of a million entries.
  private let high: UInt64
  private let middle: UInt64
  private let low: UInt32

  init(_ oid: git_oid) {
    (high, middle, low) = withUnsafeBytes(of: oid) { bytes in
      (
        UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self)),
        UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)),
        UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: 16, as: UInt32.self))
      )
    }
  }

  /// Takes 20 bytes; anything else is nil.
  init?(bytes: ArraySlice<UInt8>) {
    guard bytes.count == 20 else { return nil }
    (high, middle, low) = bytes.withUnsafeBytes { bytes in
      (
        UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self)),
        UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)),
        UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: 16, as: UInt32.self))
      )
    }
  }

  /// Takes 40 hexadecimal digits; anything else is nil.
  public init?(_ text: String) {
    let digits = Array(text.utf8)
    guard digits.count == 40, digits.allSatisfy({ Self.value(of: $0) != nil }) else { return nil }
    func number(_ range: Range<Int>) -> UInt64 {
      digits[range].reduce(0) { $0 << 4 | UInt64(Self.value(of: $1) ?? 0) }
    }
    (high, middle, low) = (number(0..<16), number(16..<32), UInt32(number(32..<40)))
  }

  /// The name as 40 hexadecimal digits in lower case.
  public var description: String {
    func hexadecimal(_ number: UInt64, _ width: Int) -> String {
      let digits = String(number, radix: 16)
      return String(repeating: "0", count: width - digits.count) + digits
    }
    return hexadecimal(high, 16) + hexadecimal(middle, 16) + hexadecimal(UInt64(low), 8)
  }

  public static func < (one: ObjectID, other: ObjectID) -> Bool {
    (one.high, one.middle, one.low) < (other.high, other.middle, other.low)
  }

  var oid: git_oid {
    var oid = git_oid()
    withUnsafeMutableBytes(of: &oid) { bytes in
      bytes.storeBytes(of: high.bigEndian, toByteOffset: 0, as: UInt64.self)
      bytes.storeBytes(of: middle.bigEndian, toByteOffset: 8, as: UInt64.self)
      bytes.storeBytes(of: low.bigEndian, toByteOffset: 16, as: UInt32.self)
    }
    return oid
  }

  private static func value(of digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
