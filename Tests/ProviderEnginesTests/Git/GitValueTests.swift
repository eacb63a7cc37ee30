import SideEffects
import Testing

@Suite("The git engine reads a flag")
struct GitValueTests {
  @Test("out of each format by its path, with the place of its value")
  func formats() async throws {
    let repository = try GitRepository(files: [
      "a.yaml": "features:\n  dark: true # yes\n  size: 10\nother: text\n", "b.yml": "on: off\n",
      "c.json": "{\"features\": {\"fast\": false}}\n",
      "d.toml": "[features]\nslow = true\n", "e.properties": "features.new=on\nplain=false\n", ".env": "export DARK=yes\n",
      "prod.env": "LIGHT=no\n",
    ])
    let look = try await FlagLook.files(repository.path, ref: "HEAD", files: ["**"])
    #expect(
      look.values == [
        "a.yaml features.dark": "true", "a.yaml features.size": "10", "a.yaml other": "secret", "b.yml on": "off",
        "c.json features.fast": "false", "d.toml features.slow": "true",
        "e.properties features.new": "on", "e.properties plain": "false", ".env DARK": "yes", "prod.env LIGHT": "no",
      ])
    #expect(look.completeness.isComplete)
    let dark = try #require(look.resources.first { $0.name == "features.dark" }?.location)
    #expect(dark == SourceLocation(path: "a.yaml", line: 2, bytes: 18..<22))
  }

  @Test("by a path of the user's, also where a format has dotted names instead of folders of names")
  func paths() async throws {
    let repository = try GitRepository(files: [
      "a.yaml": "features:\n  dark: true\n  size: 10\nother: true\n",
      "e.properties": "features.new=maybe\nfeatures.deep.x=1\nother=true\nfeatures=no\n",
    ])
    let one = try await FlagLook.files(repository.path, files: ["*"], path: ["features.*"])
    #expect(one.values == ["a.yaml features.dark": "true", "a.yaml features.size": "10", "e.properties features.new": "secret"])
    let all = try await FlagLook.files(repository.path, files: ["*"], path: ["features.**", "features.size"])
    #expect(
      all.values == [
        "a.yaml features.dark": "true", "a.yaml features.size": "10", "e.properties features.new": "secret",
        "e.properties features.deep.x": "1", "e.properties features": "no",
      ])
    #expect(one.completeness.isComplete && all.completeness.isComplete)
  }

  @Test("out of source text by a pattern with named captures, wherever it stands")
  func pattern() async throws {
    let repository = try GitRepository(files: [
      "src/a.src": "x\n  flag dark = true;\nflag size = 3;\n", "b.src": "flag other = false;", "c.txt": "flag no = true;",
    ])
    let look = try await FlagLook.pattern(repository.path)
    #expect(look.values == ["dark": "true", "size": "3", "other": "false"])
    #expect(look.resources.first { $0.name == "dark" }?.location == SourceLocation(path: "src/a.src", line: 2, bytes: 16..<20))
    #expect(look.completeness == .complete(Evidence(reads: 2, items: 3, ends: [.treeWalked])))
  }

  @Test("whatever ends its lines, and behind a byte order mark")
  func lineEnds() async throws {
    let mark = "\u{FEFF}"
    let repository = try GitRepository(files: [
      "a.yaml": "\(mark)features:\r\n  dark: true\r\n", "c.json": "\(mark){\"fast\":\r\n true}\r\n", "d.toml": "\(mark)slow = true\r\n",
      "e.properties": "\(mark)new=on\r\n", ".env": "\(mark)DARK=yes\r\nLIGHT=no\r\n",
    ])
    let look = try await FlagLook.files(repository.path, files: ["**"])
    #expect(
      look.values == [
        "a.yaml features.dark": "true", "c.json fast": "true", "d.toml slow": "true", "e.properties new": "on", ".env DARK": "yes",
        ".env LIGHT": "no",
      ])
    #expect(look.gaps == [])
    try repository.write("x.src", "\(mark)flag one = true;\r\nflag two = false;\r\n")
    #expect(try await FlagLook.pattern(repository.path).values["two"] == "false")
  }

  @Test("as a fingerprint where a dotenv or properties file holds neither a boolean nor a number, and never as it is")
  func secrets() async throws {
    let planted = "geheim-4711-token"
    let repository = try GitRepository(files: [
      ".env":
        "PASSWORD=\(planted)\nQUOTED=\"\(planted)\"\nURL=https://user:\(planted)@host.example/?key=\(planted)\nON=true\nPORT=8080\nRATE=0.5\nEMPTY=\n",
      "a.properties": "password=\(planted)\n", "broken.env": "A=true\n\(planted) stands here\n",
      "twice.properties": "x=\(planted)\nx=\(planted)\n",
      "u.yaml": "url: https://user:\(planted)@host.example/?key=\(planted)\n",
    ])
    let look = try await FlagLook.files(repository.path, files: ["**"], path: ["*"])
    #expect(
      look.values[".env PASSWORD"] == "secret" && look.values["a.properties password"] == "secret" && look.values[".env URL"] == "secret")
    #expect([".env ON", ".env PORT", ".env RATE", ".env EMPTY"].map { look.values[$0] } == ["true", "8080", "0.5", ""])
    let same = look.resources.filter { ["PASSWORD", "QUOTED"].contains($0.name) }.map { $0.attributes["value"] }
    #expect(same.count == 2 && same[0] == same[1], "equal secrets compare equal")
    #expect(look.gaps == ["unparsable broken.env:2", "unparsable twice.properties:2"])
    #expect(!look.everything.contains("geheim") && !look.everything.contains("4711"))
  }

  @Test("that is no switch any more, since its key is still there")
  func turned() async throws {
    let repository = try GitRepository(files: [
      "a.yaml": "a: beta\nb: 25\nc:\nd: []\ne: [x, 1]\nf: {}\ng: [{on: true}]\n", "b.json": "{\"a\": null, \"b\": {\"c\": 0}}\n",
      ".env": "A=auto\nB=1\nC=\n", "c.properties": "a=0\nb=1.5\n", "empty.yaml": "# nothing\n", "none.json": "{}\n",
    ])
    let look = try await FlagLook.files(repository.path, files: ["**"])
    #expect(
      look.values.filter { !["a.yaml d", "a.yaml e", "a.yaml f"].contains($0.key) } == [
        "a.yaml a": "secret", "a.yaml b": "25", "a.yaml c": "null", "a.yaml g[0].on": "true", "b.json a": "null", "b.json b.c": "0",
        ".env A": "secret", ".env B": "1", ".env C": "", "c.properties a": "0", "c.properties b": "1.5",
      ])
    #expect(["a.yaml d", "a.yaml e", "a.yaml f"].allSatisfy { look.values[$0] != nil }, "an empty section and a list are values")
    #expect(look.completeness.isComplete)
    let named = try await FlagLook.files(repository.path, files: ["*.yaml", "*.json"], path: ["a", "c", "*.c"])
    #expect(named.values == ["a.yaml a": "beta", "a.yaml c": "null", "b.json a": "null", "b.json b.c": "0"])
    #expect(named.completeness.isComplete, "what a path doesn't fit hides nothing beside it")
  }

  @Test("as a fingerprint wherever only `**` found it and it may be a secret")
  func unnamed() async throws {
    let repository = try GitRepository(files: [
      "a.yaml": "db: {password: 471147114711, host: geheim.example}\nkeys: [geheim]\nvariant: blue\nport: 471147\n",
      "b.env": "DB_PASSWORD=471147114711\nPORT=471147\n",
    ])
    let look = try await FlagLook.files(repository.path, files: ["**"], path: ["**", "variant"])
    let shown = ["a.yaml variant", "a.yaml port", "b.env PORT"]
    #expect(shown.map { look.values[$0] } == ["blue", "471147", "471147"])
    #expect(["a.yaml db.password", "a.yaml db.host", "b.env DB_PASSWORD"].allSatisfy { look.values[$0] == "secret" })
    #expect(look.values.count == 7)
    #expect(!look.everything.contains("geheim") && !look.everything.contains("4711471147"))
  }

  @Test("once where it stands in two places with one value, and as a gap of its own where the values differ")
  func twice() async throws {
    let repository = try GitRepository(files: [
      "a.src": "flag same = true;\nflag other = true;", "b.src": "flag same = true;\n\nflag other = false;",
      "c.yaml": "x: true\n---\nx: false\n",
    ])
    let look = try await FlagLook.pattern(repository.path)
    #expect(look.values == ["same": "true", "other": "true"])
    #expect(look.gaps == ["defined-twice b.src:3"])
    #expect(look.diagnostics[0].sentence == "other is set differently at a.src:2 and b.src:3; the first is taken")
    #expect(try await FlagLook.files(repository.path).gaps == ["defined-twice c.yaml:3"])
  }

  @Test("at its new place when its file was renamed")
  func renamed() async throws {
    let repository = try GitRepository(files: ["a.yaml": "dark: true\n"])
    try repository.write("config/c.txt", "")
    try repository.git(["mv", "a.yaml", "config/b.yaml"])
    let look = try await FlagLook.files(repository.path)
    #expect(look.values == ["config/b.yaml dark": "true"])
    #expect(look.resources[0].name == "dark", "the natural key by which the two are joined")
  }

  @Test("deep in folders, and among ten thousand files in time", .timeLimit(.minutes(3)))
  func many() async throws {
    let repository = try GitRepository()
    var stream = "commit refs/heads/main\ncommitter C <c@example.com> 1700000000 +0000\ndata 1\nx\n"
    func add(_ name: String, _ text: String) { stream += "M 644 inline \(name)\ndata \(text.utf8.count)\n\(text)\n" }
    for number in 0..<10_000 { add("f\(number % 100)/\(number).src", "flag f\(number) = \(number.isMultiple(of: 2));\n") }
    let deep = Array(repeating: "d", count: 300).joined(separator: "/")
    add("\(deep)/x.src", "flag deep = true;")
    try repository.git(["fast-import", "--quiet"], input: Array(stream.utf8))
    let clock = ContinuousClock()
    let began = clock.now
    let look = try await FlagLook.pattern(repository.path, ref: "main")
    #expect(clock.now - began < .seconds(60))
    #expect(look.values.count == 10_001 && look.values["deep"] == "true" && look.values["f9999"] == "false")
    #expect(look.completeness.isComplete)
  }
}
