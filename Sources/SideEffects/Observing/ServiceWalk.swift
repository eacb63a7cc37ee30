import Documents

/// Reads everything that a watch of the http engine asks for, through whatever carries its requests.
public struct ServiceWalk: Sendable {
  let watch: Watch
  let carrier: any HTTPCarrier
  let tools: ObservingTools
  let sanitizer: Sanitizer
  let maker: RequestMaker
  let counter: WalkCounter

  public init(watch: Watch, carrier: any HTTPCarrier, tools: ObservingTools) {
    (self.watch, self.carrier, self.tools) = (watch, carrier, tools)
    let secrets = watch.settings.values.compactMap { (value) -> Secret? in
      if case .secret(let secret) = value { secret } else { nil }
    }
    sanitizer = Sanitizer(fingerprinter: tools.fingerprinter, secrets: secrets)
    maker = RequestMaker(origin: Self.origin(of: watch))
    counter = WalkCounter(watch: watch.name, tell: tools.progress)
  }

  static func origin(of watch: Watch) -> WebOrigin? {
    var context = TemplateContext()
    context.settings = watch.settings
    let manifest = watch.provider.manifest
    let sources =
      manifest.kinds.flatMap(\.lists)
      + manifest.lists.compactMap { (list) -> ListSource? in if case .source(let source) = list.origin { source } else { nil } }
    let calls =
      [manifest.check?.call].compactMap(\.self)
      + sources.compactMap { (source) -> CallManifest? in if case .call(let call) = source.from { call } else { nil } }
    for base in calls.compactMap(\.url.base) {
      if let text = try? context.render(base), let origin = WebOrigin(String(decoding: text.bytes, as: UTF8.self)) { return origin }
    }
    return nil
  }

  public func observe() async -> WatchReport {
    var asking = TemplateContext()
    asking.settings = watch.settings
    let (reader, refusal) = await reader(&asking)
    let context = asking
    let root = WalkPoint(context: context)
    if let refusal {
      let failed = watch.kinds.map { ($0.name, KindReport(completeness: .failed(refusal), standing: $0.standing(context, sanitizer))) }
      return WatchReport(reader: reader, asked: asked([:]), kinds: Dictionary(failed) { first, _ in first })
    }
    let lists = await walkedLists(from: root)
    var constants: [Text: Set<Text>] = [:]
    for (name, list) in lists where list.isConstant { constants[name] = Set(list.points.compactMap { $0.scope.steps.last?.id }) }
    let kinds = await withTaskGroup(of: (Text, KindReport).self) { group in
      for kind in watch.kinds {
        group.addTask {
          let completeness = await self.completeness(of: kind, from: root, lists: lists, reader: reader)
          return (kind.name, KindReport(completeness: completeness, standing: kind.standing(context, self.sanitizer)))
        }
      }
      return await group.reduce(into: [Text: KindReport]()) { $0[$1.0] = $1.1 }
    }
    return WatchReport(reader: reader, asked: asked(constants), kinds: kinds)
  }

  private func asked(_ constants: [Text: Set<Text>]) -> Asked {
    Asked(watch: watch, sanitized: { sanitizer.text($0) }, constants: constants)
  }

  /// What can't be seen by this reader in any case.
  // Who reads ----------------------------------------------------------------------------------------------------

  /// The reader; and why nothing can be read at all, where the service is out of reach or refuses the credential.
  private func reader(_ context: inout TemplateContext) async -> (Reader, NonEmpty<Diagnostic>?) {
    let anonymous = Reader(account: credentialFingerprint())
    guard let check = watch.provider.manifest.check else { return (anonymous, nil) }
    let request: HTTPRequest
    do { request = try maker.request(check.call, context) } catch {
      return (anonymous, NonEmpty(Diagnostic("bad-request", error.sentence)))
    }
    counter.tell("asking who the credential is")
    let answer: HTTPAnswer
    do { answer = try await carrier.send(request) } catch { return (anonymous, error.diagnostics) }
    let inspection = AnswerInspection(call: check.call, context: context, place: .url(Text(request.shownURL)), needs: [])
    switch inspection.verdict(answer) {
    case .saidEmpty: return (anonymous, nil)
    // Not to know who reads is no reason not to read, but for a credential that is refused.
    case .refused(let diagnostic):
      return (anonymous, ["unauthorized", "not-data", "not-ok"].contains(diagnostic.rule) ? NonEmpty(diagnostic) : nil)
    case .document(let document):
      var answered = context
      (answered.item, answered.headers, answered.status) = (document, answer.headers, answer.status)
      let name: String? = if let template = check.reader { try? answered.plain(template) } else { nil }
      let account = name.map { Text(sanitizer.text($0.trimmed)) }
      let rights: Reader.Rights = if let reference = check.rights { self.rights(reference, answered) } else { .untold }
      context.reader = account
      if case .told(let told) = rights { context.rights = told.sorted() }
      return (Reader(account: account ?? anonymous.account, rights: rights), nil)
    }
  }

  private func rights(_ reference: Reference, _ context: TemplateContext) -> Reader.Rights {
    let values: [Document]
    switch reference.root {
    case .item: values = (context.item.flatMap { try? reference.path.lenientMatches(in: $0) } ?? []).map(\.document)
    default: values = context.document(reference).map { [$0] } ?? []
    }
    guard !values.isEmpty else { return .untold }
    let words = values.flatMap { $0.list ?? [$0] }.compactMap(\.plainText).flatMap { $0.split { $0 == "," || $0 == " " } }
    return .told(Set(words.map { Text(sanitizer.text(String($0))) }))
  }

  /// What stands for a reader whose name is not told: nil where there is no credential at all.
  private func credentialFingerprint() -> Text? {
    var bytes: [UInt8] = []
    for setting in watch.provider.manifest.settings {
      switch watch.settings[setting.name] {
      case .secret(let secret): bytes += secret.withBytes { $0 } + [0]
      case .text(let name) where setting.name == StandardSetting.user.rawValue: bytes += Array(name.string.utf8) + [0]
      case .text, .texts, nil: break
      }
    }
    return bytes.allSatisfy { $0 == 0 } ? nil : Text(tools.fingerprinter.fingerprint(of: bytes).description)
  }
}

extension Asked {
  /// What a watch asks for: its settings but secrets, and but those that only say which moment is seen.
  public init(watch: Watch, sanitized: (String) -> String = { $0 }, constants: [Text: Set<Text>] = [:], revision: Text? = nil) {
    var settings: [Text: Text] = [:]
    let manifest = watch.provider.manifest
    for setting in manifest.settings where !setting.isSecret && !setting.saysMoment && !manifest.saysReader(setting) {
      switch watch.settings[setting.name] {
      // Of several values each has listings of its own, told apart by their scopes.
      case nil, .secret, .texts: break
      case .text(let text): settings[Text(setting.name)] = Text(sanitized(text.string))
      }
    }
    self.init(provider: watch.provider.name, settings: settings, constants: constants, revision: revision)
  }
}

extension String {
  fileprivate var trimmed: String {
    String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }
}
