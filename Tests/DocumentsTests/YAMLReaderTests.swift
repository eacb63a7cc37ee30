import Documents
import Testing

@Suite("Reading YAML")
struct YAMLReaderTests {
  @Test(
    "A plain scalar is what the core schema of YAML 1.2 says, so that on, no and yes are text",
    arguments: [
      ("on", "\"on\""), ("no", "\"no\""), ("yes", "\"yes\""), ("y", "\"y\""), ("True", "true"), ("FALSE", "false"), ("tRue", "\"tRue\""),
      ("~", "null"), ("", "null"), ("Null", "null"), ("nULL", "\"nULL\""), ("0", "0"), ("-0", "-0"), ("+12", "12"), ("007", "7"),
      ("0x1F", "31"), ("0xffffffffffffffff", "18446744073709551615"), ("0x10000000000000000", "\"0x10000000000000000\""),
      ("0o17", "15"), ("0o8", "\"0o8\""), ("0b1", "\"0b1\""), ("-0x1", "\"-0x1\""), ("1_000", "\"1_000\""), ("1.10", "1.10"),
      (".5", "0.5"), ("5.", "5.0"), ("-.5e3", "-0.5e3"), ("1e400", "1e400"), (".", "\".\""), ("-", "[null]"), ("+", "\"+\""),
      ("1e", "\"1e\""),
      (".inf", "\".inf\""), ("-.INF", "\"-.INF\""), (".nan", "\".nan\""), ("12:30:45", "\"12:30:45\""), ("2026-11-23", "\"2026-11-23\""),
      ("18446744073709551616", "18446744073709551616"), ("1.2.3", "\"1.2.3\""), ("<<", "\"<<\""), ("\"1\"", "\"1\""),
      ("'true'", "\"true\""),
      ("!!str 1", "\"1\""), ("!!int \"1\"", "1"), ("!!float 1", "1"), ("!!float .inf", "\".inf\""), ("!!bool \"true\"", "true"),
      ("!!null \"\"", "null"), ("!!binary aGk=", "\"aGk=\""), ("! 12", "\"12\""), ("|\n  1", "\"1\\n\""), (">\n  true", "\"true\\n\""),
    ])
  func coreSchema(source: String, canonical: String) throws {
    #expect(try read("- " + source + "\n", as: .yaml).canonicalJSON() == "[\(canonical)]")
  }

  @Test(
    "Block and flow styles, comments and multi-line text read as YAML has them",
    arguments: [
      ("a: 1\nb:\n- x\n- y: {z: []}\n", #"{"a":1,"b":["x",{"y":{"z":[]}}]}"#),
      ("# only\na: b # not this\n", #"{"a":"b"}"#), ("a: |\n  x\n   y\n\nb: >-\n  p\n  q\n", #"{"a":"x\n y\n","b":"p q"}"#),
      ("a: one\n  two\n\n  three", #"{"a":"one two\nthree"}"#), ("\"a\\tb\\u00e9\": 'it''s'", #"{"a\tbé":"it's"}"#),
      ("{a: 1, \"b\":2, c}", #"{"a":1,"b":2,"c":null}"#), ("[a: 1, b]", #"[{"a":1},"b"]"#),
      ("8080: x\ntrue: y\n~: z", #"{"8080":"x","true":"y","~":"z"}"#), ("? a\n: b", #"{"a":"b"}"#),
      ("\u{FEFF}a: 1", #"{"a":1}"#), ("a: 1\r\nb: 2\r\n", #"{"a":1,"b":2}"#), ("%YAML 1.2\n---\na", #""a""#),
      ("{\"json\": [1.0, null]}", #"{"json":[1.0,null]}"#),
    ])
  func structures(source: String, canonical: String) throws {
    #expect(try read(source, as: .yaml).canonicalJSON() == canonical)
  }

  @Test("A stream gives one document for each of its, and none where there is nothing but comments")
  func streams() throws {
    func all(_ text: String) throws -> [String] {
      try DocumentFormat.yaml.read(Array(text.utf8)).map { $0.canonicalJSON() }
    }
    #expect(try all("a: 1\n---\nb\n...\n---\n---\n- c\n") == [#"{"a":1}"#, "\"b\"", "null", "[\"c\"]"])
    #expect(try all("") == [])
    #expect(try all("# nothing\n") == [])
  }

  @Test("A tag of an application is kept, as a map with the tag as its key")
  func applicationTags() throws {
    let source = "a: !Ref x\nb: !vault |\n  s\nc: !Sub [1, {d: 2}]\ne: !<tag:example.com,2026:f> 3\n"
    let expected = #"{"a":{"!Ref":"x"},"b":{"!vault":"s\n"},"c":{"!Sub":[1,{"d":2}]},"e":{"tag:example.com,2026:f":3}}"#
    #expect(try read(source, as: .yaml).canonicalJSON() == expected)
  }

  @Test(
    "What is no YAML, or has no place in a document, is refused with its place",
    arguments: [
      ("a: b: c", .syntax, 1, 5, "mapping values are not allowed"), ("a: [1,\nb: 2", .syntax, 2, 5, "flow sequence"),
      ("a:\n\t- b", .syntax, 2, 1, "cannot start any token"), ("é: é: 1", .syntax, 1, 7, "mapping values"),
      ("a: \"x", .syntax, 1, 6, "end of stream"),
      ("- *a", .syntax, 1, 3, "no anchor"), ("- &a [*a]", .syntax, 1, 7, "no anchor"), ("--- &a x\n--- *a", .syntax, 2, 5, "no anchor"),
      ("a: !!int x", .syntax, 1, 10, "not what its tag says"), ("a: !!int 1.5", .syntax, 1, 10, "not what"),
      ("a: !!bool 1", .syntax, 1, 11, "not what"),
      ("a: 1\nb: 2\n\"a\": 3", .duplicateKey, 3, 1, "second time"), ("1: x\n\"1\": y", .duplicateKey, 2, 1, "second time"),
      ("{é: 1, é: 2}", .duplicateKey, 1, 9, "second time"), ("? [a]\n: b", .unsupported, 1, 3, "only scalars"),
      ("{{a: b}: c}", .unsupported, 1, 2, "only scalars"),
      ("!x a: b", .unsupported, 1, 4, "tag"), ("a: b\u{7}", .syntax, 1, 5, "control characters"),
      ("\u{FEFF}a: b\u{7}", .syntax, 1, 5, "control characters"),
    ] as [(String, DocumentError.Code, Int, Int, String)])
  func refusals(source: String, code: DocumentError.Code, line: Int, column: Int, words: String) throws {
    let error = try failure(source, as: .yaml)
    #expect(error.code == code)
    #expect(error.position.map { [$0.line, $0.column] } == [line, column])
    #expect(error.problem.contains(words), "\(error.problem)")
  }

  @Test("A text that is cut anywhere reads or is refused, and never crashes")
  func cutText() {
    let source = Array("%YAML 1.2\n---\n&a key é: !!str \"v\\u00e9\" # c\nlist: [*a, {b: |\n  x\n}]\n...\n--- >-\n 😀\n".utf8)
    for length in 0..<source.count { _ = try? DocumentFormat.yaml.read(Array(source.prefix(length))) }
  }
}
