import Documents

/// Why a template could not be filled.
public struct TemplateProblem: Error, Hashable, Sendable {
  public let sentence: String
  init(_ sentence: String) { self.sentence = sentence }
}

extension TemplateContext {
  /// A template as text that may hold secrets.
  ///
  /// - Parameter refusesEmpty: An empty placeholder is an error, as in the path, form or body of a write: some services take an empty id for "all".
  func render(_ template: Template, _ encoding: PercentEncoding = .none, refusesEmpty: Bool = false) throws(TemplateProblem)
    -> SensitiveText
  {
    var fragments: [SensitiveText.Fragment] = []
    for part in template.parts {
      switch part {
      case .literal(let text): fragments.append(.literal(text.string))
      case .placeholder(let placeholder):
        let encoding: PercentEncoding = if case .segment = encoding, placeholder.keepsReserved { .path } else { encoding }
        switch try referent(placeholder) {
        case .document(let document):
          let text = try Self.text(document, placeholder)
          if refusesEmpty, text.isEmpty { throw TemplateProblem("`\(placeholder.name)` is empty") }
          fragments.append(.literal(try Self.encoded(text, encoding, placeholder)))
        case .secret(let name, let secret):
          if refusesEmpty, secret.isEmpty { throw TemplateProblem("`\(placeholder.name)` is empty") }
          let bytes = try secret.withBytes { bytes throws(TemplateProblem) in encoding.encode(try Self.filtered(bytes, placeholder)) }
          fragments.append(.secret(name: name.string, Secret(bytes)))
        case .missing: if refusesEmpty { throw TemplateProblem("`\(placeholder.name)` is empty") }
        }
      }
    }
    return SensitiveText(fragments)
  }

  /// A template as text that may not hold a secret.
  func plain(_ template: Template) throws(TemplateProblem) -> String {
    let text = try render(template)
    guard !text.holdsSecret else { throw TemplateProblem("`\(template.source)` would show a secret") }
    return String(decoding: text.bytes, as: UTF8.self)
  }

  /// A template's value: a placeholder alone keeps its type, everything else is text. Nil where an optional one is absent.
  func value(_ template: Template) throws(TemplateProblem) -> Document? {
    guard let placeholder = template.alone else { return Document(.text(try plain(template))) }
    switch try referent(placeholder) {
    case .document(let document): return try Self.filtered(document, placeholder)
    case .secret: throw TemplateProblem("`\(template.source)` would show a secret")
    case .missing: return placeholder.filters.contains(.blank) ? try Self.filtered(Document(.null), placeholder) : nil
    }
  }

  /// A whole URL, every value encoded for where it stands; parameters that are only an unset cursor are left out.
  func render(_ url: URLTemplate, refusesEmpty: Bool = false) throws(TemplateProblem) -> SensitiveText {
    var fragments = try url.base.map { base throws(TemplateProblem) in try render(base).fragments } ?? []
    fragments += try render(url.path, .segment, refusesEmpty: refusesEmpty).fragments
    var separator = "?"
    for field in url.query where !isUnsetCursor(field.value) {
      fragments.append(.literal(separator + field.name + (field.value.parts.isEmpty ? "" : "=")))
      fragments += try render(field.value, .query, refusesEmpty: refusesEmpty).fragments
      separator = "&"
    }
    return SensitiveText(fragments)
  }

  /// A value that is only `{@cursor}`, before there is one.
  func isUnsetCursor(_ template: Template) -> Bool {
    guard cursor == nil, let placeholder = template.alone else { return false }
    return placeholder.choices.contains { $0.root == .cursor }
  }

  /// The first choice that is neither absent nor empty.
  private func referent(_ placeholder: Template.Placeholder) throws(TemplateProblem) -> Referent {
    var isOptional = false
    var empty: Referent?
    for choice in placeholder.choices {
      isOptional = isOptional || choice.isOptional
      do {
        let found = try referent(choice)
        switch found {
        case .missing: continue
        case .secret(_, let secret): if !secret.isEmpty { return found }
        case .document(let document): if document.text?.isEmpty != true { return found }
        }
        empty = found
      } catch { throw TemplateProblem(error.sentence) }
    }
    if let empty { return empty }
    guard isOptional || placeholder.choices.allSatisfy({ $0.root == .cursor }) else {
      throw TemplateProblem("`\(placeholder.name)` is missing")
    }
    return .missing
  }

  private static func encoded(_ text: String, _ encoding: PercentEncoding, _ placeholder: Template.Placeholder) throws(TemplateProblem)
    -> String
  {
    switch encoding {
    case .none, .query: break
    // Encoding leaves dots alone, and a server or a proxy may resolve such a segment to another path.
    case .segment, .path:
      let climbs = text.split(separator: "/", omittingEmptySubsequences: false).contains { $0 == "." || $0 == ".." }
      guard !climbs else { throw TemplateProblem("`\(placeholder.name)` would climb out of the path") }
    }
    return encoding.encode(text)
  }

  private static func text(_ document: Document, _ placeholder: Template.Placeholder) throws(TemplateProblem) -> String {
    let filtered = try filtered(document, placeholder)
    if let number = filtered.number, number.contains(where: { ".eE".contains($0) }) {
      throw TemplateProblem("`\(placeholder.name)` is no whole number and can't stand in a text")
    }
    guard let text = filtered.plainText else {
      throw TemplateProblem("`\(placeholder.name)` is \(KeyChecker.form(of: filtered)) and can't stand in a text")
    }
    return text
  }
}

extension Template.Placeholder {
  /// As it was written, for messages.
  var name: String { choices.map(\.text.string).joined(separator: " or ") }
}
