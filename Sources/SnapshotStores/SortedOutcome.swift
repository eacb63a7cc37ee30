internal import SideEffects

/// Sorted lines on their way into chunks; of several lines with one key the first is kept and the rest are told.
struct SortedOutcome {
  private(set) var references: [ChunkReference] = []
  private(set) var duplicates: [ResourceAddress] = []
  private var cutter = ChunkCutter()
  private var waiting: [Chunk] = []
  private var waitingBytes = 0
  private var lastKey: [UInt8]?
  private let subject: (watch: Text, kind: Text)?

  /// Written in one commit, which then takes some milliseconds.
  private static let chunksInCommit = 64
  private static let bytesInCommit = 4 << 20
  /// Enough to show what is wrong, and no list of a million.
  private static let mostDuplicates = 1000

  init(of subject: (watch: Text, kind: Text)?) { self.subject = subject }

  /// Whether so many chunks are waiting that they should be put.
  var isReady: Bool { waiting.count >= Self.chunksInCommit || waitingBytes >= Self.bytesInCommit }

  mutating func add(_ bytes: ArraySlice<UInt8>) throws(Failure) {
    guard let line = ResourceLine(in: bytes), let subject else { throw Failure("store-failed", "a file to sort in was altered") }
    if let lastKey, lastKey.elementsEqual(line.key) {
      if duplicates.count < Self.mostDuplicates { duplicates.append(try line.resource(watch: subject.watch, kind: subject.kind).address) }
      return
    }
    lastKey = Array(line.key)
    take(cutter.add(line))
  }

  /// Ends the last chunk.
  mutating func end() { take(cutter.finish()) }

  mutating func takeChunks() -> [Chunk] {
    defer { (waiting, waitingBytes) = ([], 0) }
    return waiting
  }

  private mutating func take(_ chunk: Chunk?) {
    guard let chunk else { return }
    references.append(chunk.reference)
    waiting.append(chunk)
    waitingBytes += chunk.lines.count
  }
}
