public import Documents

/// The keys that one section of a configuration or manifest may have: what the reader checks by and the JSON Schema is made of.
public struct KeyTable: Sendable {
  /// What may stand behind a key.
  public indirect enum Shape: Sendable {
    /// A string. `named` is what people call it: a path, a template, a condition.
    case text(named: String)
    /// A string, a number or a boolean, taken as text.
    case scalar
    case boolean
    case integer(ClosedRange<Int>)
    case word([String])
    case list(Shape)
    /// One, or a list of them.
    case oneOrMore(Shape)
    /// Any keys, the same shape behind each.
    case map(Shape)
    /// A section; a closure, since sections hold each other.
    case table(@Sendable () -> KeyTable)
    /// The first whose form (text, list, map) fits.
    case either([Shape])
    /// Any tree.
    case anything
  }

  public struct Key: Sendable {
    public let name: String
    public let shape: Shape
    public let isRequired: Bool
    /// False for a key whose meaning is known and not built yet: it is refused by name, never ignored.
    public let isBuilt: Bool
    /// A sentence for editors and docs.
    public let help: String
    public let example: String?

    public init(
      _ name: String, _ shape: Shape, isRequired: Bool = false, isBuilt: Bool = true, help: String, example: String? = nil
    ) {
      (self.name, self.shape, self.isRequired, self.isBuilt) = (name, shape, isRequired, isBuilt)
      (self.help, self.example) = (help, example)
    }
  }

  /// Unique among the tables of one language; the schema's definitions are called so.
  public let name: String
  public let help: String
  public let keys: [Key]

  public init(_ name: String, help: String, keys: [Key]) { (self.name, self.help, self.keys) = (name, help, keys) }
}

/// Checks documents against key tables and gathers every reason, with its place.
public struct KeyChecker {
  public let file: Text
  public private(set) var problems: [Diagnostic] = []

  public init(file: Text) { self.file = file }

  /// Notes a problem at a place of the file.
  public mutating func note(_ rule: Text, _ sentence: String, advice: String = "", at span: SourceSpan?) {
    problems.append(Diagnostic(rule, sentence, advice: advice, place: place(span)))
  }

  public func place(_ span: SourceSpan?) -> Diagnostic.Place {
    .file(file, line: span?.start.line ?? 0, column: span?.start.column ?? 0)
  }

  /// Checks a section with all that is below it; `name` is what it is called in messages.
  public mutating func check(_ document: Document, against table: KeyTable, called name: String) {
    guard let members = document.members else {
      note("wrong-form", "\(name) must be a section of keys, not \(Self.form(of: document))", advice: "Write its keys below it, indented.", at: document.span)
      return
    }
    for member in members {
      guard let key = table.keys.first(where: { $0.name.utf8.elementsEqual(member.key.utf8) }) else {
        let nearest = NearestKey.of(member.key, among: table.keys.map(\.name))
        let known = table.keys.map { "`\($0.name)`" }.joined(separator: ", ")
        note(
          "unknown-key", "unknown key `\(member.key)` in \(name)", advice: nearest.map { "Did you mean `\($0)`?" } ?? "Known here: \(known).",
          at: member.keySpan ?? member.value.span)
        continue
      }
      guard key.isBuilt else {
        note(
          "not-built", "`\(key.name)` in \(name) is known to the language and not built yet", advice: "This version can't do what it says: leave it out, or use the exec engine once it is there.",
          at: member.keySpan ?? member.value.span)
        continue
      }
      check(member.value, against: key.shape, called: "`\(key.name)`")
    }
    for key in table.keys where key.isRequired && document[key.name] == nil {
      note("missing-key", "\(name) has no `\(key.name)`", advice: "Add it: \(key.help)" + (key.example.map { " For example `\($0)`." } ?? ""), at: document.span)
    }
  }

  public mutating func check(_ document: Document, against shape: KeyTable.Shape, called name: String) {
    switch shape {
    case .anything: break
    case .text(let called): expect(document.text != nil, "\(name) must be \(called), written as text", document)
    case .scalar: expect(document.plainText != nil, "\(name) must be text, a number or a boolean", document)
    case .boolean: expect(document.boolean != nil, "\(name) must be true or false", document)
    case .integer(let range):
      let value = document.number.flatMap { Int($0) }
      expect(value.map(range.contains) ?? false, "\(name) must be a whole number from \(range.lowerBound) to \(range.upperBound)", document)
    case .word(let words):
      guard let text = document.plainText, words.contains(text) else {
        let nearest = document.plainText.flatMap { NearestKey.of($0, among: words) }
        note(
          "wrong-value", "\(name) must be one of \(words.joined(separator: ", "))", advice: nearest.map { "Did you mean `\($0)`?" } ?? "", at: document.span)
        return
      }
    case .list(let shape):
      guard let elements = document.list else {
        expect(false, "\(name) must be a list", document)
        return
      }
      for element in elements { check(element, against: shape, called: "an element of \(name)") }
    case .oneOrMore(let shape):
      guard let elements = document.list else {
        check(document, against: shape, called: name)
        return
      }
      for element in elements { check(element, against: shape, called: "an element of \(name)") }
    case .map(let shape):
      guard let members = document.members else {
        expect(false, "\(name) must be a section with names of its own", document)
        return
      }
      for member in members { check(member.value, against: shape, called: "`\(member.key)`") }
    case .table(let table): check(document, against: table(), called: name)
    case .either(let shapes):
      guard let shape = shapes.first(where: { $0.fits(document) }) else {
        expect(false, "\(name) can't be \(Self.form(of: document))", document)
        return
      }
      check(document, against: shape, called: name)
    }
  }

  private mutating func expect(_ holds: Bool, _ sentence: String, _ document: Document) {
    if !holds { note("wrong-form", sentence, at: document.span) }
  }

  static func form(of document: Document) -> String {
    switch document.content {
    case .null: "empty"
    case .boolean: "a boolean"
    case .number: "a number"
    case .text: "text"
    case .list: "a list"
    case .map: "a section"
    }
  }
}

extension KeyTable.Shape {
  /// Whether the outer form fits; what is inside is checked later.
  func fits(_ document: Document) -> Bool {
    switch self {
    case .text: document.text != nil
    case .scalar, .word: document.plainText != nil
    case .boolean: document.boolean != nil
    case .integer: document.number != nil
    case .list: document.list != nil
    case .oneOrMore(let shape): document.list != nil || shape.fits(document)
    case .map, .table: document.members != nil
    case .either(let shapes): shapes.contains { $0.fits(document) }
    case .anything: true
    }
  }
}
