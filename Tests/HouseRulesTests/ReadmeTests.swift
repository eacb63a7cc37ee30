import Foundation
import Testing

/// What the README promises is there.
@Suite("README")
struct ReadmeTests {
  @Test("names the two commands that do everything, and they can be run", arguments: ["scripts/demo", "scripts/test"])
  func commands(path: String) throws {
    #expect(try Checkout.file("README.md").text.contains(path))
    #expect(FileManager.default.isExecutableFile(atPath: Checkout.root.appending(path: path).path))
  }

  @Test("continuous integration runs the same test command as people do")
  func integration() throws {
    #expect(try Checkout.file(".ci/run").text.contains("scripts/test"))
    #expect(FileManager.default.isExecutableFile(atPath: Checkout.root.appending(path: ".ci/run").path))
  }

  @Test("shows output of the program and not a drawing of it")
  func output() throws {
    let text = try Checkout.file("README.md").text
    let start = try #require(text.range(of: "<!-- demo -->"))
    let end = try #require(text.range(of: "<!-- /demo -->"))
    #expect(text[start.upperBound..<end.lowerBound].contains("audit-residue"))
  }

  @Test("calls only commands that there are")
  func calls() throws {
    let leaves = try ProgramHelp.ask().command.leaves().map { $0.words.joined(separator: " ") }
    for page in Checkout.pages where page.path == "README.md" || page.path == "docs/getting-started.md" {
      for match in page.text.matches(of: #/(?m)(?:^\$? ?|`)audit-residue ((?:[-\w.]+ ?)+)/#) {
        let words = match.output.1.split(separator: " ").map { String($0) }.prefix { !$0.hasPrefix("-") }
        guard let first = words.first else { continue }
        let call = "audit-residue \(first)"
        #expect(leaves.contains { $0 == call || $0.hasPrefix(call + " ") }, "\(page.path): there is no `\(call)`")
      }
    }
  }

  @Test("each benchmark has a line in the page beside it, or a page of its own")
  func benchmarks() throws {
    guard Checkout.exists("benchmarks") else { return }
    let page = try Checkout.file("benchmarks/README.md").text
    let entries = try FileManager.default.contentsOfDirectory(atPath: Checkout.root.appending(path: "benchmarks").path)
    for entry in entries where entry != "README.md" && !entry.hasPrefix(".") {
      let isSaid = page.contains("benchmarks/\(entry)") || Checkout.exists("benchmarks/\(entry)/README.md")
      #expect(isSaid, "benchmarks/README.md says nothing of \(entry), and it has no page of its own")
    }
  }
}
