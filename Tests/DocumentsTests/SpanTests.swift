import Documents
import Testing

@Suite("Spans")
struct SpanTests {
  /// A text, and for each scalar in the order of the tree its key's spelling, where it has one, and its own.
  struct Sample: Sendable {
    let format: DocumentFormat
    let source: String
    let spellings: [String]
  }

  @Test(
    "The span of a scalar and of a key cuts its spelling out of the source, quotes included",
    arguments: [
      Sample(
        format: .json, source: "\u{FEFF}{\"é\\u0041\":\t\"x\\\"é\",\r\n \"n\" : [ -1.50e3,true , null, \"\" ]}",
        spellings: ["\"é\\u0041\"", "\"x\\\"é\"", "\"n\"", "-1.50e3", "true", "null", "\"\""]),
      Sample(
        format: .yaml,
        source: "é: 'ü''' # c\n\"k\\n\":  !!str true\nlist:\n  - &a plain  text \n  - [ 1, \"é\" , {x: ~}]\n  - &b !!str # c\n    7\n",
        spellings: ["é", "'ü'''", "\"k\\n\"", "true", "list", "plain  text", "1", "\"é\"", "x", "~", "7"]),
      Sample(
        format: .yaml, source: "a: |-\n  x\n   y\n\n\nb: two\n  lines\nc:\nd: >\n  z\n",
        spellings: ["a", "|-\n  x\n   y", "b", "two\n  lines", "c", "", "d", ">\n  z"]),
      Sample(
        format: .toml,
        source: "é' '.b = 1_0 # c\n".replacing("é' '", with: "'é'")
          + "[t]\n\"k\" = \"\"\"x\n\"\"\"\nd = 1979-05-27 07:32:00 \nl=[ 'a',2.50]\n",
        spellings: ["'é'", "b", "1_0", "t", "\"k\"", "\"\"\"x\n\"\"\"", "d", "1979-05-27 07:32:00", "l", "'a'", "2.50"]),
      Sample(format: .properties, source: "a\\ b = é\\\n  x\nc:y z \n", spellings: ["a\\ b", "é\\\n  x", "c", "y z "]),
      Sample(format: .dotenv, source: "export A=b c # d\nE = 'é\nf' \n G=\nH\n", spellings: ["A", "b c", "E", "'é\nf'", "G", "", "H", ""]),
    ])
  func spellings(sample: Sample) throws {
    let bytes = Array(sample.source.utf8)
    var spellings: [String] = []
    func visit(_ document: Document) throws {
      for item in document.list ?? [] { try visit(item) }
      for member in document.members ?? [] {
        let span = try #require(member.keySpan)
        spellings.append(String(decoding: bytes[span.offsets], as: UTF8.self))
        try visit(member.value)
      }
      guard document.list == nil, document.members == nil else { return }
      let span = try #require(document.span)
      spellings.append(String(decoding: bytes[span.offsets], as: UTF8.self))
    }
    for document in try sample.format.read(bytes) { try visit(document) }
    #expect(spellings == sample.spellings)
  }

  @Test("Lines and columns agree with the offset, in every format and beyond lines of many bytes")
  func positions() throws {
    let wide = String(repeating: "é中😀", count: 200)
    let sources: [(DocumentFormat, String)] = [
      (.json, "{\"\(wide)\": [1,\n2], \"b\":\n \"\(wide)\"}"), (.yaml, "\(wide): [1,\n 2, \(wide), 3]\nb: '\(wide)'\n"),
      (.toml, "\"\(wide)\" = [1,\n2]\nb = '''\(wide)\n\(wide)'''\n"), (.properties, "\(wide)=x\\\n \(wide)\nb=2"),
      (.dotenv, "A='\(wide)\n'\nB=\(wide)"),
    ]
    for (format, source) in sources {
      let bytes = Array(source.utf8)
      func check(_ position: Position?) throws {
        let position = try #require(position)
        let before = bytes[..<position.offset]
        #expect(position.line == before.count { $0 == 0x0A } + 1)
        #expect(position.column == position.offset - (before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0) + 1)
      }
      func visit(_ document: Document) throws {
        try check(document.span?.start)
        try check(document.span?.end)
        for item in document.list ?? [] { try visit(item) }
        for member in document.members ?? [] {
          try check(member.keySpan?.start)
          try check(member.keySpan?.end)
          try visit(member.value)
        }
      }
      for document in try format.read(bytes) { try visit(document) }
    }
  }

  @Test("The span of a list or a map in brackets goes from bracket to bracket, that of a block to its last part")
  func containers() throws {
    func spelling(_ source: String, _ format: DocumentFormat) throws -> String? {
      let span = try read(source, as: format)["a"]?.span
      return span.map { String(decoding: Array(source.utf8)[$0.offsets], as: UTF8.self) }
    }
    #expect(try spelling("{\"a\": [1, {}] }", .json) == "[1, {}]")
    #expect(try spelling("a: [1, {b: c}] # d\ne: f", .yaml) == "[1, {b: c}]")
    #expect(try spelling("a: &x\n  b: 1\n  c: [2] # d\n\ne: f", .yaml) == "b: 1\n  c: [2]")
    #expect(try spelling("a:\n- 1\n- &y 2\nb: *y", .yaml) == "- 1\n- &y 2")
    #expect(try spelling("a = [1, {}] # d", .toml) == "[1, {}]")
    #expect(try spelling("a = {b = 1}", .toml) == "{b = 1}")
    #expect(try spelling("[a]\nb = 1", .toml) == "[a]")
  }
}
