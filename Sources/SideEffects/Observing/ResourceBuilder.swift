import Documents

/// Makes a resource of an item: its identity, and of its members those that the manifest names.
struct ResourceBuilder: Sendable {
  let watch: Text
  let kind: KindManifest
  let sanitizer: Sanitizer

  func resource(at point: WalkPoint) throws(TemplateProblem) -> Resource {
    let context = point.context
    let id = try id(context)
    let attributes = try attributes(point)
    let label = try label(context, id: id)
    let by = try text(kind.origin.by, context)
    let origin = Origin(
      at: try text(kind.origin.at, context), by: by, changed: try text(kind.origin.changed, context),
      until: try text(kind.origin.until, context))
    var references: [Text: Text] = [:]
    for (kind, template) in kind.references { references[kind] = try text(template, context) }
    return Resource(
      address: ResourceAddress(watch: watch, kind: kind.name, id: id, scope: point.scope), name: label, attributes: attributes,
      origin: origin,
      isActive: kind.active.flatMap { $0.verdict { context.document($0) } }, references: references, kept: kept(point),
      location: location(context))
  }

  private func id(_ context: TemplateContext) throws(TemplateProblem) -> Text {
    let text: String
    if let template = kind.id {
      text = try context.plain(template)
      if touchesSecret(template) { return Text(sanitizer.fingerprinter.fingerprint(of: text).description) }
    } else if let member = context.item?["id"]?.plainText {
      text = member
    } else if let scalar = context.item?.plainText {
      text = scalar
      if kind.attributes.contains(where: { $0.role == .secret && $0.reference.path.steps.isEmpty }) {
        return Text(sanitizer.fingerprinter.fingerprint(of: text).description)
      }
    } else {
      throw TemplateProblem("an item has no `id`")
    }
    guard !text.isEmpty else { throw TemplateProblem("an item's id is empty") }
    return Text(sanitizer.text(text))
  }

  private func label(_ context: TemplateContext, id: Text) throws(TemplateProblem) -> Text {
    guard let template = kind.label else {
      guard let name = context.item?["name"]?.plainText, !name.isEmpty, !declaresSecret("name") else { return id }
      return Text(sanitizer.text(name))
    }
    let text = try context.plain(template)
    if touchesSecret(template) { return Text(sanitizer.fingerprinter.fingerprint(of: text).short) }
    return text.isEmpty ? id : Text(sanitizer.text(text))
  }

  private func text(_ template: Template?, _ context: TemplateContext) throws(TemplateProblem) -> Text? {
    guard let template else { return nil }
    // What an origin or a reference is made of may be absent: not every item tells it.
    guard template.references.allSatisfy({ $0.isOptional || context.document($0) != nil }) else { return nil }
    let text = try context.plain(template)
    guard !text.isEmpty else { return nil }
    // Whole, so that it is equal to the fingerprint of the secret itself elsewhere.
    if touchesSecret(template) { return Text(sanitizer.fingerprinter.fingerprint(of: text).description) }
    return Text(sanitizer.text(text))
  }

  private func touchesSecret(_ template: Template) -> Bool { template.references.contains { touchesSecret($0) } }

  /// Whether a reference leads to a declared secret, into one, or to something that holds one.
  private func touchesSecret(_ reference: Reference) -> Bool {
    kind.attributes.contains { $0.role == .secret && $0.reference.overlaps(reference) }
  }

  private func declaresSecret(_ text: Text) -> Bool { kind.attributes.contains { $0.role == .secret && $0.reference.text == text } }

  private func attributes(_ point: WalkPoint) throws(TemplateProblem) -> [Text: Reading] {
    var found: [Text: Reading] = [:]
    for attribute in kind.attributes {
      for match in try matches(attribute.reference, point.context) {
        var place = point
        // What only `**` finds is named by nobody.
        if match.protectsText { (place.protectsText, place.context.key) = (true, match.key ?? match.name) }
        add(match, attribute.role, place, to: &found)
      }
    }
    if kind.isItemItself, let item = point.context.item, item.isNull {
      // A key with nothing behind it is there all the same.
      found["value"] = .value(.scalar(.null))
    } else if let template = kind.value, let value = try point.context.value(template) {
      // A value that is made of a declared secret is one.
      let isSecret = template.references.contains { touchesSecret($0) && point.context.document($0) != nil }
      add(PathMatch(name: "value", key: nil, document: value), isSecret ? .secret : .value, point, to: &found)
    }
    return found
  }

  /// An absent attribute is a value, so a missing step finds nothing; one that doesn't fit is an error.
  private func matches(_ reference: Reference, _ context: TemplateContext) throws(TemplateProblem) -> [PathMatch] {
    let (document, prefix): (Document?, String) =
      switch reference.root {
      case .item: (context.item, "")
      case .detail: (context.detail, "detail")
      case .list(let name): (context.parents[name]?.item, name.string)
      case .letName(let name): (context.lets[name] ?? context.item?[name.string], name.string)
      case .key: (context.key.map { Document(.text($0.string)) }, "@key")
      case .filePath: (context.filePath.map { Document(.text($0.string)) }, "@path")
      case .fileLine: (context.fileLine.map { Document(.number(String($0))) }, "@line")
      case .setting, .last, .cursor, .page, .offset, .status, .header, .cookie, .reader, .rights, .before, .changed, .restored, .ask:
        (nil, "")
      }
    guard let document else { return [] }
    do {
      return try reference.path.lenientMatches(in: document).map { match in
        let name = [prefix, match.name.string].filter { !$0.isEmpty }.joined(separator: ".")
        return PathMatch(
          name: Text(name.isEmpty ? "." : name), key: match.key, document: match.document, protectsText: match.protectsText)
      }
    } catch { throw TemplateProblem(error.sentence) }
  }

  private func add(_ match: PathMatch, _ role: KindSchema.Role, _ point: WalkPoint, to found: inout [Text: Reading]) {
    let document = match.document
    if case .secret = role {
      if !document.isNull { found[match.name] = sanitizer.secret(document) }
      return
    }
    switch document.content {
    case .null: break
    case .boolean, .number, .text:
      let scalar = scalar(document, point)
      // `repositories[*].title` finds several under one name: together they are the attribute.
      switch (role, found[match.name]) {
      case (.set, .value(.set(let others))): found[match.name] = .value(.set(others.union([scalar])))
      case (.set, _): found[match.name] = .value(.set([scalar]))
      case (_, .value(.list(let others))): found[match.name] = .value(.list(others + [scalar]))
      default: found[match.name] = .value(match.name.string.contains("[*]") ? .list([scalar]) : .scalar(scalar))
      }
    case .list(let elements):
      let scalars = elements.map { self.scalar($0, point) }
      found[match.name] = .value(role == .set ? .set(Set(scalars)) : .list(scalars))
    case .map(let members):
      for member in members {
        add(PathMatch(name: Text("\(match.name).\(Self.step(member.key))"), key: nil, document: member.value), role, point, to: &found)
      }
    }
  }

  /// A member's name as a path has it: one with a point in it would be taken for two.
  private static func step(_ key: String) -> String { key.contains { ".[".contains($0) } && !key.contains("'") ? "'\(key)'" : key }

  private func scalar(_ document: Document, _ point: WalkPoint) -> Scalar {
    if let text = document.plainText, isProtected(document, point) { return .secret(sanitizer.fingerprinter.fingerprint(of: text)) }
    return sanitizer.scalar(document)
  }

  /// Whether a value may be a secret that nobody declared: a text, or a long number whose name says it.
  private func isProtected(_ document: Document, _ point: WalkPoint) -> Bool {
    guard point.protectsText, let text = document.plainText else { return false }
    if document.text != nil, !Sanitizer.isHarmless(text) { return true }
    return text.count(where: \.isNumber) >= 6 && Sanitizer.namesSecret(point.context.key?.string ?? "")
  }

  /// What remedies need; a value that would tell a secret is read again when they are carried out.
  private func kept(_ point: WalkPoint) -> [Text: Scalar] {
    var kept: [Text: Scalar] = [:]
    for reference in kind.keeps where !touchesSecret(reference) {
      // Of an object or a list only what the attributes name is kept.
      guard let document = point.context.document(reference), document.members == nil, document.list == nil else { continue }
      // Where a value stands is no value.
      let isPlace = [.key, .filePath, .fileLine].contains(reference.root)
      if let text = document.text, sanitizer.text(text) != text { continue }
      if !isPlace, isProtected(document, point) { continue }
      kept[reference.text] = sanitizer.scalar(document)
    }
    return kept
  }

  /// Of a flag's value in a file.
  private func location(_ context: TemplateContext) -> SourceLocation? {
    guard let path = context.filePath else { return nil }
    let reference = kind.value?.alone?.choices.first ?? kind.attributes.first?.reference
    guard let span = reference.flatMap({ context.document($0) })?.span else {
      return context.fileLine.map { SourceLocation(path: path, line: $0, bytes: nil) }
    }
    return SourceLocation(path: path, line: span.start.line, bytes: span.offsets)
  }
}

extension KindManifest {
  /// Whether an item's value is the whole item: `{.}`.
  fileprivate var isItemItself: Bool {
    guard let reference = value?.alone?.choices.first else { return false }
    return reference.root == .item && reference.path.steps.isEmpty
  }
}
