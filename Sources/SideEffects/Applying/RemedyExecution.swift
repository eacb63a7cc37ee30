import Documents

/// Builds the requests of a remedy again, to be sent, and judges their answers.
struct RemedyExecution {
  private let watch: Watch

  /// - Parameter watch: With its secrets.
  init(watch: Watch) { self.watch = watch }

  /// The requests, in the order of those that the plan shows.
  ///
  /// - Parameters:
  ///   - item: The item as it was read just now, and what it is as a resource; for requests that are made of all of it.
  ///   - asks: What a person was asked for, by name.
  /// - Throws: `request-differs` where they are not those of the plan, or can't be made.
  func requests(
    of planned: PlannedRequests, item: (item: FreshItem, resource: Resource)? = nil, asks: [Text: Secret]
  ) throws(Failure) -> [HTTPRequest] {
    guard let kind = watch.provider.manifest.kind(planned.use.resource.address.kind) else { throw Self.differs("its kind is gone") }
    guard let home = ServiceWalk.origin(of: watch) else { throw Self.differs("the watch has no `base`") }
    let calls = try calls(of: planned, kind)
    let shown = context(planned.use, kind, asks: [:])
    do throws(PlanProblem) {
      var restored: Document?
      if calls.flatMap(\.references).contains(where: { $0.root == .restored }) {
        guard let item else { throw PlanProblem("the object as it is now was not read") }
        restored = try RestoredItem.document(item.item, item.resource, planned.use.differences)
      }
      let told = context(planned.use, kind, asks: asks, restored: restored)
      var again: [PlannedRequest] = []
      for call in calls { again.append(try RequestPlanner(context: shown).request(call)) }
      guard again == planned.all else { throw PlanProblem("the provider or the configuration makes another request of it now") }
      for name in Self.asks(of: calls) where asks[name] == nil { throw PlanProblem("`\(name)` was not given") }
      var requests: [HTTPRequest] = []
      for call in calls { requests.append(try RequestBuilder(context: told, home: home).request(call)) }
      return requests
    } catch { throw Self.differs(error.sentence) }
  }

  /// The names of what the requests of a remedy need from a person.
  func asks(of planned: PlannedRequests) -> [Text] {
    guard let kind = watch.provider.manifest.kind(planned.use.resource.address.kind), let calls = try? calls(of: planned, kind) else {
      return []
    }
    return Self.asks(of: calls)
  }

  private static func asks(of calls: [CallManifest]) -> [Text] {
    let names = calls.flatMap(\.references).compactMap { (reference) -> Text? in
      if case .ask(let name) = reference.root { name } else { nil }
    }
    return Set(names).sorted()
  }

  /// The attributes that requests write as the plan has them, whatever they are by then.
  func written(by planned: PlannedRequests) -> ComparedAttributes {
    guard let kind = watch.provider.manifest.kind(planned.use.resource.address.kind), let calls = try? calls(of: planned, kind) else {
      return .only([])
    }
    let references = calls.flatMap(\.references).filter { $0.root == .before || $0.root == .item }
    if references.contains(where: { $0.path.steps.isEmpty }) { return .all }
    return .only(references.map { AttributePattern($0.attributeName) })
  }

  private func calls(of planned: PlannedRequests, _ kind: KindManifest) throws(Failure) -> [CallManifest] {
    guard case .calls(let calls)? = kind.remedies[planned.use.name]?.action else { throw Self.differs("the provider has no such remedy") }
    let template = context(planned.use, kind, asks: [:]).template
    return calls.filter { $0.condition?.holds { template.document($0) } ?? true }
  }

  private func context(_ use: RemedyUse, _ kind: KindManifest, asks: [Text: Secret], restored: Document? = nil) -> PlanContext {
    PlanContext(
      settings: watch.settings, kind: kind, resource: use.resource, wanted: use.wanted, differences: use.differences, asks: asks,
      restored: restored)
  }

  private static func differs(_ why: String) -> Failure {
    Failure("request-differs", "what would be sent is not what the plan shows: \(why)", advice: "Make the plan anew and read it.")
  }

  // Answers ------------------------------------------------------------------------------------------------------

  /// What the answer to one of the requests says.
  func verdict(on answer: HTTPAnswer, to part: Int, of planned: PlannedRequests) -> AnswerVerdict {
    switch answer.status {
    case 200...299: return good(answer, part, planned)
    case 404, 410: return .gone(status: answer.status)
    // It may have been served all the same.
    case 408, 300...399, 500...599:
      return .unclear(
        Diagnostic("unclear", "\(answer.status): the service does not say whether it did it", advice: "Look at the service's own log."))
    case 401, 403:
      return .refused(
        Diagnostic(
          "forbidden", "\(answer.status): the credential may not do this",
          advice: "Give the account the right, or the watch another credential for it, as `providers show \(watch.provider.name)` tells."))
    case 429:
      return .refused(Diagnostic("rate-limited", "429: too many requests", advice: "Wait, and run it again."))
    default:
      return .refused(
        Diagnostic("refused", "\(answer.status): the service refuses it", advice: "Ask it by hand what is wrong, and mend that first."))
    }
  }

  private func good(_ answer: HTTPAnswer, _ part: Int, _ planned: PlannedRequests) -> AnswerVerdict {
    let isPage = (answer.header("Content-Type") ?? "").lowercased().contains("html")
    if isPage {
      return .unclear(
        Diagnostic("not-data", "\(answer.status) with a web page: a log-in page, or a proxy's", advice: "Check the credential."))
    }
    guard !answer.body.isEmpty, answer.status != 204, let kind = watch.provider.manifest.kind(planned.use.resource.address.kind),
      let calls = try? calls(of: planned, kind), calls.indices.contains(part), let ok = calls[part].ok
    else { return .taken(status: answer.status) }
    var context = TemplateContext()
    (context.settings, context.status, context.headers) = (watch.settings, answer.status, answer.headers)
    guard let body = try? DocumentFormat.json.read(answer.body).first else {
      return .unclear(Diagnostic("unparsable", "\(answer.status), and the answer is no JSON", advice: "Look at the service's own log."))
    }
    context.item = body
    if ok.holds({ context.document($0) }) { return .taken(status: answer.status) }
    let wanted = ok.references.map { "`\($0.text)`" }.joined(separator: ", ")
    return .refused(
      Diagnostic(
        "not-ok", "\(answer.status), but \(wanted) is not what a good answer has", advice: "Ask the service by hand what is wrong."))
  }
}

/// What an answer to a request that changes something says.
enum AnswerVerdict: Hashable {
  case taken(status: Int)
  /// The service finds nothing there: reading tells whether that is what was wanted.
  case gone(status: Int)
  /// It did nothing.
  case refused(Diagnostic)
  /// It may have done it.
  case unclear(Diagnostic)
}
