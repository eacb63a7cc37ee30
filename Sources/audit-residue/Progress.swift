import Synchronization

/// One line for each watch at work, saying what it is doing, redrawn in place and gone at the end.
///
/// Nothing is drawn where the stream is not a terminal that moves its cursor. Any task may update it at any time: an
/// update costs a lock and no writing, for drawing is done by a ticker of its own.
final class Progress: Sendable {
  private struct State {
    var lines: [(name: String, activity: String)] = []
    var drawn = 0
    var isShown = false
    var isDirty = false
  }

  /// The time between two drawings, and before the first: what is done sooner leaves no trace.
  static let interval = Duration.milliseconds(100)

  private let terminal: Terminal
  private let stream: StandardStream
  private let state = Mutex(State())

  init(terminal: Terminal, stream: StandardStream) {
    self.terminal = terminal
    self.stream = stream
  }

  /// Shows progress while work is done, and leaves nothing of it.
  func shown<Value: Sendable>(while work: () async throws -> Value) async rethrows -> Value {
    guard terminal.movesCursor else { return try await work() }
    state.withLock { $0.isShown = true }
    let ticker = Task { [self] in
      while true {
        try await Task.sleep(for: Self.interval)
        draw()
      }
    }
    defer {
      ticker.cancel()
      state.withLock { state in
        erase(&state)
        state.isShown = false
        state.lines = []
      }
    }
    return try await work()
  }

  /// Says what a watch is doing now; its line keeps its place.
  func update(_ name: String, _ activity: String) {
    state.withLock { state in
      if let index = state.lines.firstIndex(where: { $0.name == name }) {
        guard state.lines[index].activity != activity else { return }
        state.lines[index].activity = activity
      } else {
        state.lines.append((name, activity))
      }
      state.isDirty = true
    }
  }

  /// Takes a watch's line away.
  func finish(_ name: String) {
    state.withLock { state in
      state.lines.removeAll { $0.name == name }
      state.isDirty = true
    }
  }

  /// Writes to the same stream without mixing with the lines, which are drawn again below.
  func write(_ text: String) throws(StandardStream.WriteError) {
    try state.withLock { state throws(StandardStream.WriteError) in
      erase(&state)
      state.isDirty = true
      try stream.write(text)
    }
  }

  /// Takes the lines off the terminal, before the process stops or ends; never waits for whoever is drawing.
  func leave() {
    _ = state.withLockIfAvailable { erase(&$0) }
  }

  /// Draws again what `leave` took away.
  func comeBack() {
    _ = state.withLockIfAvailable { $0.isDirty = true }
  }

  private func draw() {
    state.withLock { state in
      guard state.isShown, state.isDirty else { return }
      let size = terminal.size
      let rows = Self.rows(of: state.lines, in: size)
      // No automatic wrapping meanwhile (DECAWM), for a character may be wider than one column.
      let text = "\u{1b}[?7l" + Self.up(state.drawn) + rows.map { "\u{1b}[2K" + $0 + "\n" }.joined() + "\u{1b}[J\u{1b}[?7h"
      try? stream.write(text)
      state.drawn = rows.count
      state.isDirty = false
    }
  }

  private func erase(_ state: inout State) {
    guard state.drawn > 0 else { return }
    try? stream.write(Self.up(state.drawn) + "\u{1b}[J")
    state.drawn = 0
    state.isDirty = true
  }

  private static func up(_ count: Int) -> String {
    count > 0 ? "\r\u{1b}[\(count)A" : ""
  }

  /// The rows that fit, aligned, without control characters; the last one says how many watches have none.
  static func rows(of lines: [(name: String, activity: String)], in size: Terminal.Size) -> [String] {
    let room = max(1, size.rows - 1)
    let visible = lines.count <= room ? lines.count : room - 1
    let width = lines.prefix(visible).map(\.name.count).max() ?? 0
    let rows = lines.prefix(visible).map { line in
      line.name + String(repeating: " ", count: width - line.name.count + 2) + line.activity
    }
    let rest = lines.count > visible ? ["and \(lines.count - visible) more"] : []
    return (rows + rest).map { row in
      String(row.unicodeScalars.map { isControl($0) ? " " : Character($0) }.prefix(size.columns))
    }
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }
}
