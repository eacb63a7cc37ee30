public import Documents

/// Checks documents against key tables and gathers every reason, with its place.
public struct KeyChecker {
  public let file: Text
  public private(set) var problems: [Diagnostic] = []
  /// Whether an unknown key's message says in which section it stands.
  private let namesSections: Bool

  public init(file: Text, namesSections: Bool = true) { (self.file, self.namesSections) = (file, namesSections) }

  /// Notes a problem at a place of the file.
  public mutating func note(_ rule: Text, _ sentence: String, advice: String = "", at span: SourceSpan?) {
    problems.append(Diagnostic(rule, sentence, advice: advice, place: place(span)))
  }

  /// Notes a problem that says more than one about the form, which was noted at the same place.
  public mutating func noteInstead(_ rule: Text, _ sentence: String, advice: String = "", at span: SourceSpan?) {
    let place = place(span)
    problems.removeAll { $0.rule == "wrong-form" && $0.place == place }
    note(rule, sentence, advice: advice, at: span)
  }

  /// Where a span of this file begins; the file alone where there is none.
  public func place(_ span: SourceSpan?) -> Diagnostic.Place {
    .file(file, line: span?.start.line ?? 0, column: span?.start.column ?? 0)
  }

  /// All problems from the top of the file to its end; nil where there is none.
  public var failure: Failure? {
    let sorted = problems.enumerated().sorted { $0.element.place.sortKey(then: $0.offset) < $1.element.place.sortKey(then: $1.offset) }
    return NonEmpty(sorted.map(\.element)).map { Failure($0) }
  }

  /// Checks a section with all that is below it; `name` is what it is called in messages.
  public mutating func check(_ document: Document, against table: KeyTable, called name: String) {
    guard let members = document.members else {
      if table.standsForSecret, document.plainText != nil {
        noteLiteralSecret(name, instead: table, at: document.span)
      } else {
        note(
          "wrong-form", "\(name) must be a section of keys, not \(Self.form(of: document))", advice: "Write its keys below it, indented.",
          at: document.span)
      }
      return
    }
    var meant: Set<String> = []
    for member in members {
      guard let key = table.keys.first(where: { $0.name.utf8.elementsEqual(member.key.utf8) }) else {
        if let nearest = noteUnknown(member, of: table, called: name) { meant.insert(nearest) }
        continue
      }
      guard key.isBuilt else {
        note(
          "not-built", "`\(key.name)` in \(name) is known to the language and not built yet",
          advice: "This version can't do what it says: leave it out, or use the exec engine once it is there.",
          at: member.keySpan ?? member.value.span)
        continue
      }
      check(member.value, against: key.shape, called: "`\(key.name)`")
    }
    for key in table.keys where key.isRequired && document[key.name] == nil && !meant.contains(key.name) {
      note(
        "missing-key", "\(name) has no `\(key.name)`",
        advice: "Add it: \(key.sentence)" + (key.example.map { " For example `\($0)`." } ?? ""), at: document.span)
    }
    if table.isChoice, meant.isEmpty { checkChoice(document, of: table, called: name) }
  }

  /// Notes each thing in a value that its shape does not allow.
  public mutating func check(_ document: Document, against shape: KeyTable.Shape, called name: String) {
    switch shape {
    case .anything: break
    case .text(let called): expect(document.text != nil, "\(name) must be \(called), written as text", document)
    case .scalar: expect(document.plainText != nil, "\(name) must be text, a number or a boolean", document)
    case .boolean: expect(document.boolean != nil, "\(name) must be true or false", document)
    case .integer(let range):
      let value = document.number.flatMap { Int($0) }
      let wanted =
        range.lowerBound == range.upperBound ? "\(range.lowerBound)" : "a whole number from \(range.lowerBound) to \(range.upperBound)"
      expect(value.map(range.contains) ?? false, "\(name) must be \(wanted)", document)
    case .word(let words):
      guard let text = document.plainText, words.contains(text) else {
        let nearest = document.plainText.flatMap { NearestKey.of($0, among: words) }
        note(
          "wrong-value", "\(name) must be one of \(words.joined(separator: ", "))", advice: nearest.map { "Did you mean `\($0)`?" } ?? "",
          at: document.span)
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
      for member in members {
        // In `{SECRET}` the secret itself is a key, with nothing behind it.
        let isNamed = !(shape.standsForSecret && member.value.isNull)
        check(member.value, against: shape, called: isNamed ? "`\(member.key)`" : "a key in \(name)")
      }
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
    guard !holds else { return }
    let advice = document.isNull ? "Nothing stands behind it: write a value, or leave the key out." : ""
    note("wrong-form", sentence, advice: advice, at: document.span)
  }

  /// Gives the key that was meant, where there is one near.
  private mutating func noteUnknown(_ member: Document.Member, of table: KeyTable, called name: String) -> String? {
    let nearest = NearestKey.of(member.key, among: table.keys.map(\.name))
    let known = table.keys.map { "`\($0.name)`" }.joined(separator: ", ")
    note(
      "unknown-key", (table.standsForSecret ? "unknown key" : "unknown key `\(member.key)`") + (namesSections ? " in \(name)" : ""),
      advice: nearest.map { "Did you mean `\($0)`?" } ?? "Known here: \(known).", at: member.keySpan ?? member.value.span)
    return nearest
  }

  private mutating func checkChoice(_ document: Document, of table: KeyTable, called name: String) {
    let given = table.keys.filter { document[$0.name] != nil }.map { "`\($0.name)`" }
    let known = table.keys.map { "`\($0.name)`" }.joined(separator: ", ")
    if given.count > 1 {
      note("several-keys", "\(name) has \(given.joined(separator: " and "))", advice: "Keep one of them.", at: document.span)
    } else if given.isEmpty, document.members?.isEmpty ?? true {
      note("missing-key", "\(name) has no key", advice: "Write one of \(known).", at: document.span)
    }
  }

  private mutating func noteLiteralSecret(_ name: String, instead table: KeyTable, at span: SourceSpan?) {
    let ways = table.keys.map { key in "`{\(key.name): \(key.example ?? "…")}`" }.joined(separator: " or ")
    note(
      "literal-secret", "\(name) is a secret, and a secret is never written in this file",
      advice: "Write where it comes from: \(ways). If others could read the file, have the service issue a new one.", at: span)
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

  /// Whether it is a section that says where a secret comes from.
  var standsForSecret: Bool {
    if case .table(let table) = self { table().standsForSecret } else { false }
  }
}

extension Diagnostic.Place {
  /// Line, column and `index`, to sort by; what has no line comes first.
  fileprivate func sortKey(then index: Int) -> (Int, Int, Int) {
    switch self {
    case .file(_, let line, let column): (line, column, index)
    case .url, .nowhere: (0, 0, index)
    }
  }
}
