import LibPCRE2
import Testing

@Suite("A pattern")
struct PatternTests {
  private func texts(_ pattern: String, _ text: String, range: Range<Int>? = nil) throws -> [String] {
    let bytes = Array(text.utf8)
    return try Pattern(pattern).matches(in: bytes, range: range).map { String(decoding: bytes[$0.range], as: UTF8.self) }
  }

  @Test("finds all matches from left to right, none overlapping")
  func finds() throws {
    #expect(try texts("a.", "abacaa") == ["ab", "ac", "aa"])
    #expect(try texts("x", "abc") == [])
    #expect(try texts("a+", "") == [])
  }

  @Test("goes on after an empty match, by whole characters")
  func empty() throws {
    #expect(try Pattern("").matches(in: Array("aé".utf8)).map(\.range) == [0..<0, 1..<1, 3..<3])
    #expect(try texts("a*", "baac") == ["", "aa", "", ""])
    #expect(try texts("(?m)^", "a\nb").count == 2)
    #expect(try Pattern("").matches(in: []).map(\.range) == [0..<0])
    #expect(try texts("a\\K", "aa").count == 2)
  }

  @Test("says where its named captures are, and which took no part")
  func captures() throws {
    let pattern = try Pattern(#"(?m)^(?<name>\w+)=(?:(?<on>true)|(?<off>false))$"#)
    #expect(pattern.captureNames == ["name", "on", "off"])
    let match = try #require(try pattern.firstMatch(in: Array("# x\nflag=false\n".utf8)))
    #expect(match.range == 4..<14)
    #expect(match.range(of: "name") == 4..<8)
    #expect(match.range(of: "on") == nil)
    #expect(match.range(of: "off") == 9..<14)
    #expect(match.range(of: "other") == nil)
  }

  @Test("takes the one of several captures of one name that took part")
  func duplicateNames() throws {
    let pattern = try Pattern("(?J)a(?<x>1)|b(?<x>2)")
    #expect(pattern.captureNames == ["x"])
    #expect(try pattern.matches(in: Array("a1b2".utf8)).map { $0.range(of: "x") } == [1..<2, 3..<4])
  }

  @Test("begins where it is told, and still sees what stands before")
  func from() throws {
    let bytes = Array("ab ab".utf8)
    #expect(try Pattern("a").firstMatch(in: bytes, from: 1)?.range == 3..<4)
    #expect(try Pattern("(?<=a)b").firstMatch(in: bytes, from: 1)?.range == 1..<2)
    #expect(try Pattern(#"\Aa"#).firstMatch(in: bytes, from: 3) == nil)
    #expect(try Pattern("b$").firstMatch(in: bytes, from: 5) == nil)
    #expect(try Pattern("").firstMatch(in: bytes, from: 6) == nil)
  }

  @Test("stays inside a range, whose anchors are those of the whole text's lines")
  func range() throws {
    let text = "one=1\ntwo=2\nthree=3\n"
    #expect(try texts(#"(?m)^\w+=\d$"#, text, range: 6..<11) == ["two=2"])
    #expect(try texts(#"(?m)^\w+"#, text, range: 7..<19) == ["three"])
    #expect(try texts(#"(?m)\w+$"#, text, range: 0..<2) == [])
    #expect(try texts(#"\w+"#, text, range: 0..<2) == ["on"])
    #expect(try texts(#"\d"#, text, range: 90..<95) == [])
    #expect(try Pattern("two").matches(in: Array(text.utf8), range: 6..<12).map(\.range) == [6..<9])
  }

  @Test("matches around bytes that are no UTF-8, as machine code and interpreted", arguments: ["", "(*NO_JIT)"])
  func invalidUTF8(prefix: String) throws {
    let bytes: [UInt8] = Array("name=".utf8) + [0xFF, 0xC3] + Array("\nflag=é\n".utf8)
    #expect(try Pattern(prefix + #"(?m)^flag=(?<value>.)$"#).firstMatch(in: bytes)?.range(of: "value") == 13..<15)
    #expect(try Pattern(prefix + "name=.").firstMatch(in: bytes) == nil)
    #expect(try Pattern(prefix + "x*").matches(in: [0xFF, 0xFF]).allSatisfy(\.range.isEmpty))
  }

  @Test("may be asked to begin or end within a character", arguments: ["", "(*NO_JIT)"])
  func withinCharacter(prefix: String) throws {
    let bytes = Array("éaé".utf8)
    #expect(try Pattern(prefix + ".").firstMatch(in: bytes, from: 1)?.range == 2..<3)
    #expect(try Pattern(prefix + ".").matches(in: bytes, range: 1..<4).map(\.range) == [2..<3])
  }

  @Test("tells whether a text matches anywhere")
  func matchesText() throws {
    #expect(try Pattern(#"^https://ci\.example\.com/"#).matches("https://ci.example.com/hook"))
    #expect(try !Pattern(#"^https://ci\.example\.com/"#).matches("http://evil/?https://ci.example.com/"))
  }

  @Test("that is none says where it went wrong", arguments: [("a(", 2), ("[z-a]", 3), (#"\C"#, 2), ("(?<n>a)(?<n>b)", 12)])
  func invalid(source: String, offset: Int) {
    #expect { try Pattern(source) } throws: { error in
      guard let error = error as? PatternError else { return false }
      return error.offset == offset && !error.problem.isEmpty && error.code == .invalid(offset: offset)
    }
  }

  @Test("can be used from many threads at once")
  func threads() async throws {
    let pattern = try Pattern(#"(?<key>\w+)=(?<value>\w+)"#)
    let counts = try await withThrowingTaskGroup(of: Int.self) { group in
      for count in 1...64 {
        group.addTask { try pattern.matches(in: Array(String(repeating: "a=b ", count: count).utf8)).count }
      }
      return try await group.reduce(0, +)
    }
    #expect(counts == (1...64).reduce(0, +))
  }
}
