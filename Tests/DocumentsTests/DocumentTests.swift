import Documents
import Testing

@Suite("Documents")
struct DocumentTests {
  @Test("A member is found by its key's bytes, not by what looks the same")
  func membersAreFoundByBytes() throws {
    let document = try read(#"{"\u00e9": 1, "e\u0301": 2}"#, as: .json)
    #expect(document["\u{E9}"]?.number == "1")
    #expect(document["e\u{301}"]?.number == "2")
    #expect(document["e"] == nil)
    #expect(document[0] == nil)
  }

  @Test("Each accessor gives its own kind of value and nil for the others")
  func accessors() throws {
    let document = try read(#"[null, true, 1.0, "x", [7], {"k": "v"}]"#, as: .json)
    #expect(document[0]?.isNull == true)
    #expect(document[1]?.boolean == true)
    #expect(document[2]?.number == "1.0")
    #expect(document[3]?.text == "x")
    #expect(document[4]?.list?.count == 1)
    #expect(document[5]?.members?.first?.value.text == "v")
    #expect(document[6] == nil)
    #expect(document[1]?.text == nil)
    #expect(document[2]?.boolean == nil)
    #expect(document[3]?.number == nil)
    #expect(document[5]?.isNull == false)
    #expect(document["k"] == nil)
  }
}
