import Documents

extension ManifestReading {
  mutating func kind(_ member: Document.Member) -> KindManifest? {
    let document = member.value
    guard document.members != nil else { return nil }
    let sources = kindSources(document["list"], called: member.key)
    if document["list"] == nil, (document["blind"]?.list ?? []).isEmpty {
      note(
        "missing-key", "`\(member.key)` has no `list` and no `blind`",
        advice: "Say how all of it is listed, or under `blind` why nobody can.", at: member.keySpan)
    }
    var names = settingNames
    names.lists = Set(sources.flatMap { $0.forEach.map(\.string) })
    names.lets = lets(of: names.lists.sorted()).union(sources.flatMap { $0.lets.map(\.name.string) })
    names.hasDetail = sources.contains { $0.detail != nil }
    let own = names.withoutSettings()

    let id = expressions.template(document["id"], names)
    for reference in id?.references ?? [] { refuseSetting(reference, in: document["id"]) }
    let attributes = attributes(document["attributes"], own)
    let naturalKey = (document["natural key"]?.list ?? []).compactMap { expressions.reference($0, own) }
    let active = expressions.condition(document["active"], own)
    let references = expressions.fields(document["references"], own).map { (kind: Text($0.name), template: $0.value) }
    let expected = (document["expected"]?.list ?? []).compactMap { given -> ExpectedManifest? in
      guard let condition = expressions.condition(given["where"], own), let because = given["because"]?.text else { return nil }
      return ExpectedManifest(condition: condition, because: Text(because))
    }
    let remedies = remedies(document["remedy"], names)
    checkNames(in: document, attributes: attributes, references: references.map(\.kind))
    let kept = remedies.all.flatMap(\.references) + naturalKey + expected.flatMap(\.condition.references)
    return KindManifest(
      name: Text(member.key), sort: sort(document["is"], named: member.key),
      level: document["level"]?.text.flatMap { KindSchema.Level(rawValue: $0) } ?? .configuration, lists: sources, id: id,
      label: expressions.template(document["name"], own), value: expressions.template(document["value"], own), active: active,
      naturalKey: naturalKey,
      attributes: attributes, origin: origin(document["origin"], own), references: references,
      needs: texts(document["needs"]), blind: blind(document["blind"], names),
      expected: expected,
      remedies: remedies, keeps: Self.keeps(kept, besides: attributes), listing: listing(document, sources))
  }

  /// Over the text of all that decides what is listed; comments and the order of keys are no part of it.
  private func listing(_ kind: Document, _ sources: [ListSource]) -> Digest {
    let walked = Set(sources.flatMap { $0.forEach.map(\.string) })
    let lists = (document["lists"]?.members ?? []).filter { walked.contains($0.key) }
    let parts: [(String, Document?)] = [
      ("engine", document["engine"]), ("request", document["request"]), ("lists", Document(.map(lists))), ("list", kind["list"]),
      ("id", kind["id"]),
    ]
    let given = parts.compactMap { name, part in part.map { Document.Member(key: name, value: $0) } }
    return Digest(of: JSONWriter(.canonical).write(Document(.map(given))))
  }

  private func sort(_ document: Document?, named name: String) -> KindSchema.Sort {
    if let word = document?.text, let sort = KindSchema.Sort(rawValue: word) { return sort }
    if let exact = KindSchema.Sort(rawValue: name) { return exact }
    return KindSchema.Sort.allCases.first { $0 != .other && name.hasSuffix("-" + $0.rawValue) } ?? .other
  }

  private mutating func refuseSetting(_ reference: Reference, in document: Document?) {
    guard case .setting(let name) = reference.root else { return }
    let line = settingLines[name.string].map { " of line \($0)" } ?? ""
    note(
      "ids-collide", "id \"\(document?.text ?? "")\": `\(name)` is the setting\(line), the same for every item, so ids would collide",
      advice: "The item's own field is `{.\(name)}`.", at: document?.span)
  }

  private mutating func attributes(_ document: Document?, _ names: ManifestNames) -> [AttributeManifest] {
    guard let document else { return [] }
    var found: [AttributeManifest] = []
    let roles: [(String, KindSchema.Role)] = [("values", .value), ("sets", .set), ("volatile", .volatile), ("secret", .secret)]
    let sections: [(Document?, KindSchema.Role)] = document.list == nil ? roles.map { (document[$0.0], $0.1) } : [(document, .value)]
    for (section, role) in sections {
      for element in section?.list ?? [] {
        guard let reference = expressions.reference(element, names) else { continue }
        if found.contains(where: { $0.reference.text == reference.text }) {
          note("given-twice", "the attribute `\(reference.text)` is given twice", advice: "An attribute has one role.", at: element.span)
          continue
        }
        found.append(AttributeManifest(reference: reference, role: role))
      }
    }
    return found
  }

  private mutating func origin(_ document: Document?, _ names: ManifestNames) -> OriginManifest {
    guard let document else { return OriginManifest() }
    return OriginManifest(
      at: expressions.pathOrTemplate(document["at"], names), by: expressions.pathOrTemplate(document["by"], names),
      changed: expressions.pathOrTemplate(document["changed"], names), until: expressions.pathOrTemplate(document["until"], names))
  }

  private mutating func blind(_ document: Document?, _ names: ManifestNames) -> [BlindManifest] {
    (document?.list ?? []).compactMap { given in
      guard let what = given["what"]?.text else { return nil }
      return BlindManifest(
        what: Text(what), byHand: expressions.template(given["by hand"], names), open: expressions.template(given["open"], names),
        condition: expressions.condition(given["where"], names))
    }
  }

  /// What has to be kept beside a resource: all that is referred to and is no attribute. A secret is never kept.
  private static func keeps(_ references: [Reference], besides attributes: [AttributeManifest]) -> [Reference] {
    var seen = Set(attributes.map(\.reference.text))
    return references.compactMap { reference in
      let own: Reference
      switch reference.root {
      case .item, .list, .letName, .detail, .key, .filePath, .fileLine: own = reference
      case .before:
        guard !reference.path.steps.isEmpty, !reference.path.isWild else { return nil }
        let text = Text(String(reference.text.string.dropFirst("@before.".count)))
        own = Reference(root: .item, path: reference.path, isOptional: true, text: text)
      case .setting, .last, .cursor, .page, .offset, .status, .header, .cookie, .reader, .rights, .changed, .restored, .ask: return nil
      }
      return seen.insert(own.text).inserted ? own : nil
    }
  }

  private mutating func remedies(_ document: Document?, _ names: ManifestNames) -> RemediesManifest {
    RemediesManifest(
      created: remedy(document?["created"], names), updated: remedy(document?["updated"], names),
      deleted: remedy(document?["deleted"], names),
      disable: remedy(document?["disable"], names))
  }

  private mutating func remedy(_ document: Document?, _ names: ManifestNames) -> RemedyManifest? {
    guard let document, document.members != nil else { return nil }
    if document["do"] == nil, document["by hand"] == nil, document["never"] == nil {
      note("missing-key", "a remedy says neither `do`, nor `by hand`, nor `never`", at: document.span)
    }
    return RemedyManifest(
      action: action(document["do"], names), done: done(document["done"], names),
      within: seconds(document["within"]) ?? 60,
      loses: texts(document["loses"]), beware: document["beware"]?.text.map { Text($0) },
      never: document["never"]?.text.map { Text($0) }, byHand: expressions.template(document["by hand"], names),
      open: expressions.template(document["open"], names), after: texts(document["after"]))
  }

  private func texts(_ document: Document?) -> [Text] { (document?.list ?? []).compactMap { $0.text.map { Text($0) } } }

  /// What remedies name has to be declared by the kind.
  private mutating func checkNames(in kind: Document, attributes: [AttributeManifest], references: [Text]) {
    let patterns = attributes.map { AttributePattern($0.reference.text) }
    for remedy in kind["remedy"]?.members ?? [] {
      for name in remedy.value["after"]?.list ?? [] where !references.contains(where: { $0.string == name.text }) {
        note(
          "unknown-name", "`after` names `\(name.text ?? "")`, to which this kind does not refer",
          advice: "Name a kind that stands under `references`.", at: name.span)
      }
      for name in (remedy.value["do"]?.list ?? []).flatMap({ $0["done"]?.list ?? [] }) {
        guard let text = name.text.map({ Text($0) }) else { continue }
        let isOne = patterns.contains { $0.covers(text) } || attributes.contains { AttributePattern(text).covers($0.reference.text) }
        if isOne { continue }
        note("unknown-name", "`done` names `\(text)`, which is no attribute of this kind", at: name.span)
      }
    }
  }

  private mutating func done(_ document: Document?, _ names: ManifestNames) -> RemedyManifest.Done? {
    if document?.text == "answer" { return .answer }
    return expressions.condition(document, names).map { .condition($0) }
  }

  private mutating func action(_ document: Document?, _ names: ManifestNames) -> RemedyManifest.Action {
    guard let document else { return .byHand }
    if document.text == "patch" {
      if self.document["engine"]?.text != "git" { note("wrong-value", "`do: patch` is for the git engine", at: document.span) }
      return .patch
    }
    let written = (document.list ?? [document]).compactMap { given in call(given, names: names, use: .write).map { (given, call: $0) } }
    for (index, (given, call)) in written.enumerated() where call.done == nil {
      let isLast = written[(index + 1)...].allSatisfy { _, later in
        if let condition = call.condition, let other = later.condition { condition.excludes(other) } else { false }
      }
      if isLast { continue }
      note(
        "missing-key", "a request comes after this one, and nothing tells when this one has done its work",
        advice: "Add `done`: what holds then (`done: {active: false}`), what it puts back (`done: [url]`), or `done: answer`.",
        at: given["call"]?.span ?? given.span)
    }
    return .calls(written.map(\.call))
  }

  /// `answer`, the attributes that the request puts back, or what holds after it.
  mutating func callDone(_ document: Document?, _ names: ManifestNames) -> CallManifest.Done? {
    if document?.text == "answer" { return .answer }
    if let names = NonEmpty(texts(document)) { return .putBack(names) }
    return expressions.condition(document, names).map { .condition($0) }
  }

  /// `15m`, `30s`, `2h`.
  private mutating func seconds(_ document: Document?) -> Int? {
    guard let document else { return nil }
    let units: [Character: Int] = ["s": 1, "m": 60, "h": 3_600]
    if let text = document.plainText, let unit = text.last.flatMap({ units[$0] }), let number = Int(text.dropLast()),
      (1...86_400).contains(number)
    {
      return number * unit
    }
    note("wrong-value", "`within` must be a time", advice: "Write it such as `30s`, `15m` or `1h`.", at: document.span)
    return nil
  }
}

extension DocumentPath {
  /// Whether it can find more than one value.
  var isWild: Bool {
    steps.contains { step in
      switch step {
      case .member, .elements: false
      case .members, .everyElement, .elementsBy, .everyValue: true
      }
    }
  }
}

extension RemediesManifest {
  var all: [RemedyManifest] { [created, updated, deleted, disable].compactMap(\.self) }
}

extension RemedyManifest {
  /// Everything that it refers to, in requests and in words.
  var references: [Reference] {
    let calls: [Reference] =
      switch action {
      case .calls(let calls): calls.flatMap(\.references)
      case .patch, .byHand: []
      }
    let done: [Reference] = if case .condition(let condition)? = done { condition.references } else { [] }
    return calls + done + (byHand?.references ?? []) + (open?.references ?? [])
  }
}
