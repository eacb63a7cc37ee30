import Documents

/// Builds the request of a remedy's call to be sent: as `RequestPlanner` writes it down, with the secrets in their places.
struct RequestBuilder {
  let context: PlanContext
  /// Of the watch's base: credentials go there and nowhere else, and so do the requests that change something.
  let home: WebOrigin

  private var template: TemplateContext { context.template }

  func request(_ call: CallManifest) throws(PlanProblem) -> HTTPRequest {
    do throws(TemplateProblem) {
      let url = try template.render(call.url, refusesEmpty: true)
      guard WebOrigin(String(decoding: url.bytes, as: UTF8.self)) == home else {
        throw TemplateProblem("`\(url)` is another place than the watch's own service")
      }
      var headers: [(name: String, value: SensitiveText)] = []
      func add(_ name: String, _ value: SensitiveText) {
        headers.removeAll { $0.name.lowercased() == name.lowercased() }
        headers.append((name, value))
      }
      add("Accept", SensitiveText("application/json"))
      for field in call.headers {
        let value = try template.render(field.value)
        if !value.bytes.isEmpty { add(field.name, value) }
      }
      let fields = try credentials(call, add)
      let body = try body(call, fields)
      if let body, !headers.contains(where: { $0.name.lowercased() == "content-type" }) { add("Content-Type", SensitiveText(body.type)) }
      return HTTPRequest(
        method: call.method, url: url, headers: headers, body: body?.text, isAuthenticated: !call.authentication.isEmpty, origin: home,
        isRead: false)
    } catch { throw PlanProblem(error.sentence) }
  }

  /// Adds the headers that say who it is from, and gives the members of the body that do.
  private func credentials(
    _ call: CallManifest, _ add: (String, SensitiveText) -> Void
  ) throws(TemplateProblem) -> [CallManifest.Field] {
    var fields: [CallManifest.Field] = []
    for scheme in call.authentication {
      switch scheme {
      case .bearer(let text):
        let token = try template.render(text)
        if !token.bytes.isEmpty { add("Authorization", SensitiveText([.literal("Bearer ")] + token.fragments)) }
      case .basic(let text):
        let pair = try template.render(text).bytes
        if pair.contains(where: { $0 != UInt8(ascii: ":") }) {
          add("Authorization", SensitiveText([.literal("Basic "), .secret(name: "user and password", Secret(Base64.encode(pair)))]))
        }
      case .headers(let some): for field in some { add(field.name, try template.render(field.value)) }
      case .body(let some): fields += some
      }
    }
    return fields
  }

  private func body(_ call: CallManifest, _ more: [CallManifest.Field]) throws(TemplateProblem) -> (text: SensitiveText, type: String)? {
    switch call.body {
    case .form(let fields):
      var fragments: [SensitiveText.Fragment] = []
      for (index, field) in (fields + more).enumerated() {
        fragments.append(.literal((index == 0 ? "" : "&") + PercentEncoding.query.encode(field.name) + "="))
        fragments += try template.render(field.value, .query, refusesEmpty: !field.value.mayBeEmpty).fragments
      }
      return (SensitiveText(fragments), "application/x-www-form-urlencoded")
    case .json(let tree):
      return (SensitiveText(try json(adding(more, to: tree)) ?? [.literal("null")]), "application/json")
    case nil:
      guard !more.isEmpty else { return nil }
      return (SensitiveText(try json(adding(more, to: .map([]))) ?? []), "application/json")
    }
  }

  private func adding(_ fields: [CallManifest.Field], to tree: TemplateTree) -> TemplateTree {
    guard !fields.isEmpty, case .map(let members) = tree else { return tree }
    return .map(members + fields.map { .init(key: Text($0.name), value: .template($0.value)) })
  }

  /// Nil where an optional value is absent: then its member is left out.
  private func json(_ tree: TemplateTree) throws(TemplateProblem) -> [SensitiveText.Fragment]? {
    switch tree {
    case .constant(let document): return [.literal(document.canonicalJSON())]
    case .list(let elements):
      var fragments: [SensitiveText.Fragment] = []
      for element in elements {
        if !fragments.isEmpty { fragments.append(.literal(",")) }
        fragments += try json(element) ?? [.literal("null")]
      }
      return [.literal("[")] + fragments + [.literal("]")]
    case .map(let members):
      var fragments: [SensitiveText.Fragment] = []
      for member in members {
        guard let value = try json(member.value) else { continue }
        fragments.append(.literal((fragments.isEmpty ? "" : ",") + Document(.text(member.key.string)).canonicalJSON() + ":"))
        fragments += value
      }
      return [.literal("{")] + fragments + [.literal("}")]
    case .template(let text):
      guard text.references.contains(where: { template.isSecret($0) }) || text.alone == nil else {
        return try template.value(text).map { [.literal($0.canonicalJSON())] }
      }
      return [.literal("\"")] + (try template.render(text, refusesEmpty: !text.mayBeEmpty)).fragments.map(JSONBody.escaped) + [
        .literal("\"")
      ]
    }
  }
}
