import Documents
import Testing

@Suite("Reading Java properties")
struct PropertiesReaderTests {
  @Test(
    "Keys, separators, escapes and continuation lines are those of java.util.Properties",
    arguments: [
      ("a=b", #"{"a":"b"}"#), ("a:b", #"{"a":"b"}"#), ("a b", #"{"a":"b"}"#), ("  a  =  b  ", #"{"a":"b  "}"#),
      ("a\t:\tb=c", #"{"a":"b=c"}"#), ("a", #"{"a":""}"#),
      ("a==b", #"{"a":"=b"}"#), ("a = = b", #"{"a":"= b"}"#), ("=b", #"{"":"b"}"#),
      ("# c\n ! d\n\na=1\r\nb=2\rc=3", #"{"a":"1","b":"2","c":"3"}"#),
      ("dten.hybrid.enable=true", #"{"dten.hybrid.enable":"true"}"#),
      ("fruits  apple, \\\n   pear, \\\r\n\tplum", #"{"fruits":"apple, pear, plum"}"#),
      (#"a\ b\=c\:d=e"#, #"{"a b=c:d":"e"}"#), (#"a=\t\n\r\f\q\\"#, #"{"a":"\t\n\r\fq\\"}"#), (#"a=\u00e9\ud83d\ude00"#, #"{"a":"é😀"}"#),
      ("a=x\\\\\nb=y", #"{"a":"x\\","b":"y"}"#), ("a=x\\", #"{"a":"x"}"#), ("a\\\nb=c", #"{"ab":"c"}"#), ("# c \\\na=1", #"{"a":"1"}"#),
      ("a=\\\n\n", #"{"a":""}"#),
      ("a=é # no comment", #"{"a":"é # no comment"}"#), ("a \\\n = b", #"{"a":"b"}"#), ("", "{}"), ("\u{FEFF}a=1", #"{"a":"1"}"#),
    ])
  func lines(source: String, canonical: String) throws {
    #expect(try read(source, as: .properties).canonicalJSON() == canonical)
  }

  @Test("A key that stands twice and a broken escape are refused with their place")
  func refusals() throws {
    #expect(
      try failure("a=1\n b=2\n a:3", as: .properties)
        == DocumentError(.duplicateKey, "this key stands for the second time in its map", at: Position(line: 3, column: 2, offset: 10)))
    #expect(try failure("a=\\u12", as: .properties).position?.column == 3)
    #expect(try failure("a=\\ud800x", as: .properties).problem.contains("surrogate"))
  }
}
