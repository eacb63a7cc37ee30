/// Cuts bytes that arrive in pieces into lines.
struct LineBuffer {
  private var bytes: [UInt8] = []
  private var start = 0
  /// Up to here there is no line feed: a long line is not searched again with each piece.
  private var searched = 0

  /// How many bytes are waiting.
  var count: Int { bytes.count - start }

  mutating func append(_ piece: [UInt8]) {
    bytes.removeSubrange(..<start)
    searched -= start
    start = 0
    bytes += piece
  }

  /// The next line with its line feed; nil where it has not arrived whole.
  mutating func next() -> [UInt8]? {
    guard let end = bytes[searched...].firstIndex(of: UInt8(ascii: "\n")) else {
      searched = bytes.count
      return nil
    }
    defer { (start, searched) = (end + 1, end + 1) }
    return Array(bytes[start...end])
  }
}
