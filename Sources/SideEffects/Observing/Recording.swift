internal import Documents

/// Exchanges with a service as they were, or as its documentation says they are: what providers are tested on without a socket.
///
/// The file is JSON. `exchanges` is a list of `method`, `url` (absolute), `status`, `headers` (pairs of name and value) and `body` (text as it
/// is, or JSON); `sent`, where it is given, is the request's body. `with` and `secrets` are the watch's settings; the secrets are made up.
public struct Recording: Sendable {
  /// A request and its answer.
  public struct Exchange: Sendable {
    public let method: Text
    public let url: String
    /// Nil fits any body.
    public let sent: [UInt8]?
    public let answer: HTTPAnswer

    public init(method: Text, url: String, sent: [UInt8]? = nil, answer: HTTPAnswer) {
      (self.method, self.url, self.sent, self.answer) = (method, url, sent, answer)
    }
  }

  public let with: [Text: WatchSettings.Setting]
  public let secrets: [Text: Secret]
  public let exchanges: [Exchange]

  public init(with: [Text: WatchSettings.Setting] = [:], secrets: [Text: Secret] = [:], exchanges: [Exchange]) {
    (self.with, self.secrets, self.exchanges) = (with, secrets, exchanges)
  }

  /// Reads a recording's file; throws `bad-recording` with the number of the exchange that is wrong.
  public init(_ bytes: [UInt8], file: Text) throws(Failure) {
    func bad(_ sentence: String, line: Int = 0, column: Int = 0) -> Failure {
      Failure("bad-recording", sentence, advice: "Correct the recording.", place: .file(file, line: line, column: column))
    }
    let document: Document
    do {
      document = try DocumentFormat.json.read(bytes).first ?? Document(.null)
    } catch {
      throw bad(error.problem, line: error.position?.line ?? 0, column: error.position?.column ?? 0)
    }
    // What is read from files has settings and no exchanges.
    guard let written = document["exchanges"].map({ $0.list }) ?? [] else { throw bad("`exchanges` is no list") }
    var exchanges: [Exchange] = []
    for (index, exchange) in written.enumerated() {
      guard let read = Exchange(exchange) else {
        throw bad("exchange \(index + 1) lacks its method, url or status, or has a header that is no pair")
      }
      exchanges.append(read)
    }
    var with: [Text: WatchSettings.Setting] = [:]
    for member in document["with"]?.members ?? [] {
      with[Text(member.key)] = if let list = member.value.list { .many(list.map { Text($0.word) }) } else { .one(Text(member.value.word)) }
    }
    var secrets: [Text: Secret] = [:]
    for member in document["secrets"]?.members ?? [] { secrets[Text(member.key)] = Secret(member.value.word) }
    self.init(with: with, secrets: secrets, exchanges: exchanges)
  }

  /// A watch of the recorded service, named as its provider; a secret that the recording doesn't give is made up.
  public func watch(for provider: Provider) throws(Failure) -> Watch {
    var secrets = secrets
    for setting in provider.manifest.settings where setting.isSecret && setting.defaults == nil {
      secrets[Text(setting.name)] = secrets[Text(setting.name)] ?? Secret("made-up \(setting.name)")
    }
    let references = secrets.mapValues { _ in SecretReference.environment("RECORDED") }
    let settings = WatchSettings(
      name: provider.name, provider: provider.name, with: with, secrets: references, only: nil, owner: nil, line: 0)
    let resolver = WatchResolver(folder: "/")
    if let problems = NonEmpty(resolver.problems(of: settings, for: provider)) { throw Failure(problems) }
    return try resolver.watch(settings, provider: provider, secrets: secrets)
  }
}

extension Recording.Exchange {
  fileprivate init?(_ document: Document) {
    guard let method = document["method"]?.text, let url = document["url"]?.text,
      let status = document["status"]?.number.flatMap({ Int($0) })
    else {
      return nil
    }
    var headers: [(name: String, value: String)] = []
    for pair in document["headers"]?.list ?? [] {
      guard let pair = pair.list, pair.count == 2, let name = pair[0].text, let value = pair[1].text else { return nil }
      headers.append((name, value))
    }
    let answer = HTTPAnswer(status: status, headers: headers, body: document["body"].map { Array($0.word.utf8) } ?? [])
    self.init(method: Text(method), url: url, sent: document["sent"].map { Array($0.word.utf8) }, answer: answer)
  }
}

extension Document {
  /// A text as it is, anything else as canonical JSON.
  fileprivate var word: String { text ?? canonicalJSON() }
}
