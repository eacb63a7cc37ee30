import Documents

/// Makes requests of calls: what they say, who they are from, and where their credentials may go.
struct RequestMaker: Sendable {
  /// Of the watch's base; nil where the manifest gives none that can be rendered.
  let origin: WebOrigin?

  /// - Parameter url: Another place for the same call: the next page, told by the service.
  func request(_ call: CallManifest, _ context: TemplateContext, url next: String? = nil) throws(TemplateProblem) -> HTTPRequest {
    let rendered = try context.render(call.url)
    let url = next.map { rendered.holdsSecret ? SensitiveText([.secret(name: "next page", Secret($0))]) : SensitiveText($0) } ?? rendered
    let target = WebOrigin(String(decoding: url.bytes, as: UTF8.self))
    guard let target, let home = origin ?? Optional(target) else { throw TemplateProblem("`\(rendered)` is no http or https URL") }
    var headers = RequestHeaders()
    if !call.headers.contains(where: { $0.name.lowercased() == "accept" }) { headers.set("Accept", SensitiveText("application/json")) }
    for field in call.headers where !context.isUnsetCursor(field.value) {
      let value = try context.render(field.value)
      if !value.bytes.isEmpty { headers.set(field.name, value) }
    }
    let (members, isSigned) = try headers.sign(with: target == home ? call.authentication : [], context)
    let body = try body(call, members, context)
    if let body { headers.set("Content-Type", SensitiveText(body.type)) }
    return HTTPRequest(
      method: call.method, url: url, headers: headers.fields, body: body?.text, isAuthenticated: isSigned, origin: home,
      isRead: call.reads ? true : nil)
  }

  private func body(_ call: CallManifest, _ more: [CallManifest.Field], _ context: TemplateContext) throws(TemplateProblem) -> (
    text: SensitiveText, type: String
  )? {
    switch call.body {
    case .form(let fields):
      var fragments: [SensitiveText.Fragment] = []
      for field in fields + more where !context.isUnsetCursor(field.value) {
        fragments.append(.literal((fragments.isEmpty ? "" : "&") + PercentEncoding.query.encode(field.name) + "="))
        fragments += try context.render(field.value, .query).fragments
      }
      return (SensitiveText(fragments), "application/x-www-form-urlencoded")
    case .json(let tree):
      return (SensitiveText(try JSONBody.fragments(tree.adding(more), context)), type(call) ?? "application/json")
    case nil:
      guard !more.isEmpty else { return nil }
      return (SensitiveText(try JSONBody.fragments(TemplateTree.map([]).adding(more), context)), "application/json")
    }
  }

  /// Some services want a type of their own for JSON.
  private func type(_ call: CallManifest) -> String? {
    guard let field = call.headers.first(where: { $0.name.lowercased() == "content-type" }),
      case .literal(let text)? = field.value.parts.first
    else { return nil }
    return text.string
  }
}

/// A JSON body made of a tree of templates; secrets stay apart from the text around them.
enum JSONBody {
  static func fragments(_ tree: TemplateTree, _ context: TemplateContext) throws(TemplateProblem) -> [SensitiveText.Fragment] {
    switch tree {
    case .constant(let document): return [.literal(document.canonicalJSON())]
    case .list(let elements):
      var fragments: [SensitiveText.Fragment] = [.literal("[")]
      for (index, element) in elements.enumerated() {
        if index > 0 { fragments.append(.literal(",")) }
        fragments += try self.fragments(element, context)
      }
      return fragments + [.literal("]")]
    case .map(let members):
      var fragments: [SensitiveText.Fragment] = [.literal("{")]
      var isFirst = true
      for member in members {
        if case .template(let template) = member.value, context.isUnsetCursor(template) { continue }
        fragments.append(.literal((isFirst ? "" : ",") + Document(.text(member.key.string)).canonicalJSON() + ":"))
        fragments += try self.fragments(member.value, context)
        isFirst = false
      }
      return fragments + [.literal("}")]
    case .template(let template): return try value(template, context)
    }
  }

  private static func value(_ template: Template, _ context: TemplateContext) throws(TemplateProblem) -> [SensitiveText.Fragment] {
    let rendered: SensitiveText
    if template.alone != nil, !template.references.contains(where: { context.isSecret($0) }) {
      return [.literal((try context.value(template) ?? Document(.null)).canonicalJSON())]
    } else {
      rendered = try context.render(template)
    }
    return [.literal("\"")] + rendered.fragments.map(escaped) + [.literal("\"")]
  }

  /// A stretch of text inside of a JSON string.
  static func escaped(_ fragment: SensitiveText.Fragment) -> SensitiveText.Fragment {
    switch fragment {
    case .literal(let text): .literal(escaped(text))
    case .secret(let name, let secret): .secret(name: name, Secret(secret.withBytes { escaped(String(decoding: $0, as: UTF8.self)) }))
    }
  }

  /// Without the quotes around it.
  private static func escaped(_ text: String) -> String { String(Document(.text(text)).canonicalJSON().dropFirst().dropLast()) }
}

extension TemplateContext {
  func isSecret(_ reference: Reference) -> Bool {
    switch reference.root {
    case .setting(let name): if case .secret? = settings[name.string] { true } else { false }
    case .ask(let name): asks[name] != nil
    case .item, .list, .letName, .detail, .key, .last, .cursor, .page, .offset, .status, .header, .cookie, .reader, .rights, .before,
      .changed,
      .restored, .filePath, .fileLine:
      false
    }
  }
}
