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
      var headers = RequestHeaders()
      headers.set("Accept", SensitiveText("application/json"))
      for field in call.headers {
        let value = try template.render(field.value)
        if !value.bytes.isEmpty { headers.set(field.name, value) }
      }
      let members = try headers.sign(with: call.authentication, template).members
      let body = try body(call, members)
      if let body, !headers.has("Content-Type") { headers.set("Content-Type", SensitiveText(body.type)) }
      return HTTPRequest(
        method: call.method, url: url, headers: headers.fields, body: body?.text, isAuthenticated: !call.authentication.isEmpty,
        origin: home, isRead: false)
    } catch { throw PlanProblem(error.sentence) }
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
      return (SensitiveText(try json(tree.adding(more)) ?? [.literal("null")]), "application/json")
    case nil:
      guard !more.isEmpty else { return nil }
      return (SensitiveText(try json(TemplateTree.map([]).adding(more)) ?? []), "application/json")
    }
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
