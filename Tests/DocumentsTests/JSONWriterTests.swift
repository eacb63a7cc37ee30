import Documents
import Testing

@Suite("Writing JSON")
struct JSONWriterTests {
  private let document = Document(
    .map([
      .init(key: "b", value: Document(.list([Document(.number("1.10")), Document(.null), Document(.list([]))]))),
      .init(key: "a", value: Document(.map([]))),
      .init(key: "é", value: Document(.text("\u{1}\"\\/\n😀"))),
      .init(key: "Z", value: Document(.boolean(false))),
    ]))

  @Test("Canonical JSON sorts members by their keys' bytes and has no white space")
  func canonical() {
    #expect(document.canonicalJSON() == #"{"Z":false,"a":{},"b":[1.10,null,[]],"é":"\u0001\"\\/\n😀"}"#)
  }

  @Test("Pretty JSON keeps the order and indents by two spaces")
  func pretty() {
    let expected = #"""
      {
        "b": [
          1.10,
          null,
          []
        ],
        "a": {},
        "é": "\u0001\"\\/\n😀",
        "Z": false
      }
      """#
    #expect(String(decoding: JSONWriter(.pretty).write(document), as: UTF8.self) == expected)
  }

  @Test("What is written reads back as the same", arguments: [JSONWriter.Style.canonical, .pretty])
  func roundTrip(style: JSONWriter.Style) throws {
    let control = String(String.UnicodeScalarView((0..<0x80).compactMap(Unicode.Scalar.init(_:))))
    let document = Document(.map([.init(key: control, value: Document(.text(control + "é中😀")))]))
    let again = try DocumentFormat.json.read(JSONWriter(style).write(document))
    #expect(again.map { $0.canonicalJSON() } == [document.canonicalJSON()])
    #expect(again.first?.members?.first.map { Array($0.key.utf8) } == Array(control.utf8))
  }
}
