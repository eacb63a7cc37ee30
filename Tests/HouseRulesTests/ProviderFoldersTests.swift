import Foundation
import Testing

/// A new vendor is a new folder under `providers/` and no line of Swift.
@Suite("Provider folders")
struct ProviderFoldersTests {
  static let providers = Checkout.folders(in: "providers")

  @Test("there are some")
  func there() { #expect(Self.providers.count >= 7) }

  @Test("each holds its manifest, a page, and what it reads before and after an upgrade", arguments: providers)
  func whole(name: String) {
    for file in ["provider.yaml", "README.md"] {
      #expect(Checkout.exists("providers/\(name)/\(file)"), "providers/\(name)/\(file) is missing")
    }
    for side in ["before", "after"] {
      let fixture = "providers/\(name)/fixtures/\(side)"
      #expect(Checkout.exists(fixture) || Checkout.exists(fixture + ".json"), "\(fixture) is missing")
    }
  }

  /// The lines of all sources in small letters, without addresses: that of a page or of a format is the source of a fact.
  private static let lines = Checkout.sources.flatMap { file in
    file.lines.enumerated().map { number, line in
      (place: "\(file.path):\(number + 1)", words: line.replacing(#/https:\/\/[^\s)"]*/#, with: "").lowercased())
    }
  }

  @Test("no name of one occurs under Sources", arguments: providers)
  func unnamed(name: String) {
    for line in Self.lines where line.words.contains(name) {
      #expect(!Words.hold(line.words, name), "\(line.place): what is known of one vendor belongs into its folder")
    }
  }

  @Test("the README has a line for each", arguments: providers)
  func readme(name: String) throws {
    #expect(try Checkout.file("README.md").text.contains("(providers/\(name)/README.md)"))
  }
}
