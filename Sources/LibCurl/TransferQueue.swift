/// Orders that wait for their turn: by origin, so that a server that never answers can't take every place.
///
/// Origins take turns; within one the order of arrival holds.
struct TransferQueue {
  private struct Line {
    var waiting: [TransferOrder] = []
    /// Orders before this index have left: removing the first of an array would move all others.
    var first = 0
    var running = 0

    mutating func takeFirst() -> TransferOrder? {
      guard first < waiting.count else { return nil }
      defer {
        first += 1
        if first == waiting.count {
          (waiting, first) = ([], 0)
        } else if first > 1024, first > waiting.count / 2 {
          waiting.removeFirst(first)
          first = 0
        }
      }
      return waiting[first]
    }
  }

  private let perOrigin: Int
  private var lines: [TransferOrigin: Line] = [:]
  /// Whose turn is next, first in line first.
  private var turns: [TransferOrigin] = []

  /// At most `perOrigin` orders of one origin are handed out at a time.
  init(perOrigin: Int) {
    self.perOrigin = perOrigin
  }

  mutating func add(_ order: TransferOrder) {
    if lines[order.origin] == nil {
      lines[order.origin] = Line()
      turns.append(order.origin)
    }
    lines[order.origin]?.waiting.append(order)
  }

  /// Hands out the next order; `ended(_:)` must follow when it is done.
  mutating func next() -> TransferOrder? {
    for (index, origin) in turns.enumerated() {
      guard var line = lines[origin], line.running < perOrigin, let order = line.takeFirst() else { continue }
      line.running += 1
      lines[origin] = line
      turns.remove(at: index)
      turns.append(origin)
      return order
    }
    return nil
  }

  /// Gives back the place that an order had which `next()` handed out.
  mutating func ended(_ origin: TransferOrigin) {
    lines[origin]?.running -= 1
    if let line = lines[origin], line.running == 0, line.first == line.waiting.count {
      lines[origin] = nil
      turns.removeAll { $0 == origin }
    }
  }

  /// Takes a waiting order out of its line.
  mutating func remove(_ ticket: TransferOrder.Ticket) -> TransferOrder? {
    for (origin, line) in lines {
      guard let index = line.waiting[line.first...].firstIndex(where: { $0.ticket === ticket }) else { continue }
      return lines[origin]?.waiting.remove(at: index)
    }
    return nil
  }

  /// Takes out all that wait.
  mutating func removeAll() -> [TransferOrder] {
    defer { (lines, turns) = ([:], []) }
    return lines.values.flatMap { $0.waiting[$0.first...] }
  }
}
