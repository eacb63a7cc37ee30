import Documents

/// Why a request can't be written down safely.
struct PlanProblem: Error, Hashable {
  /// Without its full stop.
  let sentence: String
  init(_ sentence: String) { self.sentence = sentence }
}

/// Makes the exact request of a remedy's call; what is not known for certain is refused.
struct RequestPlanner {
  let context: PlanContext

  private var template: TemplateContext { context.template }

  func request(_ call: CallManifest) throws(PlanProblem) -> PlannedRequest {
    try checkWholeBodies(call)
    do throws(TemplateProblem) {
      let url = try template.render(call.url, refusesEmpty: true).description
      let isFit = url.unicodeScalars.allSatisfy { !DisplayText.isUnfit($0) && $0 != " " }
      guard isFit, WebOrigin(url) != nil else { throw TemplateProblem("`\(url)` is no http or https URL") }
      let request = PlannedRequest(
        method: call.method, url: Text(url), headers: try headers(call), credentials: try credentials(call), body: try body(call),
        done: call.done.flatMap { context.expectation(of: $0) })
      try Self.checkFingerprints(request)
      return request
    } catch { throw PlanProblem(error.sentence) }
  }

  /// A body that is all of a resource has to be able to hold all of it.
  private func checkWholeBodies(_ call: CallManifest) throws(PlanProblem) {
    for reference in call.references {
      let unplaced: [Text]
      switch reference.root {
      // Of the object as it is then, with what changed put back: only its place stands in the plan.
      case .restored: unplaced = context.unplacedChanged
      case .before: unplaced = reference.path.steps.isEmpty ? context.unplacedBefore : []
      case .changed: unplaced = reference.path.steps.isEmpty ? context.unplacedChanged : []
      default: unplaced = []
      }
      if let name = unplaced.first { throw PlanProblem("the place of `\(name)` in its body can't be told") }
    }
  }

  private func headers(_ call: CallManifest) throws(TemplateProblem) -> [PlannedRequest.Header] {
    var headers: [PlannedRequest.Header] = []
    for field in call.headers {
      let value = try template.render(field.value).description
      guard !value.isEmpty else { continue }
      let isFit = value.unicodeScalars.allSatisfy { !DisplayText.isUnfit($0) }
      guard isFit else { throw TemplateProblem("the header \(field.name) would hold a character that can't be shown") }
      headers.append(.init(name: Text(field.name), value: Text(value)))
    }
    return headers
  }

  /// An empty credential is none.
  private func credentials(_ call: CallManifest) throws(TemplateProblem) -> [PlannedRequest.Credential] {
    var credentials: [PlannedRequest.Credential] = []
    for scheme in call.authentication {
      switch scheme {
      case .bearer(let text):
        let token = try template.render(text)
        if !token.bytes.isEmpty { credentials.append(.header(name: "Authorization", value: [.literal("Bearer ")] + Self.parts(token))) }
      case .basic(let text):
        let pair = try template.render(text)
        if pair.bytes.contains(where: { $0 != UInt8(ascii: ":") }) { credentials.append(.basic(Self.parts(pair))) }
      case .headers(let fields):
        for field in fields { credentials.append(.header(name: Text(field.name), value: Self.parts(try template.render(field.value)))) }
      case .body(let fields):
        for field in fields { credentials.append(.field(name: Text(field.name), value: Self.parts(try template.render(field.value)))) }
      }
    }
    return credentials
  }

  private static func parts(_ text: SensitiveText) -> [PlannedRequest.Part] {
    text.fragments.map { fragment in
      switch fragment {
      case .literal(let text): .literal(Text(text))
      case .secret(let name, _): .secret(name: Text(name))
      }
    }
  }

  private func body(_ call: CallManifest) throws(TemplateProblem) -> PlannedRequest.Body? {
    switch call.body {
    case nil: return nil
    case .form(let fields):
      var sent: [PlannedRequest.Header] = []
      for field in fields {
        let value = try template.render(field.value, refusesEmpty: !field.value.mayBeEmpty).description
        sent.append(.init(name: Text(field.name), value: Text(value)))
      }
      return .form(sent)
    case .json(let tree): return .json(Text((try document(tree) ?? Document(.null)).canonicalJSON()))
    }
  }

  /// Nil where an optional value is absent: then its member is left out.
  private func document(_ tree: TemplateTree) throws(TemplateProblem) -> Document? {
    switch tree {
    case .constant(let document): return document
    case .list(let elements):
      var documents: [Document] = []
      for element in elements { documents.append(try document(element) ?? Document(.null)) }
      return Document(.list(documents))
    case .map(let members):
      var kept: [Document.Member] = []
      for member in members {
        if let value = try document(member.value) { kept.append(.init(key: member.key.string, value: value)) }
      }
      return Document(.map(kept))
    case .template(let text):
      if text.references.contains(where: { template.isSecret($0) }) || text.alone == nil {
        return Document(.text(try template.render(text, refusesEmpty: !text.mayBeEmpty).description))
      }
      let value = try template.value(text)
      if !text.mayBeEmpty, value?.text?.isEmpty == true || value?.members?.isEmpty == true {
        throw TemplateProblem("`\(text.source)` is empty")
      }
      return value
    }
  }

  /// A fingerprint in a request stands for a secret that nobody has kept: the service would take it for the value.
  private static func checkFingerprints(_ request: PlannedRequest) throws(TemplateProblem) {
    var texts = [request.url] + request.headers.map(\.value)
    switch request.body {
    case .json(let json): texts.append(json)
    case .form(let fields): texts += fields.map(\.value)
    case nil: break
    }
    let isHeld = texts.contains { $0.holdsFingerprint } || request.url.string.contains("fingerprint%3A")
    if isHeld { throw TemplateProblem("a part of it is a secret, of which only the fingerprint is kept") }
  }
}

extension Template {
  /// Whether it says itself that what it is made of may be absent.
  var mayBeEmpty: Bool {
    parts.allSatisfy { part in
      switch part {
      case .literal: true
      case .placeholder(let placeholder): placeholder.choices.contains(where: \.isOptional)
      }
    }
  }
}
