internal import SideEffects

/// Runs on the device, merged into longer ones when they become too many to be read at once.
struct SpilledRuns {
  /// Runs of about the same length, one after the other in a file.
  private struct Level {
    let file: SpillFile
    var ranges: [Range<Int>] = []

    var runs: [SortedRun] { ranges.map { SortedRun(file, $0) } }

    mutating func add(_ write: (SpillFile) throws(Failure) -> Void) throws(Failure) {
      let start = file.end
      try write(file)
      try file.flush()
      ranges.append(start..<file.end)
    }
  }

  private let folder: String
  private var short: Level?
  private var long: Level?

  /// So many short runs become one long run.
  private static let mostShortRuns = 64

  init(in folder: String) { self.folder = folder }

  var isEmpty: Bool { short == nil }

  /// Writes sorted lines as a run.
  mutating func add(_ lines: some Sequence<ArraySlice<UInt8>>) throws(Failure) {
    if let short, short.ranges.count == Self.mostShortRuns { try lengthen(short) }
    var level = try self.level(short)
    try level.add { file throws(Failure) in
      for line in lines { try file.append(line) }
    }
    short = level
  }

  /// All runs as one.
  func merged() throws(Failure) -> RunMerge { try RunMerge((short?.runs ?? []) + (long?.runs ?? [])) }

  private mutating func lengthen(_ level: Level) throws(Failure) {
    var merge = try RunMerge(level.runs)
    var longer = try self.level(long)
    try longer.add { file throws(Failure) in
      while let line = try merge.next() { try file.append(line) }
    }
    (long, short) = (longer, nil)
  }

  private func level(_ begun: Level?) throws(Failure) -> Level {
    if let begun { return begun }
    return Level(file: try SpillFile(in: folder))
  }
}
