internal import SideEffects

/// Sorted lines in a file, read from the first to the last.
struct SortedRun {
  private let file: SpillFile
  private var offset: Int
  private let end: Int
  private var lines = LineBuffer()

  /// Small enough for some hundred runs at once.
  private static let blockSize = 64 << 10

  init(_ file: SpillFile, _ range: Range<Int>) {
    (self.file, offset, end) = (file, range.lowerBound, range.upperBound)
  }

  mutating func next() throws(Failure) -> [UInt8]? {
    while true {
      if let line = lines.next() { return line }
      guard offset < end else { return nil }
      let block = try file.read(at: offset, count: min(Self.blockSize, end - offset))
      guard !block.isEmpty else { throw Failure("store-failed", "a file to sort in became shorter", advice: "Check the device.") }
      offset += block.count
      lines.append(block)
    }
  }
}
