import Documents
import Testing

@Suite("Reading JSON")
struct JSONReaderTests {
  @Test(
    "Every kind of value reads as RFC 8259 has it",
    arguments: [
      ("null", "null"), (" true\n", "true"), ("false", "false"), ("0", "0"), ("-0", "-0"), ("\"\"", "\"\""),
      ("[]", "[]"), ("{}", "{}"), ("[ 1 , [ 2 ] ,{ } ]", "[1,[2],{}]"),
      ("{\"b\":1,\"a\":{\"d\":[],\"c\":null}}", "{\"a\":{\"c\":null,\"d\":[]},\"b\":1}"),
      ("\u{FEFF}[1]", "[1]"), ("\r\n\t [1]\r\n", "[1]"),
      (#""\"\\\/\b\f\n\r\t""#, #""\"\\/\b\f\n\r\t""#), (#""\u0041\u00e9\u4e2d\ud83d\ude00""#, "\"Aé中😀\""),
      (#""\u0000""#, #""\u0000""#), ("\"\u{2028}\u{7F}\"", "\"\u{2028}\u{7F}\""),
    ])
  func values(source: String, canonical: String) throws {
    #expect(try read(source, as: .json).canonicalJSON() == canonical)
  }

  @Test(
    "A number keeps its spelling, whatever its size and precision",
    arguments: ["18446744073709551616", "1.0", "1.10", "0.1e-7", "1E+400", "-12345678901234567890.123456789012345678901"])
  func numbers(spelling: String) throws {
    #expect(try read(spelling, as: .json).number == spelling)
    #expect(try read("[\(spelling)]", as: .json).canonicalJSON() == "[\(spelling)]")
  }

  @Test(
    "What is no JSON is refused where it stops being JSON",
    arguments: [
      ("", 1, 1, "ends where a JSON value"), ("  ", 1, 3, "ends where"), ("[1,]", 1, 4, "no JSON value"),
      ("[1 2]", 1, 4, "comma"), ("{\"a\" 1}", 1, 6, "colon"), ("{\"a\":1,}", 1, 8, "key in double quotes"),
      ("{a:1}", 1, 2, "key in double quotes"), ("[\n  1,\n  'x']", 3, 3, "no JSON value"), ("nul", 1, 1, "no JSON value"),
      ("truex", 1, 5, "follows the end"), ("[1] [2]", 1, 5, "follows the end"), ("[1]\u{0}", 1, 4, "follows the end"),
      ("[1}", 1, 3, "comma or the end of the array"), ("{\"a\":1]", 1, 7, "comma or the end of the object"),
      ("01", 1, 2, "leading zero"), ("-", 1, 2, "digit"), ("1.", 1, 3, "digit"), ("1e+", 1, 4, "digit"), ("+1", 1, 1, "no JSON"),
      (".5", 1, 1, "no JSON"), ("NaN", 1, 1, "no JSON"), ("// x\n1", 1, 1, "no JSON"),
      ("\"a\nb\"", 1, 3, "control character"), ("\"a", 1, 3, "ends inside a string"), ("\"\\", 1, 2, "ends inside a string"),
      (#""\x""#, 1, 2, "no such escape"), (#""\u12g4""#, 1, 2, "four hexadecimal"), ("\"\\u12", 1, 2, "four hexadecimal"),
      (#""ab\ud800""#, 1, 4, "surrogate"), (#""\udc00""#, 1, 2, "surrogate"), (#""\ud800\u0041""#, 1, 2, "surrogate"),
      (#""\ud800\ud800""#, 1, 2, "surrogate"),
    ] as [(String, Int, Int, String)])
  func refusals(source: String, line: Int, column: Int, words: String) throws {
    let error = try failure(source, as: .json)
    #expect(error.code == .syntax)
    #expect(error.position.map { [$0.line, $0.column] } == [line, column])
    #expect(error.problem.contains(words))
  }

  @Test("A key that stands twice in an object is refused where it stands the second time")
  func duplicateKeys() throws {
    let error = try failure("{\"a\": 1,\n \"b\": {\"a\": 2},\n \"\\u0061\": 3}", as: .json)
    #expect(error.code == .duplicateKey)
    #expect(error.position == Position(line: 3, column: 2, offset: 26))
    let many = (0..<40).map { "\"k\($0)\": 0" }.joined(separator: ", ")
    #expect(try failure("{\(many), \"k33\": 1}", as: .json).code == .duplicateKey)
    #expect(try failure("{\"k39\": 1, \(many)}", as: .json).code == .duplicateKey)
    #expect(try read("{\(many), \"k40\": 1}", as: .json).members?.count == 41)
  }

  @Test("Keys that only look the same are two, among few members and among many")
  func equivalentKeys() throws {
    let filler = (0..<40).map { ", \"k\($0)\": 0" }.joined()
    #expect(try read("{\"é\": 1, \"e\u{301}\": 2}", as: .json).members?.count == 2)
    #expect(try read("{\"é\": 1, \"e\u{301}\": 2\(filler)}", as: .json).members?.count == 42)
  }

  @Test("A text that is cut anywhere is refused")
  func cutText() throws {
    let source = Array(#"{"name": "dten \u00e9 😀", "on": [true, null, -1.5e+3], "x": {"y": {}}}"#.utf8)
    #expect(throws: Never.self) { try DocumentFormat.json.read(source) }
    for length in 0..<source.count {
      #expect(throws: DocumentError.self, "cut after \(length) bytes") {
        try DocumentFormat.json.read(Array(source.prefix(length)))
      }
    }
  }
}
