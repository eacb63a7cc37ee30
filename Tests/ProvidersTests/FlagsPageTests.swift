import FoundationEssentials
import SideEffects
import Testing

/// docs/flags.md against the folders under providers/.
@Suite("The page about flags")
struct FlagsPageTests {
  @Test("has each provider that reads repositories, with an example, and no other")
  func providers() throws {
    let page = try String(contentsOf: ProviderFolders.root.deletingLastPathComponent().appending(path: "docs/flags.md"), encoding: .utf8)
    let named = page.matches(of: #/(?m)^### \[[^\]]+\]\(\.\.\/providers\/([a-z0-9-]+)\/README\.md\)$/#).map { String($0.1) }
    let ofRepositories = try ProviderFolders.names.filter { try ProviderFolders.read($0).manifest.engine == .git }
    #expect(named == ofRepositories.sorted())
    for section in page.split(separator: "\n### ").dropFirst() {
      #expect(section.contains("```console\n") || section.contains("```diff\n"), "\(section.prefix(60)) has no example")
    }
  }
}
