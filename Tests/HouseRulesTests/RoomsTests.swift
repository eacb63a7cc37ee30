import Foundation
import Testing

/// How large files are, how they are called, and which words never stand in them.
@Suite("Rooms")
struct RoomsTests {
  @Test("there are sources to read: otherwise all of this would pass for nothing")
  func there() {
    #expect(Checkout.sources.count > 100)
    #expect(Checkout.swift.count > Checkout.sources.count)
    #expect(Checkout.pages.contains { $0.path == "README.md" })
  }

  @Test("no Swift file has more than 400 lines")
  func lines() {
    for file in Checkout.swift {
      #expect(file.lines.count <= 401, "\(file) has \(file.lines.count - 1) lines: give a part of it a file of its own")
    }
  }

  @Test("no file or folder is a place for everything")
  func names() {
    let words = ["Utils", "Utilities", "Helpers", "Helper", "Common", "Manager", "Misc"]
    for path in Checkout.paths(below: "Sources") {
      for part in path.split(separator: "/") {
        let word = part.split(separator: ".").first ?? part
        #expect(!words.contains { word.hasSuffix($0) }, "\(path): call it what it does")
      }
    }
  }

  @Test(
    "no source switches a check of the compiler off, gives up the process, or is left unfinished",
    arguments: [
      "@unchecked", "nonisolated(unsafe)", "try!", "as!", "fatalError", "preconditionFailure", "@MainActor", "TODO", "FIXME", "XXX",
    ])
  func words(word: String) {
    for file in Checkout.sources {
      for (number, line) in file.lines.enumerated() where Words.hold(line, word) {
        Issue.record("\(file.path):\(number + 1): `\(word)`: \(line.trimmingCharacters(in: .whitespaces))")
      }
    }
  }

  @Test(
    "SideEffects asks neither clock, chance, terminal, environment nor file system",
    arguments: [
      "ContinuousClock", "SuspendingClock", "Date", "random", "randomElement", "shuffled", "SystemRandomNumberGenerator", "print",
      "readLine", "getenv",
      "ProcessInfo", "CommandLine", "FileManager", "fopen", "sleep",
    ])
  func pure(word: String) {
    // What a page says to a browser is no Swift.
    let pages = ["HTMLStyle.swift", "HTMLScript.swift"]
    for file in Checkout.sources where file.path.hasPrefix("Sources/SideEffects/") && !pages.contains(file.name) {
      for (number, line) in file.lines.enumerated() {
        let code = Words.withoutTexts(line)
        if Words.hold(code, word) { Issue.record("\(file.path):\(number + 1): `\(word)`: \(line.trimmingCharacters(in: .whitespaces))") }
      }
    }
  }

  @Test("what lies beside a checkout is used only where its absence is asked for")
  func beside() {
    let mark = ["..", "shared"].joined(separator: "/")
    for path in Checkout.paths() where !path.hasSuffix(".md") || path == "README.md" {
      guard let file = try? Checkout.file(path), file.text.contains(mark) else { continue }
      let conditions = ["enabled(if:", "[[ -d ../", "fileExists", "isReady"]
      #expect(conditions.contains { file.text.contains($0) }, "\(path): a fresh clone has no such folder")
    }
  }
}
