import Documents
import Testing

@Suite("Reading INI files")
struct INIReaderTests {
  @Test(
    "Sections, signs and comments are those of configparser, git, systemd, MySQL and PostgreSQL",
    arguments: [
      ("", "{}"), ("\n \n\t\r\n", "{}"), ("\u{FEFF}a=1", #"{"a":"1"}"#), ("a=1", #"{"a":"1"}"#), ("a = 1 \t\r\n", #"{"a":"1"}"#),
      ("a: b", #"{"a":"b"}"#), ("a=b=c", #"{"a":"b=c"}"#), ("a:b=c", #"{"a":"b=c"}"#), ("a b = c d", #"{"a b":"c d"}"#),
      ("a =", #"{"a":""}"#), ("skip-networking\n", #"{"skip-networking":null}"#), ("a\r\nb\r\n", #"{"a":null,"b":null}"#),
      ("; c\n# d\n ; e\n\t# f\na=1", #"{"a":"1"}"#), ("a=1 # c", #"{"a":"1"}"#), ("a=1 ; c", #"{"a":"1"}"#),
      ("a=1#c;d", #"{"a":"1#c;d"}"#), ("a=# c", ##"{"a":"# c"}"##), ("a= # c", #"{"a":""}"#), ("a # c = d", #"{"a":null}"#),
      ("[s]\na=1\n[t] # c\nb=2\n[u];c\n", #"{"s":{"a":"1"},"t":{"b":"2"},"u":{}}"#), ("a=1\n[s]\na=2", #"{"a":"1","s":{"a":"2"}}"#),
      ("[remote \"o\"]\nurl=x", #"{"remote \"o\"":{"url":"x"}}"#), (" [s]\n a=1", #"{"s":{"a":"1"}}"#), ("[]\na=1", #"{"":{"a":"1"}}"#),
      ("[é]\nü = 😀", #"{"é":{"ü":"😀"}}"#),
    ])
  func lines(source: String, canonical: String) throws {
    #expect(try read(source, as: .ini).canonicalJSON() == canonical)
  }

  @Test(
    "A value in matching quotes stands without them, and a quote that isn't closed is part of it",
    arguments: [
      (#"a="b # c" # d"#, ##"{"a":"b # c"}"##), ("a='b ; c';d", #"{"a":"b ; c"}"#), ("a='it''s'", #"{"a":"it's"}"#), ("a=''", #"{"a":""}"#),
      (#"a="""#, #"{"a":""}"#), (#"a=" b ""#, #"{"a":" b "}"#), (#"a="b"#, #"{"a":"\"b"}"#), (#"a="b" c"#, #"{"a":"\"b\" c"}"#),
      (#"a='b"c'"#, #"{"a":"b\"c"}"#), ("a='''", #"{"a":"'''"}"#), ("a=\"b\nc\"", #"{"a":"\"b","c\"":null}"#), ("a=b'c'", #"{"a":"b'c'"}"#),
      (#"a="b\n""#, #"{"a":"b\\n"}"#), ("a=\"b\"\r\n", #"{"a":"b"}"#),
    ])
  func quotes(source: String, canonical: String) throws {
    #expect(try read(source, as: .ini).canonicalJSON() == canonical)
  }

  @Test(
    "An indented line without `=` goes on with the value above, after a line feed",
    arguments: [
      ("a=1\n 2\n\t3", #"{"a":"1\n2\n3"}"#), ("a=\n  x\n  y\n", #"{"a":"\nx\ny"}"#), ("a=1\n b=2", #"{"a":"1","b":"2"}"#),
      ("a=1\n b:2", #"{"a":"1\nb:2"}"#), ("a=1\n ; c\n 2", #"{"a":"1\n2"}"#), ("a\n b", #"{"a":null,"b":null}"#),
      ("a=1\n[s]\n b", #"{"a":"1","s":{"b":null}}"#), (" a", #"{"a":null}"#), ("a=1\r\n 2\r\nb=3", #"{"a":"1\n2","b":"3"}"#),
      ("a=1\na=2\n 3", #"{"a":["1","2\n3"]}"#), ("a=1\n\n 2", #"{"a":"1\n2"}"#),
    ])
  func continuation(source: String, canonical: String) throws {
    #expect(try read(source, as: .ini).canonicalJSON() == canonical)
  }

  @Test(
    "A key that comes again has a list of its values, and a section that comes again goes on",
    arguments: [
      ("a=1\na=2", #"{"a":["1","2"]}"#), ("a=1\nb=x\na=2\na=1", #"{"a":["1","2","1"],"b":"x"}"#), ("a\na=1", #"{"a":[null,"1"]}"#),
      ("[s]\na=1\n[t]\na=2\n[s]\na=3\nb=4", #"{"s":{"a":["1","3"],"b":"4"},"t":{"a":"2"}}"#), ("A=1\na=2", #"{"A":"1","a":"2"}"#),
      // The same letters in two spellings of Unicode are two keys, as they are two keys for whoever reads the file.
      ("é=1\ne\u{301}=2", "{\"e\u{301}\":\"2\",\"é\":\"1\"}"),
    ])
  func repeated(source: String, canonical: String) throws {
    #expect(try read(source, as: .ini).canonicalJSON() == canonical)
  }

  @Test("The place of a key and of a value is told, quotes included, white space and comments left out")
  func positions() throws {
    let source = "# é\n[s]\n  a = \"1\" # c\nb: 2  \nc\n"
    let section = try #require(try read(source, as: .ini)["s"]?.members)
    func text(_ span: SourceSpan?) -> String? { span.map { String(decoding: Array(source.utf8)[$0.offsets], as: UTF8.self) } }
    #expect(section.map { text($0.keySpan) } == ["a", "b", "c"])
    #expect(section.map { text($0.value.span) } == ["\"1\"", "2", ""])
    #expect(section[0].value.span?.start == Position(line: 3, column: 7, offset: 15))
    #expect(section[1].value.span?.start == Position(line: 4, column: 4, offset: 26))
    let more = "a=1\n  2 ; c\n"
    #expect(try read(more, as: .ini)["a"]?.span?.offsets == 2..<7)
    let list = try read("a=1\na=22", as: .ini)["a"]?.list
    #expect(list?.map { $0.span?.offsets } == [2..<3, 6..<8])
  }

  @Test(
    "What is no INI is refused with its place",
    arguments: [
      ("a=1\n[s", 2, 3), ("[s\n]", 1, 3), ("[s] x", 1, 5), ("[s]]", 1, 4), ("=1", 1, 1), ("[s]\n : 1", 2, 2), ("a=1\n[a]", 2, 2),
    ])
  func refusals(source: String, line: Int, column: Int) throws {
    let error = try failure(source, as: .ini)
    #expect(error.position?.line == line && error.position?.column == column, "\(String(describing: error.position))")
    #expect(!error.problem.isEmpty)
  }

  @Test("Sections count as values, and what one text may hold is bounded")
  func limits() throws {
    #expect(try read("[s]\na=1\na=2", as: .ini, limits: DocumentLimits(nodes: 4))["s"]?["a"]?.list?.count == 2)
    #expect(try failure("[s]\na=1\na=2", as: .ini, limits: DocumentLimits(nodes: 3)).code == .tooManyNodes)
    #expect(try failure("[s]\n[t]\n[u]", as: .ini, limits: DocumentLimits(nodes: 3)).code == .tooManyNodes)
  }

  @Test("A hostile text takes no more than its share of time", .timeLimit(.minutes(2)))
  func hostile() throws {
    let count = 100_000
    #expect(try read((0..<count).map { "k\($0)=1\n" }.joined(), as: .ini).members?.count == count)
    #expect(try read(String(repeating: "k=1\n", count: count), as: .ini)["k"]?.list?.count == count)
    #expect(try read((0..<count).map { "[s\($0)]\n" }.joined(), as: .ini).members?.count == count)
    #expect(try read(String(repeating: "[s]\na=1\n", count: count), as: .ini)["s"]?["a"]?.list?.count == count)
    let key = String(repeating: "k", count: 1 << 20)
    #expect(try read("[\(key)]\n\(key)=\(key)", as: .ini)[key]?[key]?.text?.utf8.count == 1 << 20)
    #expect(try failure(String(repeating: "[", count: 1 << 20), as: .ini).code == .syntax)
    #expect(try read("a=" + String(repeating: "'", count: (1 << 20) + 1), as: .ini)["a"]?.text?.utf8.count == (1 << 20) + 1)
    // One value of many lines, such as a certificate.
    #expect(try read("a=\n" + String(repeating: " x\n", count: count), as: .ini)["a"]?.text?.utf8.count == 2 * count)
    #expect(try read("a=1\n" + String(repeating: " ", count: 1 << 20) + "\n", as: .ini)["a"]?.text == "1")
  }
}
