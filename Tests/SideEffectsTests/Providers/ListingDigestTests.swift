import SideEffects
import Testing

@Suite("What decides a kind's listing")
struct ListingDigestTests {
  static let manifest = """
    manifest: 1
    title: A service
    settings: {base: {default: "https://api.example"}, owner: {default: acme}}
    request: {base: "{base}", pages: none}
    lists:
      repository: {call: GET /repos, id: "{id}"}
      unused: {call: GET /unused, id: "{id}"}
    kinds:
      webhook:
        list: {for each: repository, call: "GET /repos/{repository.id}/hooks"}
        id: "{id}"
        attributes: [url]

    """

  private func schema(replacing old: String = "", with new: String = "") throws -> KindSchema {
    let text = old.isEmpty ? Self.manifest : Self.manifest.replacing(old, with: new)
    #expect(old.isEmpty || text != Self.manifest)
    let provider = try read(manifest: text)
    return try #require(provider.manifest.kind("webhook")).schema(manifest: provider.digest)
  }

  @Test(
    "is its lists and id, the lists walked through, and what all requests share",
    arguments: [
      ("/hooks\"}", "/webhooks\"}"), ("GET /repos,", "GET /repositories,"), ("pages: none}", "pages: link}"),
      ("id: \"{id}\"\n", "id: \"{number}\"\n"), ("/hooks\"}", "/hooks\", where: {active: true}}"),
    ])
  func other(old: String, new: String) throws { #expect(try schema().listing != schema(replacing: old, with: new).listing) }

  @Test(
    "is nothing else: not its attributes, a comment, a title, nor a list that it doesn't walk through",
    arguments: [
      ("[url]", "[url, active]"), ("title: A service", "title: Another # now"), ("GET /unused", "GET /other"),
      ("{base: \"{base}\", pages: none}", "{pages: none, base: \"{base}\"}"),
    ])
  func same(old: String, new: String) throws {
    let changed = try schema(replacing: old, with: new)
    #expect(try schema().listing == changed.listing)
    #expect(try schema().manifest != changed.manifest)
  }
}
