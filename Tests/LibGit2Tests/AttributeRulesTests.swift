import LibGit2
import Testing

@Suite("Attributes")
struct AttributeRulesTests {
  private static let root = """
    # a comment
    *.pb.go linguist-generated
    vendor/** linguist-vendored
    /top.txt linguist-vendored=true
    docs/*.md linguist-vendored
    **/gen/*.c linguist-generated=true
    a/**/z linguist-vendored
    [attr]foreign linguist-vendored -linguist-generated text=auto
    lib/* foreign
    "with space/*.x" linguist-vendored
    "caf\\303\\251" linguist-vendored
    [ab]?.[!0-9] linguist-vendored
    x[[:digit:]] linguist-vendored
    folder/ linguist-vendored
    !negative linguist-vendored
    *.min.* linguist-vendored linguist-vendored=false
    keep -linguist-vendored
    odd[ linguist-vendored
    esc\\*aped linguist-vendored
    deep/**\tlinguist-vendored   linguist-generated
    *.bin binary
    """
  private static let nested = """
    *.pb.go !linguist-generated
    own linguist-vendored
    /sub/own -linguist-vendored
    up* foreign
    """
  private static let paths = [
    "a.pb.go", "x/a.pb.go", "vendor/a", "vendor/b/c", "vendored/a", "top.txt", "x/top.txt", "docs/a.md", "docs/x/a.md", "x/docs/a.md",
    "gen/a.c", "x/y/gen/a.c", "gen/x/a.c", "a/z", "a/b/z", "a/b/c/z", "a/z/b", "lib/a", "lib/a/b", "with space/a.x", "café", "a1.b",
    "c1.b", "a1.1", "x1", "xa", "folder/a", "folder", "negative", "!negative", "a.min.js", "keep", "odd[", "esc*aped", "escXaped",
    "deep/a", "deep/a/b", "deep", "nested/a.pb.go", "nested/own", "nested/sub/own", "nested/x/sub/own", "nested/upper", "a.bin",
  ]
  private static let names = ["linguist-vendored", "linguist-generated", "text", "diff", "foreign"]

  @Test("of every path are what git check-attr says")
  func asGit() throws {
    let folder = try TemporaryFolder(repository: "r")
    try folder.write("r/.gitattributes", Self.root)
    try folder.write("r/nested/.gitattributes", "\u{FEFF}" + Self.nested + "\r\n")
    var rules = AttributeRules()
    rules.add(Array(("\u{FEFF}" + Self.nested + "\r\n").utf8), in: RepositoryPath("nested"))
    rules.add(Array(Self.root.utf8), in: .root)
    let answer = try folder.fields(in: "r", ["check-attr", "-z"] + Self.names + ["--"] + Self.paths)
    #expect(answer.count == 3 * Self.names.count * Self.paths.count)
    for index in stride(from: 0, to: answer.count, by: 3) {
      let (path, name) = (RepositoryPath(answer[index]), String(decoding: answer[index + 1], as: UTF8.self))
      let expected = String(decoding: answer[index + 2], as: UTF8.self)
      let found =
        switch rules.state(of: name, for: path) {
        case .set: "set"
        case .unset: "unset"
        case .unspecified: "unspecified"
        case .value(let text): text
        }
      #expect(found == expected, "\(name) of \(path)")
    }
  }

  @Test("say yes when they are set or true")
  func truth() {
    var rules = AttributeRules()
    rules.add(Array("a x\nb x=true\nc x=false\nd -x\ne !x".utf8), in: .root)
    #expect("abcdef".map { rules.state(of: "x", for: RepositoryPath(String($0))).isTrue } == [true, true, false, false, false, false])
  }

  @Test("that decide one attribute say the same of it as all of them, through macros too")
  func deciding() {
    var rules = AttributeRules()
    rules.add(Array("[attr]copy linguist-vendored\n[attr]outer copy -text\na outer\nb copy\nb -copy\nc text\nd x".utf8), in: .root)
    let deciding = rules.deciding("linguist-vendored")
    #expect(deciding.count == 3)
    for path in "abcd".map({ RepositoryPath(String($0)) }) {
      #expect(deciding.state(of: "linguist-vendored", for: path) == rules.state(of: "linguist-vendored", for: path), "\(path)")
    }
    #expect(deciding.state(of: "linguist-vendored", for: RepositoryPath("a")).isTrue)
  }

  @Test("go through any number of macros that name one another")
  func chain() {
    var rules = AttributeRules()
    let macros = (0..<70_000).map { "[attr]a\($0) a\($0 + 1)" }.joined(separator: "\n")
    rules.add(Array("\(macros)\n[attr]a70000 a0 x\nfile a0".utf8), in: .root)
    for rules in [rules, rules.deciding("x")] { #expect(rules.state(of: "x", for: RepositoryPath("file")) == .set) }
  }

  @Test("of a hostile pattern take no longer than any other")
  func hostile() {
    var rules = AttributeRules()
    let pattern = String(repeating: "*a", count: 2_000) + "b/" + String(repeating: "**/a*/", count: 500) + "c x"
    rules.add(Array(pattern.utf8), in: .root)
    rules.add(Array((String(repeating: "*a", count: 5_000) + "b x").utf8), in: .root)
    rules.add(Array((String(repeating: "**/a*/", count: 2_000) + "c x").utf8), in: .root)
    let path = RepositoryPath(String(repeating: "a", count: 4_000) + String(repeating: "/a", count: 1_000))
    let duration = ContinuousClock().measure {
      #expect(rules.state(of: "x", for: path) == .unspecified)
      #expect(rules.state(of: "x", for: RepositoryPath(String(repeating: "a", count: 4_000))) == .unspecified)
    }
    #expect(duration < .seconds(20))
  }
}
