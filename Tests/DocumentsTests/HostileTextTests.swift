import Documents
import Testing

@Suite("Hostile texts", .timeLimit(.minutes(2)))
struct HostileTextTests {
  @Test("Nesting beyond the limit is refused, however deep it goes on, and up to the limit it is read")
  func nesting() throws {
    for depth in [513, 10_000, 1 << 20] {
      let brackets = String(repeating: "[", count: depth)
      #expect(try failure(brackets, as: .json).code == .tooDeep)
      #expect(try failure(brackets, as: .yaml).code == .tooDeep)
      #expect(try failure("a = " + brackets, as: .toml).code == .tooDeep)
      #expect(try failure(String(repeating: "{\"a\":", count: depth), as: .json).code == .tooDeep)
      #expect(try failure(String(repeating: "- ", count: depth), as: .yaml).code == .tooDeep)
      #expect(try failure("a = " + String(repeating: "{a=", count: depth), as: .toml).code == .tooDeep)
      #expect(try failure(String(repeating: "a.", count: depth) + "a = 1", as: .toml).code == .tooDeep)
      #expect(try failure("[" + String(repeating: "a.", count: depth) + "a]", as: .toml).code == .tooDeep)
    }
    let open = String(repeating: "[", count: 512)
    let close = String(repeating: "]", count: 512)
    #expect(try read(open + close, as: .json).canonicalJSON() == open + close)
    #expect(try read(open + close, as: .yaml).canonicalJSON() == open + close)
    #expect(
      try read("a=" + String(open.dropLast() + close.dropLast()), as: .toml)["a"]?.canonicalJSON()
        == String(open.dropLast() + close.dropLast()))
  }

  @Test("A limit of depth counts containers")
  func depth() throws {
    let limits = DocumentLimits(depth: 1)
    #expect(try read("[1]", as: .json, limits: limits).list?.count == 1)
    #expect(try failure("[1,[]]", as: .json, limits: limits).position?.column == 4)
    #expect(try failure("[[]]", as: .yaml, limits: limits).code == .tooDeep)
    #expect(try read("a = 1", as: .toml, limits: limits)["a"]?.number == "1")
    #expect(try failure("a = []", as: .toml, limits: limits).code == .tooDeep)
    #expect(try failure("[a]", as: .toml, limits: limits).code == .tooDeep)
    #expect(try failure("[1]", as: .json, limits: DocumentLimits(depth: 0)).code == .tooDeep)
  }

  @Test(
    "A limit of nodes counts every value of a text",
    arguments: [
      (DocumentFormat.json, "[1,2]"), (.yaml, "[1,2]"), (.yaml, "- 1\n- *a".replacing("*a", with: "2")), (.toml, "a = 1\nb = [2]"),
      (.properties, "a=1\nb=2"), (.dotenv, "A=1\nB=2"), (.ini, "a=1\n[b]"), (.yaml, "1\n--- 2\n--- 3\n"),
    ])
  func nodes(format: DocumentFormat, source: String) throws {
    #expect(throws: Never.self) { try format.read(Array(source.utf8), limits: DocumentLimits(nodes: 3)) }
    #expect(try failure(source, as: format, limits: DocumentLimits(nodes: 2)).code == .tooManyNodes)
  }

  @Test("A text beyond the limit of bytes is refused before it is looked at", arguments: DocumentFormat.allCases)
  func bytes(format: DocumentFormat) throws {
    let error = try failure([0xFF, 0xFF, 0xFF, 0xFF], as: format, limits: DocumentLimits(bytes: 3))
    #expect(error.code == .tooLarge)
    #expect(error.position == nil)
  }

  @Test("Bytes that are no UTF-8 are refused with their offset", arguments: DocumentFormat.allCases)
  func invalidUTF8(format: DocumentFormat) throws {
    let bad: [[UInt8]] = [[0x80], [0xC0, 0xAF], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFF]]
    for bytes in bad {
      let error = try failure(Array("# é\nx".utf8) + bytes, as: format)
      #expect(error.code == .invalidUTF8)
      #expect(error.position == Position(line: 2, column: 2, offset: 6))
    }
    #expect(try failure([0xFF, 0xFE, 0x7B, 0x00], as: format).problem.contains("UTF-16"))
  }

  @Test("A key of a megabyte, a hundred thousand members and as many equal items take no more than their share of time")
  func largeTexts() throws {
    let key = String(repeating: "k", count: 1 << 20)
    #expect(try read("{\"\(key)\": 1}", as: .json)[key]?.number == "1")
    #expect(try read("\(key)=1", as: .properties)[key]?.text == "1")
    #expect(try read("\(key) = 1", as: .toml)[key]?.number == "1")
    #expect(try failure("\(key): 1", as: .yaml).code == .syntax, "libyaml's simple keys end after 1,024 characters")
    let count = 100_000
    #expect(try read("{" + (0..<count).map { "\"k\($0)\":1" }.joined(separator: ",") + "}", as: .json).members?.count == count)
    #expect(try read((0..<count).map { "k\($0): 1\n" }.joined(), as: .yaml).members?.count == count)
    #expect(try read((0..<count).map { "k\($0) = 1\n" }.joined(), as: .toml).members?.count == count)
    #expect(try read(String(repeating: "[[a.b]]\n", count: count), as: .toml)["a"]?["b"]?.list?.count == count)
    #expect(try read((0..<count).map { "k\($0)=1\n" }.joined(), as: .dotenv).members?.count == count)
  }

  @Test("More tag directives than anyone writes are refused, because libyaml compares each with all")
  func tagDirectives() throws {
    let directives = (0..<100_000).map { "%TAG !a\($0)! tag:x\n" }.joined()
    #expect(try failure(directives + "---\na", as: .yaml).code == .unsupported)
    #expect(try read("%TAG !e! tag:yaml.org,2002:\n---\n!e!str 1", as: .yaml).text == "1")
  }

  @Test("No error says what stands in the source", arguments: DocumentFormat.allCases)
  func errorsQuoteNothing(format: DocumentFormat) {
    let secret = "s3cr3tT0k3n"
    let broken = [
      "{\"a\": \(secret)", "{\"\(secret)\": 1, \"\(secret)\": 2}", "\"\(secret)", "\(secret): \(secret): x", "a: *\(secret)",
      "a: &\(secret) {&\(secret) *",
      "a = \(secret)", "[\(secret)]\n[\(secret)]", "\(secret)=1\n\(secret)=2", "a: !\(secret)!x y", "a: !!\(secret)", "%\(secret)\n--- a",
      "a=\\u\(secret)", "A='\(secret)",
      "!<\(secret) x", "\t\(secret): [", "- \(secret)\n\(secret): \u{7}", "@\(secret)", "1\(secret) = 2", "A='x' \(secret)",
    ]
    for source in broken {
      do {
        _ = try format.read(Array(source.utf8), limits: .withoutAliases)
      } catch {
        #expect(!"\(error)".contains(secret) && !String(reflecting: error).contains(secret))
      }
    }
  }
}
