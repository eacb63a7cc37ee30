import Documents

/// What a call is for: it decides which verbs it may have and which defaults lie under it.
enum CallUse {
  case check, list, detail, write
}

extension ManifestReading {
  /// A call, merged with what all share; `{call: …}` or the text alone.
  mutating func call(_ document: Document, names: ManifestNames, use: CallUse) -> CallManifest? {
    let given = document.text == nil ? document : Document(.map([.init(key: "call", value: document)]), span: document.span)
    guard let written = given["call"], let text = written.text else { return nil }
    var defaults = self.document["request"]
    if use == .write, let writes = self.document["writes"] { defaults = Self.merged(over: defaults, writes) }
    let merged = Self.merged(over: defaults, given)

    let words = text.split(separator: " ", maxSplits: 1)
    guard words.count == 2, words[0].allSatisfy({ $0.isASCII && $0.isUppercase }), let start = words[1].first,
      start == "/" || start == "{" || words[1].contains("://")
    else {
      note(
        "wrong-value", "`\(text)` is no call", advice: "Write a verb and a path, such as `GET /hooks?per_page=100`, or a whole URL.",
        at: written.span)
      return nil
    }
    let (method, target) = (String(words[0]), String(words[1]))
    let reads = merged["reads"]?.boolean ?? false
    // A GraphQL document is a read where it is a `query`, and holds the cursor among its variables.
    let isGraphQL = merged["graphql"] != nil
    if use != .write, !["GET", "HEAD", "LIST"].contains(method), !reads, !isGraphQL {
      note(
        "sends-while-reading", "\(method) \(target) would be sent while reading",
        advice: "If it changes nothing, add `reads: true`; if it does, it belongs under `remedy`.", at: written.span)
    }
    if merged["answer"]?.text == "xml" {
      note(
        "not-built", "`answer: xml` is known to the language and not built yet", advice: "This version reads JSON.",
        at: merged["answer"]?.span)
    }
    if merged["body"] != nil, merged["form"] != nil { note("wrong-form", "a call has a body or a form, not both", at: written.span) }

    let isWhole = start != "/" && target.contains("://")
    guard let url = url(target, base: isWhole ? nil : merged["base"], at: written, names), isWhole || url.base != nil else {
      if !isWhole, merged["base"] == nil {
        note("missing-key", "`\(text)` is a path and no `base` says of what", advice: "Add `base` under `request`.", at: written.span)
      }
      return nil
    }
    let body: CallManifest.Body? =
      if let tree = merged["body"] { expressions.tree(tree, names).map { .json($0) } } else if merged["form"] != nil {
        .form(expressions.fields(merged["form"], names))
      } else { nil }
    let call = CallManifest(
      method: Text(method), url: url, authentication: authentication(merged["auth"], names),
      headers: expressions.fields(merged["headers"], names), body: body, reads: reads,
      answer: merged["answer"] == nil ? .byContentType : .json, ok: expressions.condition(merged["ok"], names),
      empty: empty(merged["empty"], names),
      paging: use == .list ? paging(merged["pages"], names) : Paging(style: .none),
      condition: use == .write ? expressions.condition(given["where"], names) : nil,
      done: use == .write ? callDone(given["done"], names) : nil,
      line: written.span?.start.line ?? 0)
    if use == .list, !isGraphQL { checkMoving(call, at: written) }
    return call
  }

  /// `headers`, `body` and `form` are merged key by key; any other key replaces.
  private static func merged(over defaults: Document?, _ given: Document) -> Document {
    guard let under = defaults?.members, let over = given.members else { return given }
    var members = over.map { member in
      guard ["headers", "body", "form"].contains(member.key), let below = defaults?[member.key]?.members, let above = member.value.members
      else { return member }
      let kept = below.filter { candidate in !above.contains { $0.key == candidate.key } }
      return Document.Member(key: member.key, keySpan: member.keySpan, value: Document(.map(kept + above), span: member.value.span))
    }
    members += under.filter { candidate in !over.contains { $0.key == candidate.key } }
    return Document(.map(members), span: given.span)
  }

  private mutating func url(_ target: String, base: Document?, at document: Document, _ names: ManifestNames) -> URLTemplate? {
    let (path, query) = Self.split(target)
    guard let pathTemplate = expressions.template(Document(.text(path), span: document.span), names) else { return nil }
    var fields: [CallManifest.Field] = []
    for parameter in query.map({ Self.separated($0, at: "&") }) ?? [] where !parameter.isEmpty {
      let parts = Self.separated(parameter, at: "=", atMost: 2)
      guard let value = expressions.template(Document(.text(parts.count > 1 ? parts[1] : ""), span: document.span), names) else { continue }
      fields.append(.init(name: parts[0], value: value))
    }
    return URLTemplate(base: expressions.template(base, names), path: pathTemplate, query: fields)
  }

  /// At the first `?` outside of braces.
  private static func split(_ target: String) -> (path: String, query: String?) {
    let parts = separated(target, at: "?", atMost: 2)
    return (parts[0], parts.count > 1 ? parts[1] : nil)
  }

  private static func separated(_ text: String, at separator: Character, atMost limit: Int = .max) -> [String] {
    var parts = [""]
    var depth = 0
    for character in text {
      if character == "{" { depth += 1 } else if character == "}" { depth -= 1 }
      if character == separator, depth == 0, parts.count < limit { parts.append("") } else { parts[parts.count - 1].append(character) }
    }
    return parts
  }

  private mutating func authentication(_ document: Document?, _ names: ManifestNames) -> [Authentication] {
    guard let document else { return [] }
    var found: [Authentication] = []
    if let bearer = expressions.template(document["bearer"], names) { found.append(.bearer(bearer)) }
    if let basic = expressions.template(document["basic"], names) { found.append(.basic(basic)) }
    if document["headers"] != nil { found.append(.headers(expressions.fields(document["headers"], names))) }
    if document["body"] != nil { found.append(.body(expressions.fields(document["body"], names))) }
    return found
  }

  private mutating func empty(_ document: Document?, _ names: ManifestNames) -> CallManifest.Empty? {
    guard let document, let condition = expressions.condition(document["where"], names), let because = document["because"]?.text else {
      return nil
    }
    return .init(condition: condition, because: Text(because))
  }

  private mutating func paging(_ document: Document?, _ names: ManifestNames) -> Paging {
    guard let document, document.members != nil else { return Paging(style: document?.text == "link" ? .link : .none) }
    let styles = ["link", "next", "cursor", "page", "offset"].filter { document[$0] != nil }
    if styles.count > 1 { note("wrong-form", "a list pages in one style, not by \(styles.joined(separator: " and "))", at: document.span) }
    let more: Paging.More? = document["more"].flatMap { more in
      more.text == nil ? expressions.condition(more, names).map { .condition($0) } : expressions.path(more).map { .path($0) }
    }
    return Paging(style: style(document, names), more: more, total: expressions.path(document["total"]))
  }

  private mutating func style(_ document: Document, _ names: ManifestNames) -> Paging.Style {
    if document["link"]?.boolean == true { return .link }
    if let next = expressions.path(document["next"]) { return .next(next) }
    if let cursor = document["cursor"] {
      let first = expressions.template(document["first"], names)
      if cursor.text?.contains("{") == true {
        return expressions.template(cursor, names).map { .cursor(.template($0), first: first) } ?? .none
      }
      return expressions.path(cursor).map { .cursor(.path($0), first: first) } ?? .none
    }
    if let page = document["page"]?.number.flatMap({ Int($0) }) { return .page(page) }
    if let offset = document["offset"]?.number.flatMap({ Int($0) }) { return .offset(offset) }
    return .none
  }

  /// A page that nothing moves would be read for ever, or once.
  private mutating func checkMoving(_ call: CallManifest, at document: Document) {
    let references =
      call.url.path.references + call.url.query.flatMap(\.value.references) + call.headers.flatMap(\.value.references)
      + (call.body?.references ?? [])
    let wanted: (Root, String)? =
      switch call.paging.style {
      case .none, .link, .next: nil
      case .cursor: (.cursor, "@cursor")
      case .page: (.page, "@page")
      case .offset: (.offset, "@offset")
      }
    if let (root, word) = wanted, !references.contains(where: { $0.root == root }) {
      note(
        "wrong-value", "the list pages by {\(word)} and the call doesn't hold it", advice: "Put {\(word)} where the service wants it.",
        at: document.span)
    }
  }
}

extension CallManifest.Body {
  var references: [Reference] {
    switch self {
    case .json(let tree): tree.references
    case .form(let fields): fields.flatMap(\.value.references)
    }
  }
}

extension CallManifest {
  private var doneReferences: [Reference] {
    switch done {
    case .condition(let condition): condition.references
    case .putBack, .answer, nil: []
    }
  }

  /// Everything that its templates and conditions refer to.
  var references: [Reference] {
    url.path.references + url.query.flatMap(\.value.references) + headers.flatMap(\.value.references) + (body?.references ?? [])
      + (condition?.references ?? []) + doneReferences
      + authentication.flatMap { (scheme) -> [Reference] in
        switch scheme {
        case .bearer(let template), .basic(let template): template.references
        case .headers(let fields), .body(let fields): fields.flatMap(\.value.references)
        }
      }
  }
}
