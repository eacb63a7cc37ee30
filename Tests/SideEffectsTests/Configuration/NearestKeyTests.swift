import SideEffects
import Testing

@Suite("What a misspelled key was meant to be")
struct NearestKeyTests {
  static let known = ["attributes", "natural key", "name", "items", "is", "id", "list", "let"]

  @Test(
    "is the nearest known one",
    arguments: [
      ("attribute", "attributes"), ("atributes", "attributes"), ("natural_key", "natural key"), ("Name", "name"), ("nmae", "name"),
      ("item", "items"),
      ("lists", "list"),
    ])
  func near(written: String, meant: String) {
    #expect(NearestKey.of(written, among: Self.known) == meant)
  }

  @Test("is nothing where all are far", arguments: ["", "webhook", "xyz", "a very long key that nobody knows"])
  func far(written: String) {
    #expect(NearestKey.of(written, among: Self.known) == nil)
  }
}
