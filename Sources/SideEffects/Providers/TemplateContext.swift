public import Documents

/// What placeholders are filled from.
public struct TemplateContext: Sendable {
  /// An item of a list that was walked through on the way.
  public struct Parent: Sendable {
    public let id: Text
    public let item: Document
    public init(id: Text, item: Document) { (self.id, self.item) = (id, item) }
  }

  public var settings: [String: SettingValue] = [:]
  public var parents: [Text: Parent] = [:]
  public var lets: [Text: Document] = [:]
  public var item: Document?
  public var detail: Document?
  public var key: Text?
  public var last: Document?
  public var cursor: String?
  public var page: Int?
  public var offset: Int?
  public var status: Int?
  public var headers: [(name: String, value: String)] = []
  public var reader: Text?
  /// Nil where the service doesn't tell.
  public var rights: [Text]?
  public var before: Document?
  public var changed: Document?
  public var restored: Document?
  public var filePath: Text?
  public var fileLine: Int?
  /// Values by the reference's own text: in a plan, what was kept of a resource stands for the item that is not there.
  public var stored: [Text: Document] = [:]
  /// Whether `@ask.x` may stand in a request as its own name, for a person to fill in.
  public var asksByName = false
  /// What a person was asked for, by name; goes before `asksByName`.
  public var asks: [Text: Secret] = [:]

  public init() {}
}

/// What a reference points at.
enum Referent: Sendable {
  case document(Document)
  case secret(name: Text, Secret)
  case missing
}

extension Root {
  /// Whether what it finds is kept with a resource.
  fileprivate var isOfItem: Bool {
    switch self {
    case .item, .list, .letName, .detail, .key, .filePath, .fileLine: true
    case .setting, .last, .cursor, .page, .offset, .status, .header, .cookie, .reader, .rights, .before, .changed, .restored, .ask: false
    }
  }
}

extension TemplateContext {
  /// Throws where a path doesn't fit the document; a missing value is a case of its own.
  func referent(_ reference: Reference) throws(PathProblem) -> Referent {
    if reference.root.isOfItem, let kept = stored[reference.text] { return .document(kept) }
    switch reference.root {
    case .item: return try found(reference, in: item)
    case .detail: return try found(reference, in: detail)
    case .last: return try found(reference, in: last)
    case .before:
      let attribute = try found(reference, in: before)
      if case .missing = attribute, let kept = stored[reference.text] { return .document(kept) }
      return attribute
    case .changed: return try found(reference, in: changed)
    case .restored:
      if restored == nil, asksByName { return .document(Document(.text("{\(reference.text.string.drop { $0 == "@" })}"))) }
      return try found(reference, in: restored)
    case .letName(let name):
      // One list of a kind may name what another list's items have as a member.
      return try found(reference, in: lets[name] ?? item?[name.string])
    case .list(let name):
      guard let parent = parents[name] else { return .missing }
      return reference.path.steps.isEmpty ? .document(Document(.text(parent.id.string))) : try found(reference, in: parent.item)
    case .setting(let name): return setting(name)
    case .key: return text(key)
    case .cursor: return text(cursor.map { Text($0) })
    case .page: return number(page)
    case .offset: return number(offset)
    case .status: return number(status)
    case .header(let name): return text(headers.first { $0.name.lowercased() == name.string.lowercased() }.map { Text($0.value) })
    case .cookie(let name): return text(cookie(name.string).map { Text($0) })
    case .reader: return text(reader)
    case .rights: return rights.map { .document(Document(.list($0.map { Document(.text($0.string)) }))) } ?? .missing
    case .ask(let name):
      if let given = asks[name] { return .secret(name: Text("ask.\(name)"), given) }
      return asksByName ? .document(Document(.text("{ask.\(name)}"))) : .missing
    case .filePath: return text(filePath)
    case .fileLine: return number(fileLine)
    }
  }

  /// The document that a reference points at, nil where it is absent, a secret, or doesn't fit.
  func document(_ reference: Reference) -> Document? {
    guard case .document(let document)? = try? referent(reference), !document.isNull else { return nil }
    return document
  }

  private func found(_ reference: Reference, in document: Document?) throws(PathProblem) -> Referent {
    guard let document else { return .missing }
    do {
      guard let value = try reference.path.value(in: document), !value.isNull else { return .missing }
      return .document(value)
    } catch {
      switch error.kind {
      case .missing: return .missing
      case .unfit: throw error
      }
    }
  }

  private func setting(_ name: Text) -> Referent {
    switch settings[name.string] {
    case nil: .missing
    case .text(let text): .document(Document(.text(text.string)))
    case .texts(let texts): .document(Document(.list(texts.map { Document(.text($0.string)) })))
    case .secret(let secret): .secret(name: name, secret)
    }
  }

  private func text(_ text: Text?) -> Referent { text.map { .document(Document(.text($0.string))) } ?? .missing }
  private func number(_ number: Int?) -> Referent { number.map { .document(Document(.number(String($0)))) } ?? .missing }

  /// RFC 6265 section 5.2, as far as the name and the value.
  private func cookie(_ name: String) -> String? {
    for header in headers where header.name.lowercased() == "set-cookie" {
      let pair = header.value.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if pair.count == 2, pair[0] == name { return String(pair[1]) }
    }
    return nil
  }
}
