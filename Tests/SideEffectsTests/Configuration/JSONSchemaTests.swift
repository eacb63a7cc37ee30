import Documents
import SideEffects
import Testing

@Suite("JSON Schema of the configuration")
struct JSONSchemaTests {
  static let schema = JSONSchema.schema(for: Configuration.keys, title: "audit-residue.yaml")

  /// All tables that hang below one, itself included.
  static func tables(below table: KeyTable, known: [KeyTable] = []) -> [KeyTable] {
    guard !known.contains(where: { $0.name == table.name }) else { return known }
    return table.keys.reduce(known + [table]) { tables(in: $1.shape, known: $0) }
  }

  private static func tables(in shape: KeyTable.Shape, known: [KeyTable]) -> [KeyTable] {
    switch shape {
    case .table(let table): tables(below: table(), known: known)
    case .list(let shape), .oneOrMore(let shape), .map(let shape): tables(in: shape, known: known)
    case .either(let shapes): shapes.reduce(known) { tables(in: $1, known: $0) }
    case .text, .scalar, .boolean, .integer, .word, .anything: known
    }
  }

  @Test("every section is a definition with its keys, its required ones and no others")
  func definitions() throws {
    #expect(Self.schema["$schema"]?.text == "https://json-schema.org/draft/2020-12/schema")
    #expect(Self.schema["$ref"]?.text == "#/$defs/configuration")
    let tables = Self.tables(below: Configuration.keys)
    #expect(tables.map(\.name) == ["configuration", "watch", "secret", "restore", "selector", "ignore", "acknowledgement", "limits", "upgrades"])
    #expect(Self.schema["$defs"]?.members?.map(\.key) == tables.map(\.name).sorted())
    for table in tables {
      let definition = try #require(Self.schema["$defs"]?[table.name])
      #expect(definition["description"]?.text == table.help)
      #expect(definition["additionalProperties"]?.boolean == false)
      #expect(definition["properties"]?.members?.map(\.key) == table.keys.map(\.name))
      #expect(definition["required"]?.list?.compactMap(\.text) ?? [] == table.keys.filter(\.isRequired).map(\.name))
      for key in table.keys { #expect(definition["properties"]?[key.name]?["description"]?.text == key.help) }
    }
  }

  @Test("each shape has the schema that accepts what the checker accepts")
  func shapes() {
    let inner = KeyTable("inner", help: "Inner.", keys: [.init("again", .table { Self.recursive }, help: "Again.")], isChoice: true)
    let table = KeyTable(
      "outer", help: "Outer.",
      keys: [
        .init("text", .text(named: "a text"), isRequired: true, help: "T."), .init("scalar", .scalar, help: "S."),
        .init("boolean", .boolean, help: "B."), .init("number", .integer(2...5), help: "N."),
        .init("word", .word(["none", "1", "true"]), help: "W."),
        .init("many", .oneOrMore(.boolean), help: "M."), .init("map", .map(.list(.boolean)), help: "P."),
        .init("either", .either([.boolean, .table { inner }]), help: "E."), .init("anything", .anything, help: "A."),
        .init("later", .boolean, isBuilt: false, help: "L."),
      ])
    let expected = #"""
      {"$defs":{"inner":{"additionalProperties":false,"description":"Inner.","maxProperties":1,"minProperties":1,"properties":{"again":{"$ref":"#/$defs/recursive","description":"Again."}},"type":"object"},"outer":{"additionalProperties":false,"description":"Outer.","properties":{"anything":{"description":"A."},"boolean":{"description":"B.","type":"boolean"},"either":{"anyOf":[{"type":"boolean"},{"$ref":"#/$defs/inner"}],"description":"E."},"later":{"description":"L. Not built yet: it is refused.","not":{}},"many":{"anyOf":[{"type":"boolean"},{"items":{"type":"boolean"},"type":"array"}],"description":"M."},"map":{"additionalProperties":{"items":{"type":"boolean"},"type":"array"},"description":"P.","type":"object"},"number":{"description":"N.","maximum":5,"minimum":2,"type":"integer"},"scalar":{"description":"S.","type":["string","number","boolean"]},"text":{"description":"T.","type":"string"},"word":{"description":"W.","enum":["none","1",1,"true",true]}},"required":["text"],"type":"object"},"recursive":{"additionalProperties":false,"description":"Recursive.","properties":{"self":{"$ref":"#/$defs/recursive","description":"Self."}},"type":"object"}},"$ref":"#/$defs/outer","$schema":"https://json-schema.org/draft/2020-12/schema","title":"Outer"}
      """#
    #expect(JSONSchema.schema(for: table, title: "Outer").canonicalJSON() == expected)
  }

  private static let recursive: KeyTable = KeyTable(
    "recursive", help: "Recursive.", keys: [.init("self", .table { recursive }, help: "Self.")])

  @Test("every help text is a sentence")
  func sentences() {
    for table in Self.tables(below: Configuration.keys) {
      for help in [table.help] + table.keys.map(\.help) {
        #expect(help.hasSuffix(".") && help.first?.isUppercase == true, "\(table.name): \(help)")
      }
    }
  }

  /// What the form alone decides: the reader and the schema must be of one mind about each.
  static let samples: [(yaml: String, isRight: Bool)] = {
    func watch(_ more: String) -> String { "{version: 1, watches: [{name: a, provider: b, \(more)}]}" }
    func top(_ more: String) -> String { "{version: 1, watches: [{name: a, provider: b}], \(more)}" }
    let right = [
      wholeConfiguration, watch("owner: c"), watch("with: {a: 1, b: [x, 2, true], c: false, d: 1.5}"),
      watch("secrets: {a: {env: A}, b: {file: f}, c: {command: [p]}}"),
      watch("only: [x]"), top("store: /s"), top("restores: [{name: r, covers: [{watch: a, kind: k, id: 1}]}]"), top("restores: []"),
      top("ignore: [{watch: a, because: b}]"), top("acknowledge: [{watch: a, code: c, because: d}]"), top("copies: []"),
    ]
    let wrong = [
      "[]", "text", "{version: 1}", "{watches: [{name: a, provider: b}]}", "{version: 2, watches: [{name: a, provider: b}]}",
      "{version: one, watches: [{name: a, provider: b}]}", "{version: 1, watches: {name: a}}", "{version: 1, watches: [{name: a}]}",
      "{version: 1, watches: [a]}",
      watch("owner: [c]"), watch("owner: 3"), watch("with: [a]"), watch("with: {a: {b: c}}"), watch("with: {a: }"),
      watch("with: {a: [[b]]}"),
      watch("secrets: {a: b}"), watch("secrets: {a: {}}"), watch("secrets: {a: {env: A, file: b}}"), watch("secrets: {a: {env: [A]}}"),
      watch("secrets: {a: {command: p}}"), watch("secrets: {a: {vault: p}}"), watch("only: x"), watch("only: [1]"), watch("colour: red"),
      top("store: [a]"), top("store: "), top("copies: /c"), top("copies: [1]"), top("restores: [{covers: [{watch: a}]}]"),
      top("restores: [{name: r, covers: [{kind: k}]}]"), top("restores: [{name: r, covers: [a]}]"),
      top("restores: [{name: r, covers: [{watch: a, when: b}]}]"),
      top("ignore: [{watch: a}]"), top("ignore: [{because: a}]"), top("ignore: [{watch: a, because: [b]}]"),
      top("acknowledge: [{watch: a, because: b}]"),
      top("acknowledge: [{watch: a, code: c, because: d, id: e}]"), top("acknowledge: {}"), top("more: 1"),
    ]
    return right.map { ($0, true) } + wrong.map { ($0, false) }
  }()

  @Test("the reader decides by the form as the samples say", arguments: samples)
  func reader(yaml: String, isRight: Bool) {
    #expect(problems(in: yaml).isEmpty == isRight)
  }

  @Test(
    "an independent validator decides as the reader does",
    .enabled(if: JSONSchemaValidator.isThere, "skipped: python3 with the package jsonschema is not installed"))
  func validator() throws {
    var documents: [Document] = []
    for sample in Self.samples { documents += try DocumentFormat.yaml.read(Array(sample.yaml.utf8)) }
    let decided = try JSONSchemaValidator.decide(documents, by: Self.schema)
    #expect(decided.count == Self.samples.count)
    for (sample, isRight) in zip(Self.samples, decided) { #expect(isRight == sample.isRight, "\(sample.yaml)") }
  }
}
