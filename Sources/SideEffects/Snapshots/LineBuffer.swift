/// Cuts bytes that arrive in pieces into lines.
package struct LineBuffer: Sendable {
  private var bytes: [UInt8] = []
  private var start = 0
  /// Up to here there is no line feed: a long line is not searched again with each piece.
  private var searched = 0

  package init() {}

  /// How many bytes are waiting.
  package var count: Int { bytes.count - start }

  package mutating func append(_ piece: [UInt8]) {
    bytes.removeSubrange(..<start)
    searched -= start
    start = 0
    bytes += piece
  }

  /// The next line with its line feed; nil where it has not arrived whole.
  package mutating func next() -> [UInt8]? {
    guard let end = bytes[searched...].firstIndex(of: UInt8(ascii: "\n")) else {
      searched = bytes.count
      return nil
    }
    defer { (start, searched) = (end + 1, end + 1) }
    return Array(bytes[start...end])
  }
}
