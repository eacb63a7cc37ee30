import Foundation
import SideEffects
import Testing

/// `docs/writing-a-provider.md`: its tables are those that the reader checks by, and its examples are read.
@Suite("The page about writing a provider")
struct ManifestPageTests {
  static let page =
    (try? String(contentsOf: ConfigurationPageTests.folder.appending(path: "docs/writing-a-provider.md"), encoding: .utf8)) ?? ""
  static let tables = JSONSchemaTests.tables(below: ManifestTables.top)

  /// Without the keys that it has in common with all calls, which have a table of their own.
  private static func own(_ table: KeyTable) -> KeyTable {
    let shared = table.name == "shared" ? [] : tables.first { $0.name == "shared" }?.keys.map(\.name) ?? []
    let isCall = table.keys.contains { $0.name == "call" }
    return KeyTable(table.name, help: table.help, keys: isCall ? table.keys.filter { !shared.contains($0.name) } : table.keys)
  }

  @Test("holds the table of each section, as the reader has it", arguments: tables.map(\.name))
  func table(name: String) throws {
    let table = try #require(Self.tables.first { $0.name == name })
    try ConfigurationPageTests.expectPart("keys: \(name)", of: Self.page, toBe: ConfigurationPageTests.markdown(Self.own(table)))
  }

  @Test("names every key")
  func everyKey() {
    let isNamed = Self.tables.flatMap { table in
      table.keys.map { (place: "\(table.name): \($0.name)", isThere: Self.page.contains("`\($0.name)`")) }
    }
    #expect(isNamed.filter { !$0.isThere }.map(\.place) == [])
  }

  @Test("says which keys are not built yet")
  func unbuilt() throws {
    let keys = Set(Self.tables.flatMap { $0.keys.filter { !$0.isBuilt }.map(\.name) }).sorted()
    try ConfigurationPageTests.expectPart("not built", of: Self.page, toBe: keys.map { "`\($0)`" }.joined(separator: ", ") + "\n")
  }

  @Test("has no whole manifest that can't be read", arguments: ConfigurationPageTests.blocks(tagged: "yaml manifest", in: page))
  func examples(block: String) throws {
    _ = try read(manifest: block)
  }

  @Test("has no part of one that can't be read", arguments: ConfigurationPageTests.blocks(tagged: "yaml", in: page))
  func parts(block: String) throws {
    let isFound = block.hasPrefix("found by:")
    let list = "{call: GET /a, pages: none}"
    let indented = block.split(separator: "\n").map { "      \($0)\n" }.joined()
    let manifest =
      isFound
      ? "manifest: 1\ntitle: T\nsettings: {base: {}, token: {}, owner: {}}\nrequest: {base: \"{base}\"}\nkinds: {webhook: {list: \(list)}}\n"
        + block
      : "manifest: 1\ntitle: T\nsettings: {base: {}}\nrequest: {base: \"{base}\"}\nkinds:\n  webhook:\n    list:\n      call: GET /a\n      pages: none\n"
        + indented
    _ = try read(manifest: manifest)
  }

  @Test("shows what is really answered to its wrong example")
  func wrong() throws {
    let wrong = try #require(ConfigurationPageTests.blocks(tagged: "yaml wrong", in: Self.page).first)
    #expect(
      ConfigurationPageTests.blocks(tagged: "text", in: Self.page) == [ManifestMistakesTests.messages(wrong).map { $0 + "\n" }.joined()])
  }

  @Test("names every style of paging, every root and every filter")
  func words() {
    for filter in Template.Filter.allCases { #expect(Self.page.contains(filter.rawValue)) }
    for root in [
      "@key", "@last", "@cursor", "@page", "@offset", "@status", "@header", "@cookie", "@reader", "@rights", "@before", "@changed",
      "@restored", "@ask", "@path", "@line",
    ] {
      #expect(Self.page.contains("`\(root)"), "\(root)")
    }
  }
}
