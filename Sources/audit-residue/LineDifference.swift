/// The lines in which two texts differ.
enum LineDifference {
  /// `- expected` and `+ actual` with the lines' numbers, the first few of them; empty where the texts are equal.
  static func lines(expected: [UInt8], actual: [UInt8], atMost limit: Int = 20) -> [String] {
    let old = expected.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
    let new = actual.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
    let changes = new.difference(from: old).map { change in
      switch change {
      case .remove(let offset, let line, _): (offset, 0, "-\(offset + 1) \(line)")
      case .insert(let offset, let line, _): (offset, 1, "+\(offset + 1) \(line)")
      }
    }
    let shown = changes.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.2)
    return shown.count > limit ? Array(shown.prefix(limit)) + ["and \(shown.count - limit) lines more"] : shown
  }
}
