import Documents
import LibPCRE2

/// A step of a plan in JSON.
enum StepFields {
  static func document(_ step: Step) -> Document {
    let scope = step.address.scope
    return JSONFields.object([
      ("number", .count(step.number)), ("id", .text(step.id)), ("watch", .text(step.address.watch)), ("kind", .text(step.address.kind)),
      ("resource", .text(step.address.id)), ("parents", scope == .whole ? nil : .list(scope.steps.map(parent))), ("name", .text(step.name)),
      ("sort", .text(Text(step.sort.rawValue))), ("level", .text(Text(step.level.rawValue))), ("title", .text(step.title)),
      ("evidence", .texts(step.evidence.all)), ("precondition", expectation(step.precondition)), ("do", remedy(step.remedy)),
      ("first", step.first.map(remedy)), ("risk", risk(step.risk)), ("beware", .optional(step.beware)), ("check", check(step)),
      ("undo", step.undo.map(remedy)), ("owner", .optional(step.owner)), ("page", .optional(step.page)),
      ("follows", .list(step.follows.map { JSONFields.object([("step", .count($0.step)), ("because", .text($0.because))]) })),
    ])
  }

  private static func parent(_ step: Scope.Step) -> Document {
    JSONFields.object([("list", .text(step.list)), ("id", .text(step.id)), ("name", .text(step.label))])
  }

  private static func check(_ step: Step) -> Document {
    JSONFields.object([("words", .text(step.checkWords)), ("expect", step.check.map(expectation)), ("within", .count(step.within))])
  }

  private static func expectation(_ expectation: Expectation) -> Document {
    switch expectation {
    case .absent: JSONFields.object([("state", .text("absent"))])
    case .answered: JSONFields.object([("state", .text("answered"))])
    case .meets(let requirements):
      JSONFields.object([
        ("state", .text("present")),
        ("where", JSONFields.object(requirements.all.map { ($0.name.string, matcher($0.matcher)) })),
      ])
    case .present(let values):
      JSONFields.object([
        ("state", .text("present")),
        ("attributes", JSONFields.object(values.sorted { $0.key < $1.key }.map { ($0.key.string, $0.value.document) })),
      ])
    }
  }

  /// As a manifest writes it.
  private static func matcher(_ matcher: Condition.Matcher) -> Document {
    switch matcher {
    case .equals(let text): .text(text)
    case .any(let matchers): .list(matchers.map { self.matcher($0) })
    case .emptyList: .list([])
    case .emptyMap: JSONFields.object([])
    case .absentOrNull: Document(.null)
    case .not(let inner): JSONFields.object([("not", self.matcher(inner))])
    case .matches(let pattern): JSONFields.object([("matches", .text(Text(pattern.source)))])
    }
  }

  private static func risk(_ risk: Risk) -> Document {
    switch risk {
    case .reversible: JSONFields.object([("word", .text(risk.word))])
    case .losing(let names): JSONFields.object([("word", .text(risk.word)), ("loses", .texts(names.all))])
    case .irreversible(let because): JSONFields.object([("word", .text(risk.word)), ("because", .text(because))])
    }
  }

  private static func remedy(_ remedy: Remedy) -> Document {
    switch remedy {
    case .requests(let requests): JSONFields.object([("how", .text("requests")), ("requests", .list(requests.all.map(request)))])
    case .patch(let patch):
      JSONFields.object([
        ("how", .text("patch")), ("patch", .text(patch.text)), ("repository", .text(patch.repository)), ("revision", .text(patch.revision)),
        ("unidiffZero", .boolean(patch.needsUnidiffZero)), ("revert", .optional(patch.reverting)),
      ])
    case .manual(let words, let page): JSONFields.object([("how", .text("manual")), ("words", .text(words)), ("page", .optional(page))])
    }
  }

  private static func request(_ request: PlannedRequest) -> Document {
    JSONFields.object([
      ("method", .text(request.method)), ("url", .text(request.url)), ("headers", .list(request.headers.map(pair))),
      ("credentials", .list(request.credentials.map(credential))), ("json", json(request.body)), ("form", form(request.body)),
      ("done", request.done.map(expectation)),
    ])
  }

  private static func pair(_ header: PlannedRequest.Header) -> Document {
    JSONFields.object([("name", .text(header.name)), ("value", .text(header.value))])
  }

  private static func json(_ body: PlannedRequest.Body?) -> Document? {
    switch body {
    case .json(let text): .text(text)
    case .form, nil: nil
    }
  }

  private static func form(_ body: PlannedRequest.Body?) -> Document? {
    switch body {
    case .form(let fields): .list(fields.map(pair))
    case .json, nil: nil
    }
  }

  /// Where it goes, and what, the secrets by name.
  private static func credential(_ credential: PlannedRequest.Credential) -> Document {
    switch credential {
    case .basic(let pair): JSONFields.object([("as", .text("basic")), ("value", .text(words(pair)))])
    case .header(let name, let value): JSONFields.object([("as", .text("header")), ("name", .text(name)), ("value", .text(words(value)))])
    case .field(let name, let value): JSONFields.object([("as", .text("field")), ("name", .text(name)), ("value", .text(words(value)))])
    }
  }

  private static func words(_ parts: [PlannedRequest.Part]) -> Text {
    Text(
      parts.map { part in
        switch part {
        case .literal(let text): text.string
        case .secret(let name): "{\(name)}"
        }
      }.joined())
  }
}
