import Documents
import Testing

@Suite("Reading TOML")
struct TOMLReaderTests {
  @Test(
    "Values read as TOML 1.0 has them, numbers as they are spelled",
    arguments: [
      ("true", "true"), ("false", "false"), ("1_000", "1000"), ("+99", "99"), ("-17", "-17"), ("0", "0"), ("0xDEAD_beef", "3735928559"),
      ("0o755", "493"), ("0b1101", "13"), ("1.10", "1.10"), ("-0.0", "-0.0"), ("5e+22", "5e+22"), ("6.626e-3_4", "6.626e-34"),
      ("1e400", "1e400"),
      ("inf", "\"inf\""), ("-nan", "\"-nan\""), ("18446744073709551616", "18446744073709551616"), ("1979-05-27", "\"1979-05-27\""),
      ("1979-05-27T07:32:00Z", "\"1979-05-27T07:32:00Z\""), ("1979-05-27 00:32:00.999-07:00", "\"1979-05-27 00:32:00.999-07:00\""),
      ("07:32:00", "\"07:32:00\""), ("2024-02-29", "\"2024-02-29\""), (#""a\tb\u00e9\U0001F600""#, #""a\tbé😀""#), (#"'C:\x'"#, #""C:\\x""#),
      ("\"\"\"\nx\ny\\\n   z\"\"\"", #""x\nyz""#), ("\"\"\"a\"\"\"\"\"", #""a\"\"""#), ("'''\n'x\\\r\n'''", #""'x\\\r\n""#),
      (#""a\u0000b""#, #""a\u0000b""#),
      ("[]", "[]"), ("[1, [2, \"x\"], # c\n {a = 1},\n]", #"[1,[2,"x"],{"a":1}]"#),
      ("{ a.b = 1, a.c = [2], \"d e\" = {} }", #"{"a":{"b":1,"c":[2]},"d e":{}}"#),
    ])
  func values(source: String, canonical: String) throws {
    #expect(try read("x = \(source)\n", as: .toml)["x"]?.canonicalJSON() == canonical)
  }

  @Test(
    "Tables, dotted keys and lists of tables make one tree",
    arguments: [
      ("", "{}"), ("# c\n\na = 1 # d\r\n", #"{"a":1}"#), ("[a]\nb = 1\n[a.c]\nd = 2\n[e]", #"{"a":{"b":1,"c":{"d":2}},"e":{}}"#),
      ("a.b.c = 1\na.b.d = 2\n'x.y'.\"z\" = 3", #"{"a":{"b":{"c":1,"d":2}},"x.y":{"z":3}}"#),
      ("[a.b]\nx = 1\n[a]\ny = 2", #"{"a":{"b":{"x":1},"y":2}}"#),
      ("[[p]]\nn = 1\n[[p.q]]\nm = 1\n[[p.q]]\nm = 2\n[[p]]\n[p.r]\ns = 3", #"{"p":[{"n":1,"q":[{"m":1},{"m":2}]},{"r":{"s":3}}]}"#),
      ("[f]\na.c = 1\n[f.a.t]\ns = 2", #"{"f":{"a":{"c":1,"t":{"s":2}}}}"#), ("\u{FEFF}[ a . b ]\n1 = 2", #"{"a":{"b":{"1":2}}}"#),
    ])
  func tables(source: String, canonical: String) throws {
    #expect(try read(source, as: .toml).canonicalJSON() == canonical)
  }

  @Test(
    "What is no TOML is refused where it stops being TOML",
    arguments: [
      ("a", 1, 2, "equals sign"), ("a = ", 1, 5, "value belongs"), ("= 1", 1, 1, "key belongs"), ("a = b", 1, 5, "text needs quotes"),
      ("a = 1 b = 2", 1, 7, "comment"),
      ("a = 01", 1, 5, "no value"), ("a = 1__0", 1, 5, "no value"), ("a = 1_", 1, 5, "no value"), ("a = 0x1.0", 1, 5, "no value"),
      ("a = .5", 1, 5, "no value"),
      ("a = 5.", 1, 5, "no value"), ("a = 1_e2", 1, 5, "no value"), ("a = +0x1", 1, 5, "no value"), ("a = 2023-02-29", 1, 5, "no value"),
      ("a = 24:00:00", 1, 5, "no value"), ("a = 1979-05-27T07:32", 1, 5, "no value"), ("a = \"x", 1, 7, "ends inside a string"),
      ("a = \"x\ny\"", 1, 7, "on its line"),
      ("a = \"\\x\"", 1, 6, "escape"), ("a = \"\\ud800\"", 1, 6, "no character"), ("a = \"\\u12\"", 1, 6, "hexadecimal"),
      ("a = \"\"\"x\"\"", 1, 11, "ends inside"),
      ("a = [1", 1, 7, "comma or the end"), ("a = {b = 1,}", 1, 12, "no comma"), ("a = {b = 1\n}", 1, 11, "same line"),
      ("[a", 1, 3, "closing bracket"), ("[[a]", 1, 4, "two closing"),
      ("[]", 1, 2, "key belongs"), ("a = 1 # \u{1}", 1, 9, "control"), ("a = 'x\u{0}'", 1, 7, "control"), ("a = 1\rb = 2", 1, 6, "comment"),
    ] as [(String, Int, Int, String)])
  func refusals(source: String, line: Int, column: Int, words: String) throws {
    let error = try failure(source, as: .toml)
    #expect(error.code == .syntax)
    #expect(error.position.map { [$0.line, $0.column] } == [line, column])
    #expect(error.problem.contains(words), "\(error.problem)")
  }

  @Test(
    "What has a value already can't be set or added to, and the second place is named",
    arguments: [
      ("a = 1\na = 2", 2, 1), ("a = 1\n\"a\" = 2", 2, 1), ("[a]\n[a]", 2, 2), ("a.b = 1\n[a]", 2, 2), ("a.b = 1\na.b.c = 2", 2, 3),
      ("[a.b]\n[a]\nb.c = 1", 3, 1),
      ("a = {}\n[a.b]", 2, 2), ("a = {b = 1}\na.c = 2", 2, 1), ("a = []\n[[a]]", 2, 3), ("[[a]]\n[a]", 2, 2), ("[a]\n[[a]]", 2, 3),
      ("a = {b = 1, b = 2}", 1, 13),
      ("a = 1\n[a.b]", 2, 2),
    ])
  func duplicates(source: String, line: Int, column: Int) throws {
    let error = try failure(source, as: .toml)
    #expect(error.code == .duplicateKey)
    #expect(error.position.map { [$0.line, $0.column] } == [line, column])
  }
}
