import Testing

@testable import audit_residue

@Suite("progress")
struct ProgressTests {
  @Test("has one line for each watch, redrawn in place and gone at the end")
  func lines() async throws {
    let pair = try TerminalPair()
    let progress = Progress(terminal: pair.terminal(["TERM": "xterm"]), stream: StandardStream(descriptor: pair.device))
    var seen = ""
    try await progress.shown {
      progress.update("gates", "reading the tree")
      progress.update("github", "webhooks: page 1")
      while !seen.contains("page 1") { seen += try await look(pair) }
      progress.update("github", "webhooks: page 2")
      while !seen.contains("page 2") { seen += try await look(pair) }
      progress.finish("gates")
      while !seen.hasSuffix("page 2\r\n\u{1b}[J\u{1b}[?7h") || seen.ranges(of: "page 2").count < 2 { seen += try await look(pair) }
    }
    seen += pair.written()
    #expect(
      seen == "\u{1b}[?7l\u{1b}[2Kgates   reading the tree\r\n\u{1b}[2Kgithub  webhooks: page 1\r\n\u{1b}[J\u{1b}[?7h"
        + "\u{1b}[?7l\r\u{1b}[2A\u{1b}[2Kgates   reading the tree\r\n\u{1b}[2Kgithub  webhooks: page 2\r\n\u{1b}[J\u{1b}[?7h"
        + "\u{1b}[?7l\r\u{1b}[2A\u{1b}[2Kgithub  webhooks: page 2\r\n\u{1b}[J\u{1b}[?7h"
        + "\r\u{1b}[1A\u{1b}[J")
  }

  @Test("writes nothing where there is no terminal, or one without a cursor", arguments: [["TERM": "dumb"], [:]])
  func silent(environment: [String: String]) async throws {
    let pair = try TerminalPair()
    let progress = Progress(terminal: pair.terminal(environment), stream: StandardStream(descriptor: pair.device))
    try await progress.shown {
      progress.update("gates", "reading")
      try await Task.sleep(for: Progress.interval * 3)
    }
    #expect(pair.written() == "")
  }

  @Test("leaves no trace of what is done soon")
  func soon() async throws {
    let pair = try TerminalPair()
    let progress = Progress(terminal: pair.terminal(["TERM": "xterm"]), stream: StandardStream(descriptor: pair.device))
    await progress.shown { progress.update("gates", "reading") }
    #expect(pair.written() == "")
  }

  @Test("takes its lines away for a message, and draws them again below")
  func message() async throws {
    let pair = try TerminalPair()
    let progress = Progress(terminal: pair.terminal(["TERM": "xterm"]), stream: StandardStream(descriptor: pair.device))
    var seen = ""
    try await progress.shown {
      progress.update("gates", "reading")
      while !seen.contains("reading") { seen += try await look(pair) }
      try progress.write("warning\n")
      while seen.ranges(of: "reading").count < 2 { seen += try await look(pair) }
    }
    #expect(seen.contains("\r\u{1b}[1A\u{1b}[Jwarning\r\n\u{1b}[?7l\u{1b}[2Kgates  reading"))
  }

  @Test("stays on the screen, and says what it can't show")
  func room() {
    let lines = (1...9).map { (name: "w\($0)", activity: "reading") }
    let size = Terminal.Size(columns: 20, rows: 5)
    #expect(Progress.rows(of: lines, in: size) == ["w1  reading", "w2  reading", "w3  reading", "and 6 more"])
    #expect(Progress.rows(of: [("watch", "a long activity indeed")], in: size) == ["watch  a long activi"])
  }

  @Test("passes no control characters to the terminal")
  func hostile() {
    let rows = Progress.rows(of: [("a\u{1b}[2J", "b\rc\u{202e}d\u{9b}")], in: Terminal.Size(columns: 80, rows: 5))
    #expect(rows == ["a [2J  b c d "])
  }

  @Test("may be updated from everywhere at once")
  func concurrent() async throws {
    let pair = try TerminalPair()
    let progress = Progress(terminal: pair.terminal(["TERM": "xterm"]), stream: StandardStream(descriptor: pair.device))
    await progress.shown {
      await withTaskGroup { group in
        for watch in 1...8 {
          group.addTask {
            for page in 1...2000 { progress.update("w\(watch)", "page \(page)") }
            progress.finish("w\(watch)")
          }
        }
      }
    }
    #expect(pair.written().utf8.count < 20_000)
  }

  private func look(_ pair: TerminalPair) async throws -> String {
    try await Task.sleep(for: .milliseconds(10))
    return pair.written()
  }
}
