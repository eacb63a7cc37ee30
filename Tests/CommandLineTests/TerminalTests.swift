import Glibc
import Testing

@testable import audit_residue

@Suite("the terminal")
struct TerminalTests {
  @Test("colours are for a terminal that has them, unless NO_COLOR is set and not empty")
  func automatic() throws {
    let pair = try TerminalPair()
    #expect(pair.terminal(["TERM": "xterm"]).isColored(.auto))
    #expect(pair.terminal(["TERM": "xterm", "NO_COLOR": ""]).isColored(.auto))
    #expect(!pair.terminal(["TERM": "xterm", "NO_COLOR": "1"]).isColored(.auto))
    #expect(!pair.terminal(["TERM": "dumb"]).isColored(.auto))
    #expect(!pair.terminal([:]).isColored(.auto))
  }

  @Test("what is asked for goes before the environment")
  func asked() throws {
    let pair = try TerminalPair()
    #expect(pair.terminal(["TERM": "dumb", "NO_COLOR": "1"]).isColored(.always))
    #expect(!pair.terminal(["TERM": "xterm"]).isColored(.never))
  }

  @Test("its size is the terminal's, else COLUMNS, else 80 by 24")
  func size() throws {
    let pair = try TerminalPair()
    #expect(pair.terminal([:]).size == Terminal.Size(columns: 40, rows: 6))
    let file = open("/dev/null", O_RDONLY | O_CLOEXEC)
    defer { close(file) }
    #expect(Terminal(descriptor: file, environment: [:]).size == Terminal.Size(columns: 80, rows: 24))
    #expect(Terminal(descriptor: file, environment: ["COLUMNS": "132"]).size.columns == 132)
    #expect(Terminal(descriptor: file, environment: ["COLUMNS": "-1"]).size.columns == 80)
    #expect(!Terminal(descriptor: file, environment: ["TERM": "xterm"]).isColored(.auto))
  }
}
