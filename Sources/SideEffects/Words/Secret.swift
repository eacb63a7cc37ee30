/// A secret on its way to a request or a fingerprint: it can't be encoded or compared, and it prints as its name alone.
public struct Secret: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  private let bytes: [UInt8]

  public init(_ bytes: [UInt8]) { self.bytes = bytes }
  public init(_ text: String) { bytes = Array(text.utf8) }

  public var isEmpty: Bool { bytes.isEmpty }
  public var description: String { "[secret]" }
  public var debugDescription: String { description }
  public var customMirror: Mirror { Mirror(self, children: []) }

  /// Lends the secret's bytes to what sends or fingerprints them.
  public func withBytes<Result, Problem: Error>(_ body: ([UInt8]) throws(Problem) -> Result) throws(Problem) -> Result { try body(bytes) }
}
