public import Documents

/// Writes key tables as a JSON Schema, so that an editor knows the same keys as the reader.
///
/// Drafts: https://json-schema.org/draft/2020-12/schema. It says which keys there are, which are required and what may stand behind each;
/// what depends on other parts of the file, such as a watch's name that must exist, is the reader's alone.
public enum JSONSchema {
  /// The schema of a table and of all that it holds, each table a definition under `$defs`.
  public static func schema(for table: KeyTable, title: String) -> Document {
    var definitions: [String: Document] = [:]
    define(table, in: &definitions)
    return .section([
      ("$schema", .string("https://json-schema.org/draft/2020-12/schema")),
      ("title", .string(title)),
      ("$ref", reference(to: table)),
      ("$defs", .section(definitions.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })),
    ])
  }

  private static func reference(to table: KeyTable) -> Document { .string("#/$defs/\(table.name)") }

  private static func define(_ table: KeyTable, in definitions: inout [String: Document]) {
    guard definitions[table.name] == nil else { return }
    // Sections hold each other: one that is being defined must be seen as there.
    definitions[table.name] = Document(.boolean(true))
    var properties: [(String, Document)] = []
    for key in table.keys { properties.append((key.name, property(key, in: &definitions))) }
    let required = table.keys.filter(\.isRequired).map { Document.string($0.name) }
    var members: [(String, Document)] = [
      ("description", .string(table.help)), ("type", .string("object")), ("properties", .section(properties)),
      ("additionalProperties", Document(.boolean(false))),
    ]
    if !required.isEmpty { members.append(("required", Document(.list(required)))) }
    if table.isChoice { members += [("minProperties", .integer(1)), ("maxProperties", .integer(1))] }
    definitions[table.name] = .section(members)
  }

  private static func property(_ key: KeyTable.Key, in definitions: inout [String: Document]) -> Document {
    guard key.isBuilt else {
      return .section([("description", .string(key.sentence + " Not built yet: it is refused.")), ("not", .section([]))])
    }
    var members = [("description", Document.string(key.help))]
    members += schema(of: key.shape, in: &definitions)
    return .section(members)
  }

  private static func schema(of shape: KeyTable.Shape, in definitions: inout [String: Document]) -> [(String, Document)] {
    switch shape {
    case .text: return [("type", .string("string"))]
    case .scalar: return [("type", Document(.list(["string", "number", "boolean"].map(Document.string))))]
    case .boolean: return [("type", .string("boolean"))]
    case .integer(let range):
      guard range.lowerBound < range.upperBound else { return [("const", .integer(range.lowerBound))] }
      return [("type", .string("integer")), ("minimum", .integer(range.lowerBound)), ("maximum", .integer(range.upperBound))]
    case .word(let words): return [("enum", Document(.list(words.flatMap(spellings))))]
    case .list(let shape): return [("type", .string("array")), ("items", .section(schema(of: shape, in: &definitions)))]
    case .oneOrMore(let shape):
      let one = schema(of: shape, in: &definitions)
      let more: [(String, Document)] = [("type", .string("array")), ("items", .section(one))]
      return [("anyOf", Document(.list([.section(one), .section(more)])))]
    case .map(let shape): return [("type", .string("object")), ("additionalProperties", .section(schema(of: shape, in: &definitions)))]
    case .table(let table):
      let table = table()
      define(table, in: &definitions)
      return [("$ref", reference(to: table))]
    case .either(let shapes):
      var schemas: [Document] = []
      for shape in shapes { schemas.append(.section(schema(of: shape, in: &definitions))) }
      return [("anyOf", Document(.list(schemas)))]
    case .anything: return []
    }
  }

  /// A word as text, and as the number or boolean that YAML makes of it when it stands without quotes.
  private static func spellings(of word: String) -> [Document] {
    if let value = Bool(word) { return [.string(word), Document(.boolean(value))] }
    if let value = Int(word) { return [.string(word), .integer(value)] }
    return [.string(word)]
  }
}

extension Document {
  fileprivate static func string(_ text: String) -> Document { Document(.text(text)) }
  fileprivate static func integer(_ number: Int) -> Document { Document(.number(String(number))) }
  fileprivate static func section(_ members: [(String, Document)]) -> Document {
    Document(.map(members.map { Member(key: $0.0, value: $0.1) }))
  }
}
