import Foundation
import Testing

/// Links between the project's own pages lead somewhere.
@Suite("Links")
struct LinksTests {
  @Test(
    "each relative link of a page leads to a file, and its fragment to a heading",
    arguments: Checkout.pages.filter { !$0.path.contains("/fixtures/") })
  func links(page: Checkout.File) throws {
    for target in Self.targets(in: page.text) {
      let parts = target.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map { String($0) }
      let path = parts[0].isEmpty ? page.path : Self.resolve(parts[0], from: page.folder)
      guard let path, Checkout.exists(path) else {
        Issue.record("\(page.path): `\(target)` leads nowhere")
        continue
      }
      guard parts.count == 2, path.hasSuffix(".md") else { continue }
      let anchors = try Self.anchors(of: Checkout.file(path).text)
      #expect(anchors.contains(parts[1]), "\(page.path): \(path) has no heading `#\(parts[1])`")
    }
  }

  @Test("each page that a source, a script or a manifest names is there")
  func named() {
    let files = Checkout.paths().filter { path in
      ["Sources/", "scripts/", "providers/", "Fixtures/"].contains { path.hasPrefix($0) } && !path.contains("/fixtures/")
    }
    for file in files.compactMap({ try? Checkout.file($0) }) {
      for match in file.text.replacing(#/https:\/\/\S*/#, with: "").matches(of: #/\bdocs\/[\w\/-]+\.(?:md|svg)/#) {
        #expect(Checkout.exists(String(match.output)), "\(file) names \(match.output)")
      }
    }
  }

  @Test("each page below docs can be reached from the README")
  func reachable() throws {
    var reached: Set<String> = ["README.md"]
    var open = ["README.md"]
    while let path = open.popLast() {
      guard let page = try? Checkout.file(path) else { continue }
      for target in Self.targets(in: page.text) {
        guard let file = target.split(separator: "#").first, let next = Self.resolve(String(file), from: page.folder) else { continue }
        if next.hasSuffix(".md"), reached.insert(next).inserted { open.append(next) }
      }
    }
    for page in Checkout.pages where page.path.hasPrefix("docs/") { #expect(reached.contains(page.path), "no link leads to \(page.path)") }
  }

  /// Where a page's links and pictures lead, without those into the net and those in code.
  static func targets(in text: String) -> [String] {
    var prose = ""
    var isCode = false
    for line in text.components(separatedBy: "\n") {
      if line.hasPrefix("```") { isCode.toggle() } else if !isCode { prose += line.replacing(#/`[^`]*`/#, with: "code") + "\n" }
    }
    let links =
      prose.matches(of: #/\]\(([^)\s]+)\)/#).map { String($0.output.1) }
      + prose.matches(of: #/(?:src|srcset|href)="([^"]+)"/#).map { String($0.output.1) }
    return links.filter { $0.firstMatch(of: #/^[a-z]+:/#) == nil }
  }

  /// A relative path as one below the root; nil where it leads out of the checkout.
  static func resolve(_ target: String, from folder: String) -> String? {
    var parts = folder.split(separator: "/")
    for part in target.split(separator: "/") {
      if part == ".." {
        if parts.popLast() == nil { return nil }
      } else if part != "." {
        parts.append(part)
      }
    }
    return parts.joined(separator: "/")
  }

  /// The fragments of a page's headings, as GitHub makes them: small letters, hyphens for spaces, no other signs.
  static func anchors(of text: String) -> Set<String> {
    Set(
      text.components(separatedBy: "\n").filter { $0.hasPrefix("#") }.map { line in
        String(
          line.drop { $0 == "#" }.trimmingCharacters(in: .whitespaces).lowercased().compactMap { character -> Character? in
            character == " " ? "-" : character.isLetter || character.isNumber || character == "-" || character == "_" ? character : nil
          })
      })
  }
}
