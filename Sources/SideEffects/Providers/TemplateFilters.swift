import Documents

extension TemplateContext {
  /// A document after the filters of its placeholder, one after the other.
  static func filtered(_ document: Document, _ placeholder: Template.Placeholder) throws(TemplateProblem) -> Document {
    var document = document
    for filter in placeholder.filters { document = try filtered(document, filter, placeholder.name) }
    return document
  }

  /// A secret's bytes after the filters; only those that need no structure fit a secret.
  static func filtered(_ secret: [UInt8], _ placeholder: Template.Placeholder) throws(TemplateProblem) -> [UInt8] {
    var bytes = secret
    for filter in placeholder.filters {
      switch filter {
      case .base64: bytes = Base64.encode(bytes)
      case .unbase64:
        guard let decoded = Base64.decode(bytes) else { throw TemplateProblem("`\(placeholder.name)` is not base64") }
        bytes = decoded
      case .comma, .tail, .text, .json, .blank:
        throw TemplateProblem("`|\(filter.rawValue)` can't be used on the secret `\(placeholder.name)`")
      }
    }
    return bytes
  }

  private static func filtered(_ document: Document, _ filter: Template.Filter, _ name: String) throws(TemplateProblem) -> Document {
    func text() throws(TemplateProblem) -> String {
      guard let text = document.plainText else {
        throw TemplateProblem("`\(name)` is \(KeyChecker.form(of: document)), and `|\(filter.rawValue)` wants text")
      }
      return text
    }
    switch filter {
    case .base64: return Document(.text(String(decoding: Base64.encode(try text().utf8), as: UTF8.self)))
    case .unbase64:
      guard let bytes = Base64.decode(try text().utf8), let decoded = String(validating: bytes, as: UTF8.self) else {
        throw TemplateProblem("`\(name)` is not base64 of text")
      }
      return Document(.text(decoded))
    case .comma:
      guard let elements = document.list else {
        throw TemplateProblem("`\(name)` is \(KeyChecker.form(of: document)), and `|comma` wants a list")
      }
      var texts: [String] = []
      for element in elements {
        guard let text = element.plainText else { throw TemplateProblem("`\(name)` holds more than texts, and `|comma` can't join that") }
        texts.append(text)
      }
      return Document(.text(texts.joined(separator: ",")))
    case .tail: return Document(.text(String(try text().split(separator: "/").last ?? "")))
    case .text: return Document(.text(document.canonicalJSON()))
    case .json:
      guard let parsed = try? DocumentFormat.json.read(Array(try text().utf8)).first else { throw TemplateProblem("`\(name)` is not JSON") }
      // The place in the source is the text's, not that of its copy.
      return Document(parsed.content, span: document.span)
    case .blank: return blanked(document)
    }
  }

  /// Null as an empty text, and the null members of an object likewise: some services leave alone what is null.
  private static func blanked(_ document: Document) -> Document {
    if document.isNull { return Document(.text(""), span: document.span) }
    guard let members = document.members else { return document }
    let filled = members.map { member in
      Document.Member(
        key: member.key, keySpan: member.keySpan, value: member.value.isNull ? Document(.text(""), span: member.value.span) : member.value)
    }
    return Document(.map(filled), span: document.span)
  }
}
