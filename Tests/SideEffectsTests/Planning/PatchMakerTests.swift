import SideEffects
import Testing

@Suite("A patch of a value")
struct PatchMakerTests {
  /// Makes the patch for the one place where `value` stands in the text, and lets git put it in.
  private func apply(_ path: String, _ text: String, _ value: String, _ new: String) throws -> (patch: ValuePatch, result: String) {
    let content = Array(text.utf8)
    let bytes = Array(value.utf8)
    let start = try #require((0...(content.count - bytes.count)).first { content[$0...].starts(with: bytes) })
    let patch = try PatchMaker.patch(of: Text(path), content: content, replacing: start..<(start + bytes.count), with: Array(new.utf8))
    return (patch, try GitApply.text(of: path, content, after: [(patch.text, patch.needsUnidiffZero)]))
  }

  private static let go = """
    var gates = map[string]Gate{
    \tOne: {
    \t\t{Version: "1.27", Default: false},
    \t\t{Version: "1.34", Default: true},
    \t},
    \tTwo: {
    \t\t{Version: "1.30", Default: false},
    \t},
    }

    """

  @Test("changes exactly those bytes and shows three lines around them")
  func exact() throws {
    let (patch, result) = try apply("pkg/features.go", Self.go, "true", "false")
    #expect(result == Self.go.replacing("true", with: "false"))
    #expect(!patch.needsUnidiffZero)
    #expect(
      patch.text.string == """
        --- a/pkg/features.go
        +++ b/pkg/features.go
        @@ -1,7 +1,7 @@
         var gates = map[string]Gate{
         \tOne: {
         \t\t{Version: "1.27", Default: false},
        -\t\t{Version: "1.34", Default: true},
        +\t\t{Version: "1.34", Default: false},
         \t},
         \tTwo: {
         \t\t{Version: "1.30", Default: false},

        """)
  }

  @Test(
    "works at the beginning, at the end, without a last newline, and on a file of one line",
    arguments: [
      "a: old\nb: 1\nc: 2\nd: 3\ne: 4\n", "b: 1\nc: 2\nd: 3\ne: 4\na: old\n", "b: 1\nc: 2\na: old", "a: old", "a: old\n", "a: old\nb: 1",
    ])
  func edges(text: String) throws {
    #expect(try apply("flags.yaml", text, "old", "new and longer").result == text.replacing("old", with: "new and longer"))
  }

  @Test("keeps carriage returns and bytes that look like a patch")
  func carriageReturns() throws {
    let text = "--- a: 1\r\n+++ b: 2\r\nc: old\r\n@@ d: 4\r\n\r\n"
    #expect(try apply("flags.txt", text, "old", "new").result == text.replacing("old", with: "new"))
  }

  @Test("replaces a value of several lines, by one of several lines")
  func severalLines() throws {
    let text = "a: 1\nlist:\n  - x: 1\n  - y: 2\nb: 2\n"
    #expect(
      try apply("flags.yaml", text, "x: 1\n  - y: 2", "z: 0\n  - w: 1\n  - v: 2").result
        == "a: 1\nlist:\n  - z: 0\n  - w: 1\n  - v: 2\nb: 2\n")
  }

  @Test(
    "applies to files whose names hold spaces, quotes, backslashes and controls",
    arguments: ["my flags/a b.yaml", #"a"b\c.yaml"#, "é.yaml", "a\nb\tc.yaml"])
  func names(path: String) throws {
    #expect(try apply(path, "a: old\n", "old", "new").result == "a: new\n")
  }

  @Test(
    "cuts its context off at a line that may hold a secret",
    arguments: [
      "  apiToken: abc", "password = hunter2", "url: https://user:word@example.com/", "-----BEGIN PRIVATE KEY-----",
      "  aGVsbG8gd29ybGQgMTIz4NDU2Nzg5MA",
      "- s3cr3t", "just words", "  pwd: hunter2-horse", "name: of somebody",
    ])
  func secretContext(line: String) throws {
    let above = try apply("flags.yaml", "x: 1\n\(line)\nnear: 2\nflag: old\nb: 1\n", "old", "new").patch
    #expect(!above.text.string.contains(line))
    #expect(above.text.string.contains("\n near: 2\n"))
    #expect(!above.text.string.contains("x: 1"))
    let below = try apply("flags.yaml", "x: 1\nflag: old\n\(line)\ny: 3\n", "old", "new").patch
    #expect(!below.text.string.contains(line))
    #expect(!below.text.string.contains("y: 3"))
    #expect(below.needsUnidiffZero)
  }

  @Test("shows no other line of an environment or properties file", arguments: [".env", "prod.env", "app.properties", ".env.local"])
  func allValues(path: String) throws {
    let (patch, result) = try apply(path, "DSN=abc\nFLAG=false\n\nOTHER=def\n", "false", "true")
    #expect(result == "DSN=abc\nFLAG=true\n\nOTHER=def\n")
    #expect(!patch.text.string.contains("DSN") && !patch.text.string.contains("OTHER"))
  }

  @Test(
    "is refused where a secret may stand in the changed line itself",
    arguments: [
      #"{"token": "abc", "flag": old}"#, "{password: hunter2, flag: old}", "flag: old # https://u:p@host/",
      "flag: old, id: a1b2c3d4e5f6a7b8c9d0e1f2",
      "auth_token \"x\" flag = old", "flow: {flag: old, pwd: hunter3-horse}", "flag: old, name: x",
    ])
  func secretLine(line: String) {
    #expect(throws: PatchProblem.holdsSecret) { try apply("flags.conf", line + "\n", "old", "new") }
  }

  @Test(
    "is made where only the flag's own name sounds like one",
    arguments: [
      "tokenRefresh: old", "\tStructuredAuthenticationConfiguration: {Default: old, PreRelease: featuregate.Beta},",
      #"  "auth.enabled": old,"#, "passkeys = old",
      #"{"authEnabled": true, "keys": 12, "flag": old}"#, #"  "secretRotation": "old""#,
    ])
  func harmlessLine(line: String) throws {
    #expect(try apply("flags.go", line + "\n", "old", "new").result == line.replacing("old", with: "new") + "\n")
  }

  @Test("is refused where there is nothing to change or no place, and where it is no text")
  func problems() {
    let content = Array("a: 1\n".utf8)
    #expect(throws: PatchProblem.unchanged) { try PatchMaker.patch(of: "a", content: content, replacing: 3..<4, with: Array("1".utf8)) }
    #expect(throws: PatchProblem.outside) { try PatchMaker.patch(of: "a", content: content, replacing: 3..<9, with: []) }
    #expect(throws: PatchProblem.notText) {
      try PatchMaker.patch(of: "a", content: [0xFF, 0x31, 0x0A], replacing: 1..<2, with: Array("2".utf8))
    }
  }
}
