import Documents
import Testing

@Suite("Reading dotenv files")
struct DotenvReaderTests {
  @Test(
    "Names, quotes, escapes and comments read as docker compose and the dotenv libraries agree on them",
    arguments: [
      ("A=b", #"{"A":"b"}"#), ("export A=b\nexport\tB = c ", #"{"A":"b","B":"c"}"#), ("A=", #"{"A":""}"#), ("A= # c", #"{"A":""}"#),
      ("A=b # c", #"{"A":"b"}"#),
      ("A=b#c", #"{"A":"b#c"}"#), ("A=#c", ##"{"A":"#c"}"##), ("# c\n\n  A=1\r\nB=2\r\n", #"{"A":"1","B":"2"}"#),
      ("A='x # \\n $Y'", #"{"A":"x # \\n $Y"}"#),
      ("A='x\ny' # c\nB=1", #"{"A":"x\ny","B":"1"}"#), (#"A="x\n\t\"\\\$\q # y""#, #"{"A":"x\n\t\"\\$\\q # y"}"#),
      ("A=\"x\ny\"", #"{"A":"x\ny"}"#),
      ("A=true\nB=1.0", #"{"A":"true","B":"1.0"}"#), ("A=a b  c", #"{"A":"a b  c"}"#), ("A=x'y'", #"{"A":"x'y'"}"#),
      ("A: b", #"{"A":"b"}"#), ("A=b=c", #"{"A":"b=c"}"#),
      ("export=1\nexported=2", #"{"export":"1","exported":"2"}"#), ("A\nexport B # c", #"{"A":null,"B":null}"#),
      ("a.b-C_1=${X:-y}", #"{"a.b-C_1":"${X:-y}"}"#), ("", "{}"),
    ])
  func lines(source: String, canonical: String) throws {
    #expect(try read(source, as: .dotenv).canonicalJSON() == canonical)
  }

  @Test(
    "What is no line of a dotenv file is refused with its place",
    arguments: [
      ("A=1\n1A=2", 2, 1, "name belongs"), ("=x", 1, 1, "name belongs"), ("A B=1", 1, 3, "equals sign"), ("A='x' y", 1, 7, "closing quote"),
      ("A='x\n\n", 1, 3, "never closed"),
      ("B=1\nA=\"x\\\"", 2, 3, "never closed"), ("A=1\nA=2", 2, 1, "second time"), ("A:b", 1, 2, "equals sign"),
    ])
  func refusals(source: String, line: Int, column: Int, words: String) throws {
    let error = try failure(source, as: .dotenv)
    #expect(error.position.map { [$0.line, $0.column] } == [line, column])
    #expect(error.problem.contains(words))
  }
}
