/// Text that is equal only when its bytes are.
///
/// Swift's `String` compares by canonical equivalence: it takes "é" composed and decomposed for the same id.
public struct Text: Hashable, Comparable, Sendable {
  public let string: String

  public init(_ string: String) { self.string = string }

  public var isEmpty: Bool { string.isEmpty }

  public static func == (a: Self, b: Self) -> Bool { a.string.utf8.elementsEqual(b.string.utf8) }
  public static func < (a: Self, b: Self) -> Bool { a.string.utf8.lexicographicallyPrecedes(b.string.utf8) }

  public func hash(into hasher: inout Hasher) {
    for byte in string.utf8 { hasher.combine(byte) }
  }
}

extension Text: ExpressibleByStringLiteral, CustomStringConvertible {
  public init(stringLiteral value: String) { self.init(value) }
  public var description: String { string }
}
