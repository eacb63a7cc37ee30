import Documents
import Testing

@Suite("Anchors, aliases and merge keys of YAML")
struct YAMLAliasTests {
  @Test(
    "An alias stands for a copy of its anchor's value",
    arguments: [
      ("a: &x 1\nb: *x", #"{"a":1,"b":1}"#), ("a: &x [1, {b: 2}]\nc: *x", #"{"a":[1,{"b":2}],"c":[1,{"b":2}]}"#),
      ("- &x a\n- &x b\n- *x", #"["a","b","b"]"#), ("&k a: 1\nb: *k", #"{"a":1,"b":"a"}"#), ("- &k a\n- *k : 1", #"["a",{"a":1}]"#),
      ("- &k ~\n- *k : 1", #"[null,{"~":1}]"#), ("- &x !t a\n- *x", #"[{"!t":"a"},{"!t":"a"}]"#), ("- &x\n- *x", "[null,null]"),
    ])
  func aliases(source: String, canonical: String) throws {
    #expect(try read(source, as: .yaml).canonicalJSON() == canonical)
  }

  @Test("An alias's span is its own; what is in the value keeps the span of where it is written")
  func spans() throws {
    let document = try read("a: &x [true]\nb: *x\n", as: .yaml)
    #expect(document["b"]?.span?.start == Position(line: 2, column: 4, offset: 16))
    #expect(document["b"]?.span?.offsets == 16..<18)
    #expect(document["b"]?[0]?.span?.offsets == 7..<11)
  }

  @Test(
    "A merge key adds the members that the map has not itself, the first map's before the next one's",
    arguments: [
      ("- &m {a: 1, b: 2}\n- {<<: *m, b: 3}", #"[{"a":1,"b":2},{"a":1,"b":3}]"#), ("- &m {a: 1}\n- {a: 2, <<: *m}", #"[{"a":1},{"a":2}]"#),
      ("- &m {a: 1}\n- &n {a: 2, b: 3}\n- <<: [*m, *n]", #"[{"a":1},{"a":2,"b":3},{"a":1,"b":3}]"#),
      ("<<: {a: 1}\nb: 2", #"{"a":1,"b":2}"#),
      ("\"<<\": {a: 1}", #"{"<<":{"a":1}}"#),
    ])
  func mergeKeys(source: String, canonical: String) throws {
    #expect(try read(source, as: .yaml).canonicalJSON() == canonical)
  }

  @Test("A merge of what is no map, and a second merge key, are refused")
  func wrongMerges() throws {
    #expect(try failure("<<: 1", as: .yaml).code == .syntax)
    #expect(try failure("<<: [{a: 1}, 2]", as: .yaml).code == .syntax)
    #expect(try failure("<<: {}\n<<: {}", as: .yaml).code == .duplicateKey)
    #expect(try failure("- &m [1]\n- {<<: *m}", as: .yaml).code == .syntax)
  }

  @Test(
    "Where aliases are not allowed, anchors, aliases and merge keys are refused with their place",
    arguments: [("a: &x 1", 4), ("a: &x [1]", 4), ("&k a: 1", 1), ("a: *x", 4), ("a: {<<: {}}", 5), ("&x {a: 1}", 1)])
  func refused(source: String, column: Int) throws {
    let error = try failure(source, as: .yaml, limits: .withoutAliases)
    #expect(error.code == .alias)
    #expect(error.position?.column == column)
    #expect(try read("\"<<\": '*x & y'", as: .yaml, limits: .withoutAliases)["<<"]?.text == "*x & y")
  }

  @Test("A bomb of aliases ends at the limit of nodes, as a value, as a key and as a merge", .timeLimit(.minutes(1)))
  func bombs() throws {
    var bomb = "a0: &a0 [x, x]\n"
    for level in 1...60 { bomb += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n" }
    #expect(try failure(bomb, as: .yaml).code == .tooManyNodes)
    #expect(try failure(bomb + "? *a60\n: 1\n", as: .yaml).code == .tooManyNodes)
    let merges = "- &m {" + (0..<1000).map { "k\($0): 1" }.joined(separator: ", ") + "}\n" + String(repeating: "- {<<: *m}\n", count: 2000)
    #expect(try failure(merges, as: .yaml).code == .tooManyNodes)
  }

  @Test("Aliases that nest each other end at the limit of depth")
  func tower() throws {
    var tower = "- &a0 [x]\n"
    for level in 1...600 { tower += "- &a\(level) [*a\(level - 1)]\n" }
    let error = try failure(tower, as: .yaml)
    #expect(error.code == .tooDeep)
    #expect(error.position?.line == 512)
  }

  @Test("A long text that is repeated by aliases ends at the limit of bytes", .timeLimit(.minutes(1)))
  func longText() throws {
    let text = "- &a " + String(repeating: "x", count: 1 << 20) + "\n" + String(repeating: "- *a\n", count: 1000)
    #expect(try failure(text, as: .yaml).code == .tooLarge)
    let keys = "- &a {" + String(repeating: "x", count: 1000) + ": 1}\n" + String(repeating: "- *a\n", count: 100)
    #expect(try failure(keys, as: .yaml, limits: DocumentLimits(bytes: 50_000)).code == .tooLarge)
  }
}
