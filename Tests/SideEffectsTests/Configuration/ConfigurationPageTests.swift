import Foundation
import SideEffects
import Testing

/// `docs/configuration.md`: its tables are those that the reader checks by, and its examples are read.
@Suite("The page about the configuration")
struct ConfigurationPageTests {
  static let page = try? String(contentsOf: folder.appending(path: "docs/configuration.md"), encoding: .utf8)
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  @Test("holds the table of each section, as the reader has it", arguments: JSONSchemaTests.tables(below: Configuration.keys).map(\.name))
  func tables(name: String) throws {
    let table = try #require(JSONSchemaTests.tables(below: Configuration.keys).first { $0.name == name })
    try expectPart("keys: \(name)", toBe: Self.markdown(table))
  }

  @Test("holds the settings that mean the same for every provider")
  func settings() throws {
    let rows = StandardSetting.allCases.map { "| `\($0.rawValue)` | `\($0.isSecret ? "secrets" : "with")` | \($0.help) |\n" }
    try expectPart("settings", toBe: "| setting | stands under | meaning |\n|---|---|---|\n" + rows.joined())
  }

  @Test("has no example that can't be read", arguments: blocks(tagged: "yaml"))
  func examples(block: String) {
    var yaml = block
    let watches = ["gates", "github", "settings-db", "slack"].map { "{name: \($0), provider: p}" }.joined(separator: ", ")
    if !yaml.contains("watches:") { yaml = "watches: [\(watches)]\n" + yaml }
    if !yaml.contains("version:") { yaml = "version: 1\n" + yaml }
    #expect(problems(in: yaml) == [])
  }

  @Test("shows what is really answered to its wrong example")
  func wrong() throws {
    let wrong = try #require(Self.blocks(tagged: "yaml wrong").first)
    let said = problems(in: wrong).map { problem in
      let (place, rest) = (problem.prefix { $0 != " " }, problem.drop { $0 != " " }.dropFirst())
      return "audit-residue.yaml:\(place): error: \(rest[(rest.firstRange(of: ": ")?.upperBound ?? rest.startIndex)...])\n"
    }
    #expect(Self.blocks(tagged: "text") == [said.joined()])
  }

  /// The fenced blocks whose fence says exactly this.
  static func blocks(tagged tag: String) -> [String] { blocks(tagged: tag, in: page ?? "") }

  static func blocks(tagged tag: String, in page: String) -> [String] {
    var blocks: [String] = []
    var open: (tag: String, lines: [String])?
    for line in page.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") {
        if let block = open, block.tag == tag { blocks.append(block.lines.map { $0 + "\n" }.joined()) }
        open = open == nil ? (String(line.dropFirst(3)), []) : nil
      } else {
        open?.lines.append(String(line))
      }
    }
    return blocks
  }

  private func expectPart(_ name: String, toBe expected: String) throws {
    try Self.expectPart(name, of: try #require(Self.page), toBe: expected)
  }

  static func expectPart(_ name: String, of page: String, toBe expected: String) throws {
    let start = try #require(page.range(of: "<!-- \(name) -->\n"), "the page has no part `<!-- \(name) -->`")
    let end = try #require(page.range(of: "<!-- end -->", range: start.upperBound..<page.endIndex))
    #expect(page[start.upperBound..<end.lowerBound] == expected, "write between the marks of `\(name)`:\n\(expected)")
  }

  static func markdown(_ table: KeyTable) -> String {
    let rows = table.keys.map { key in
      let value = words(key.shape) + (key.isRequired ? ", required" : "")
      return "| `\(key.name)` | \(value) | \(key.help) | \(key.example.map { "`\($0)`" } ?? "") |\n"
    }
    return "| key | value | meaning | example |\n|---|---|---|---|\n" + rows.joined()
  }

  private static func words(_ shape: KeyTable.Shape) -> String {
    switch shape {
    case .text(let name): name
    case .scalar: "text, a number or a boolean"
    case .boolean: "`true` or `false`"
    case .integer(let range): range.lowerBound == range.upperBound ? "`\(range.lowerBound)`" : "\(range.lowerBound) to \(range.upperBound)"
    case .word(let words): words.map { "`\($0)`" }.joined(separator: ", ")
    case .list(let shape): "a list; each element: \(words(shape))"
    case .oneOrMore(let shape): "\(words(shape)); or a list of such"
    case .map(let shape): "names; behind each: \(words(shape))"
    case .table(let table): "`\(table().name)`"
    case .either(let shapes): shapes.map(words).joined(separator: "; or ")
    case .anything: "anything"
    }
  }
}
