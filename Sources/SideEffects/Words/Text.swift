/// Text that is equal only when its bytes are.
///
/// Swift's `String` compares by canonical equivalence: it takes "é" composed and decomposed for the same id.
public struct Text: Hashable, Comparable, Sendable {
  public let string: String

  public init(_ string: String) { self.string = string }

  public var isEmpty: Bool { string.isEmpty }

  public static func == (a: Self, b: Self) -> Bool {
    a.string.utf8.count == b.string.utf8.count && a.string.withBytes { a in b.string.withBytes { b in a.elementsEqual(b) } }
  }

  public static func < (a: Self, b: Self) -> Bool { a.string.withBytes { a in b.string.withBytes { b in a.lexicographicallyPrecedes(b) } } }

  public func hash(into hasher: inout Hasher) {
    string.withBytes { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    // So that two texts after each other are not one.
    hasher.combine(0xff as UInt8)
  }
}

extension String {
  /// Lends the text's UTF-8.
  func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    utf8.withContiguousStorageIfAvailable(body) ?? Array(utf8).withUnsafeBufferPointer(body)
  }
}

extension Text: ExpressibleByStringLiteral, CustomStringConvertible {
  public init(stringLiteral value: String) { self.init(value) }
  public var description: String { string }
}
