import Testing

@testable import SideEffects

@Suite("A resource's line")
struct ResourceLineTests {
  static let readings: [Text: Reading] = [
    "absent": .withheld,
    "null": .value(.scalar(.null)),
    "yes": .value(.scalar(.boolean(true))),
    "large": .value(.scalar(.number("18446744073709551615"))),
    "precise": .value(.scalar(.number("1.0"))),
    "exponent": .value(.scalar(.number("-1E+5"))),
    "no JSON": .value(.scalar(.number(".inf"))),
    "octal": .value(.scalar(.number("0o17"))),
    "zeros": .value(.scalar(.number("007"))),
    "text": .value(.scalar(.text("a\tb\nc\u{0}\u{7f}\"\\ \u{1F600}"))),
    "e\u{301}": .value(.scalar(.text("decomposed"))),
    "\u{e9}": .value(.scalar(.text("composed"))),
    "": .value(.scalar(.text(""))),
    "structure": .value(.scalar(.structure(#"{"b":[1,2],"a":null}"#))),
    "secret": .value(.scalar(.secret(Fingerprint(stored: Digest(of: [1]))))),
    "set": .value(.set([.text("push"), .text("pull"), .number("1"), .null, .structure("{}")])),
    "empty set": .value(.set([])),
    "list": .value(.list([.text("b"), .text("a"), .text("b"), .boolean(false)])),
    "empty list": .value(.list([])),
  ]

  static let full = Resource(
    address: ResourceAddress(
      watch: "github", kind: "webhook", id: "7",
      scope: Scope([.init(list: "owner", id: "12", label: "acme"), .init(list: "repository", id: "99", label: "acme/api")])),
    name: "https://ci.example/hook", attributes: readings,
    origin: Origin(at: "2026-11-23T14:02:00Z", by: "anna", changed: "1795442520", until: "never", commit: "9c01ab2"), isActive: false,
    references: ["credential": "4"], kept: ["full_name": .text("acme/api"), "size": .number("3e2")],
    location: SourceLocation(path: "pkg/features.go", line: 12, bytes: 40..<45))

  static let bare = Resource(address: ResourceAddress(watch: "github", kind: "webhook", id: "7"), name: "seven", attributes: [:])

  @Test("comes back as it was written, with every member", arguments: [full, bare])
  func roundTrip(resource: Resource) throws {
    let read = try ResourceLine(resource).resource(watch: "github", kind: "webhook")
    #expect(read == resource)
    // Labels take no part in equality.
    #expect(read.address.scope.label == resource.address.scope.label)
    #expect(ResourceLine(read) == ResourceLine(resource))
  }

  @Test("is the sort key, a tab, canonical JSON and a line feed")
  func layout() {
    let resource = Resource(
      address: ResourceAddress(watch: "w", kind: "k", id: "a%\t", scope: Scope([.init(list: "repo", id: "1")])), name: "n",
      attributes: ["z": .value(.scalar(.number("1.0"))), "a": .value(.set([.text("y"), .text("x")]))])
    let line = String(decoding: ResourceLine(resource).bytes, as: UTF8.self)
    #expect(line == "a%25%09\u{1f}repo\u{1f}1\t" + #"{"attributes":{"a":{"set":["x","y"]},"z":1.0},"name":"n"}"# + "\n")
  }

  @Test(
    "keeps ids apart that differ in their bytes",
    arguments: ["", "%", "%25", "a\u{1f}b", "\n", "\u{0}", "e\u{301}", "\u{e9}", "a/b c", "\u{7f}", "\u{10FFFF}"])
  func ids(id: String) throws {
    for scope in [Scope.whole, Scope([.init(list: Text(id), id: Text(id), label: "label")])] {
      let resource = Resource(address: ResourceAddress(watch: "w", kind: "k", id: Text(id), scope: scope), name: Text(id), attributes: [:])
      let line = ResourceLine(resource)
      #expect(line.bytes.split(separator: UInt8(ascii: "\n")).count == 1)
      #expect(try line.resource(watch: "w", kind: "k") == resource)
    }
  }

  @Test("sorts as a whole as its key does, also where one key begins another")
  func order() {
    let ids: [Text] = ["", " ", "!", "a", "a ", "a!", "a\u{1}", "aa", "b", "\u{e9}", "~"]
    let lines = ids.map { ResourceLine(Resource(address: ResourceAddress(watch: "w", kind: "k", id: $0), name: "n", attributes: [:])) }
    let byLine = lines.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
    let byKey = lines.sorted { $0.key.lexicographicallyPrecedes($1.key) }
    #expect(byLine == byKey)
  }

  @Test(
    "that none of ours would be is refused as damage",
    arguments: [
      "a\t{}\n", "a\t[]\n", "a\t\n", "a\tname\n", "%zz\t{\"name\":\"n\"}\n", "%2\t{\"name\":\"n\"}\n", "%41\t{\"name\":\"n\"}\n",
      "a\u{1f}b\t{\"name\":\"n\"}\n", "a\t{\"name\":1}\n", "a\t{\"name\":\"n\",\"labels\":[\"x\"]}\n",
      "a\t{\"name\":\"n\",\"attributes\":{\"x\":{\"fingerprint\":\"12\"}}}\n", "a\t{\"name\":\"n\",\"attributes\":{\"x\":[[]]}}\n",
      "a\t{\"name\":\"n\",\"location\":{\"line\":1,\"path\":\"p\",\"bytes\":[2,1]}}\n",
      "a\t{\"name\":\"n\",\"location\":{\"line\":99999999999999999999}}\n",
    ])
  func damage(text: String) throws {
    let line = try #require(ResourceLine(in: Array(text.utf8)[...]))
    let failure = #expect(throws: Failure.self) { try line.resource(watch: "w", kind: "k") }
    #expect(failure?.diagnostics.first.rule == "store-damaged")
  }

  @Test("is read although a newer version added members")
  func newerMembers() throws {
    let line = try #require(ResourceLine(in: Array("a\t{\"name\":\"n\",\"novelty\":{}}\n".utf8)[...]))
    #expect(try line.resource(watch: "w", kind: "k").name == "n")
  }
}
