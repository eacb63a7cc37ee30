import LibGit2
import Testing

@Suite("An object's name")
struct ObjectIDTests {
  @Test("is 40 hexadecimal digits in and out")
  func digits() throws {
    let text = "0123456789abcdef0123456789abcdef01234567"
    #expect(ObjectID(text)?.description == text)
    #expect(ObjectID(text.uppercased())?.description == text)
    for wrong in ["", "0123", text + "0", String(text.dropLast()) + "g", String(text.dropLast()) + "é"] {
      #expect(ObjectID(wrong) == nil, "\(wrong)")
    }
  }

  @Test("sorts as its digits do")
  func order() throws {
    let texts = ["0f", "f0", "10"].map { String(repeating: "0", count: 38) + $0 } + ["1" + String(repeating: "0", count: 39)]
    #expect(texts.compactMap { ObjectID($0) }.sorted().map(\.description) == texts.sorted())
  }
}
