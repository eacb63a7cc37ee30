internal import Glibc
internal import SideEffects

/// Lines in memory that wait to be sorted.
struct LineBatch {
  private struct Entry {
    /// The line's first eight bytes: most comparisons need no more.
    let prefix: UInt64
    let start: Int
    let end: Int
  }

  private var bytes: [UInt8] = []
  private var entries: [Entry] = []

  var isEmpty: Bool { entries.isEmpty }

  /// What the lines take in memory.
  var size: Int { bytes.count + entries.count * MemoryLayout<Entry>.stride }

  mutating func append(_ line: ResourceLine) {
    let start = bytes.count
    bytes.append(contentsOf: line.bytes)
    var prefix: UInt64 = 0
    for index in 0..<8 {
      let position = start + index
      prefix = prefix << 8 | UInt64(position < bytes.count ? bytes[position] : 0)
    }
    entries.append(Entry(prefix: prefix, start: start, end: bytes.count))
  }

  /// The lines in the order of their bytes, which is that of their keys.
  mutating func sorted() -> some Sequence<ArraySlice<UInt8>> {
    bytes.withUnsafeBytes { bytes in
      entries.sort { left, right in
        if left.prefix != right.prefix { return left.prefix < right.prefix }
        guard let base = bytes.baseAddress else { return false }
        let order = memcmp(base + left.start, base + right.start, min(left.end - left.start, right.end - right.start))
        return order == 0 ? left.end - left.start < right.end - right.start : order < 0
      }
    }
    return entries.lazy.map { [bytes] in bytes[$0.start..<$0.end] }
  }
}
