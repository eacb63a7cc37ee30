internal import Glibc
internal import SideEffects

/// Merges sorted runs into one: a heap of the runs by their next lines.
struct RunMerge {
  private struct Head {
    var line: [UInt8]
    var run: SortedRun
  }

  private var heap: [Head] = []

  init(_ runs: [SortedRun]) throws(Failure) {
    for var run in runs {
      if let line = try run.next() { heap.append(Head(line: line, run: run)) }
    }
    for index in heap.indices.reversed() { sink(index) }
  }

  mutating func next() throws(Failure) -> [UInt8]? {
    guard let line = heap.first?.line else { return nil }
    if let following = try heap[0].run.next() {
      heap[0].line = following
    } else {
      heap.swapAt(0, heap.count - 1)
      heap.removeLast()
    }
    sink(0)
    return line
  }

  private mutating func sink(_ start: Int) {
    var parent = start
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count {
        if Self.precedes(heap[child].line, heap[least].line) { least = child }
      }
      guard least != parent else { return }
      heap.swapAt(parent, least)
      parent = least
    }
  }

  private static func precedes(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    let order = memcmp(left, right, min(left.count, right.count))
    return order == 0 ? left.count < right.count : order < 0
  }
}
