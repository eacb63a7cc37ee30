internal import Documents

/// How complete an observation is, inside its record: `state` is `complete`, `partial` or `failed`.
enum CompletenessRecord {
  private enum State: String { case complete, partial, failed }

  static func document(of completeness: Completeness) -> Document {
    switch completeness {
    case .complete(let evidence):
      .object([("evidence", document(of: evidence)), ("state", word(.complete))])
    case .partial(let evidence, let gaps):
      .object([("evidence", document(of: evidence)), ("gaps", .listed(gaps.all.map(document(of:)))), ("state", word(.partial))])
    case .failed(let diagnostics):
      .object([("because", .listed(diagnostics.all.map(DiagnosticRecord.document(of:)))), ("state", word(.failed))])
    }
  }

  static func completeness(from record: StoredObject) throws(Failure) -> Completeness {
    let state: State = try record.word("state")
    switch state {
    case .complete:
      return .complete(try evidence(from: record.object("evidence")))
    case .partial:
      guard let gaps = NonEmpty(try record.list("gaps", of: gap)) else { throw StoredObject.damaged("a partial observation has no gaps") }
      return .partial(try evidence(from: record.object("evidence")), gaps)
    case .failed:
      guard let because = NonEmpty(try record.list("because", of: DiagnosticRecord.diagnostic)) else {
        throw StoredObject.damaged("a failed observation has no reason")
      }
      return .failed(because)
    }
  }

  private static func word(_ state: State) -> Document { Document(.text(state.rawValue)) }

  private static func document(of evidence: Evidence) -> Document {
    .object([
      ("ends", .listed(evidence.ends.sorted().map { Document(.text($0.rawValue)) })), ("items", .of(evidence.items)),
      ("reads", .of(evidence.reads)),
    ])
  }

  private static func evidence(from record: StoredObject) throws(Failure) -> Evidence {
    Evidence(
      reads: try record.integer("reads"), items: try record.integer("items"), ends: Set(try record.list("ends", of: StoredObject.word)))
  }

  private static func document(of gap: Gap) -> Document {
    .object([("because", DiagnosticRecord.document(of: gap.because)), ("scope", .listed(gap.scope.steps.map(document(of:))))])
  }

  private static func gap(from document: Document, name: String) throws(Failure) -> Gap {
    let record = try StoredObject(document, name: name)
    return Gap(
      scope: Scope(try record.list("scope", of: step)),
      because: try DiagnosticRecord.diagnostic(from: record.required("because"), name: "because"))
  }

  private static func document(of step: Scope.Step) -> Document {
    .object([("id", .of(step.id)), ("label", step.label == step.id ? nil : .of(step.label)), ("list", .of(step.list))])
  }

  private static func step(from document: Document, name: String) throws(Failure) -> Scope.Step {
    let record = try StoredObject(document, name: name)
    return Scope.Step(list: try record.text("list"), id: try record.text("id"), label: try record.optionalText("label"))
  }
}
