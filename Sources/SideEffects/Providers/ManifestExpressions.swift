import Documents
import LibPCRE2

/// Reads the texts of a manifest (paths, templates, conditions, patterns) and gathers what is wrong with them.
struct ManifestExpressions {
  var checker: KeyChecker

  init(file: Text) { checker = KeyChecker(file: file, namesSections: false) }

  /// Nil where it is absent or can't be read; then it has been noted, by the key checker or here.
  mutating func template(_ document: Document?, _ names: ManifestNames) -> Template? {
    guard let document, let text = document.plainText else { return nil }
    do { return try TemplateParser.template(text, names: names) } catch { return note(error, "template", document) }
  }

  /// `a.b` or `{a.b}`: origins take either.
  mutating func pathOrTemplate(_ document: Document?, _ names: ManifestNames) -> Template? {
    guard let document, let text = document.plainText else { return nil }
    if text.utf8.contains(UInt8(ascii: "{")) { return template(document, names) }
    guard let reference = reference(document, names) else { return nil }
    return Template(parts: [.placeholder(.init(keepsReserved: false, choices: [reference], filters: []))], source: Text(text))
  }

  mutating func path(_ document: Document?) -> DocumentPath? {
    guard let document, let text = document.text else { return nil }
    do { return try ReferenceParser.path(text) } catch { return note(error, "path", document) }
  }

  mutating func reference(_ document: Document?, _ names: ManifestNames) -> Reference? {
    guard let document, let text = document.text else { return nil }
    do { return try ReferenceParser.reference(text, names: names) } catch { return note(error, "path", document) }
  }

  mutating func fields(_ document: Document?, _ names: ManifestNames) -> [CallManifest.Field] {
    (document?.members ?? []).compactMap { member in
      template(member.value, names).map { CallManifest.Field(name: member.key, value: $0) }
    }
  }

  mutating func tree(_ document: Document, _ names: ManifestNames) -> TemplateTree? {
    switch document.content {
    case .text: return template(document, names).map { .template($0) }
    case .null, .boolean, .number: return .constant(document)
    case .list(let elements):
      let trees = elements.compactMap { tree($0, names) }
      return trees.count == elements.count ? .list(trees) : nil
    case .map(let members):
      var trees: [TemplateTree.Member] = []
      for member in members {
        guard let value = tree(member.value, names) else { return nil }
        trees.append(.init(key: Text(member.key), value: value))
      }
      return .map(trees)
    }
  }

  mutating func condition(_ document: Document?, _ names: ManifestNames) -> Condition? {
    guard let members = document?.members else { return nil }
    var tests: [Condition.Test] = []
    for member in members {
      do {
        let reference = try ReferenceParser.reference(member.key, names: names.withoutSettings())
        if let matcher = matcher(member.value) { tests.append(.init(reference: reference, matcher: matcher)) }
      } catch { _ = note(error, "path", Document(.text(member.key), span: member.keySpan)) as Condition? }
    }
    return Condition(tests: tests)
  }

  private mutating func matcher(_ document: Document) -> Condition.Matcher? {
    switch document.content {
    case .null: return .absentOrNull
    case .boolean, .number, .text: return document.plainText.map { .equals(Text($0)) }
    case .list(let elements): return elements.isEmpty ? .emptyList : .any(elements.compactMap { matcher($0) })
    case .map(let members):
      if members.isEmpty { return .emptyMap }
      guard members.count == 1, let member = members.first else { break }
      switch member.key {
      case "not": return matcher(member.value).map { .not($0) }
      case "matches": return pattern(member.value).map { .matches($0) }
      default: break
      }
    }
    checker.note(
      "wrong-value", "a condition can't be written so",
      advice: "Write a value, a list of values, null, {}, {not: VALUE} or {matches: PATTERN}.", at: document.span)
    return nil
  }

  mutating func pattern(_ document: Document?) -> Pattern? {
    guard let document, let text = document.text else { return nil }
    do { return try Pattern(text) } catch {
      checker.note("bad-pattern", "the pattern can't be read: \(error.problem)", advice: "Patterns are PCRE2.", at: document.span)
      return nil
    }
  }

  private mutating func note<Result>(_ problem: ExpressionProblem, _ what: String, _ document: Document) -> Result? {
    checker.problems(
      problem.isNotBuilt ? "not-built" : "bad-expression", "\(what) `\(document.plainText ?? "")`: \(problem.sentence)",
      advice: problem.advice,
      at: document.span, offset: problem.offset)
    return nil
  }
}

extension KeyChecker {
  /// Notes a problem inside a text that stands on one line.
  fileprivate mutating func problems(_ rule: Text, _ sentence: String, advice: String, at span: SourceSpan?, offset: Int) {
    guard let start = span?.start, span?.end.line == start.line else { return note(rule, sentence, advice: advice, at: span) }
    let moved = Position(line: start.line, column: start.column + offset, offset: start.offset + offset)
    note(rule, sentence, advice: advice, at: SourceSpan(start: moved, end: moved))
  }
}
