import Documents
import FoundationEssentials
import SideEffects
import Testing

/// Real answers of GitHub, as `../shared/recordings/extract` takes them out of an SDK's own tests.
private enum RecordedAnswers {
  static let folder: String? = {
    let named = ProcessInfo.processInfo.environment["AUDIT_RESIDUE_RECORDINGS"]
    let places = [named, ProviderFolders.root.appending(path: "../../shared/recordings/out").path].compactMap { $0 }
    return places.first { FileManager.default.fileExists(atPath: "\($0)/github-webhooks-001.json") }
  }()

  static func document(_ name: String) throws -> Document {
    let data = try Data(contentsOf: URL(filePath: folder ?? "").appending(path: name + ".json"))
    return try #require(try DocumentFormat.json.read(Array(data)).first)
  }
}

@Suite("Recorded answers of GitHub, where ../shared/recordings/out or AUDIT_RESIDUE_RECORDINGS has them,")
struct RecordedGitHubTests {
  private static let api = "https://api.github.com"
  private static let repositories =
    #"[{"id": 1, "full_name": "jacquev6/PyGithub"}, {"id": 2, "full_name": "PyGithub/PyGithub"}, {"id": 3, "full_name": "AndrewJDawes/PyGithub"}]"#

  private func made(_ path: String, _ body: String) -> Recording.Exchange {
    .init(
      method: "GET", url: Self.api + path,
      answer: HTTPAnswer(
        status: 200, headers: [("Content-Type", "application/json")].map { (name: $0.0, value: $0.1) }, body: Array(body.utf8)))
  }

  /// A recorded answer at the place where the provider asks for it today.
  private func recorded(_ name: String, _ path: String) throws -> Recording.Exchange {
    let document = try RecordedAnswers.document(name)
    let headers = (document["headers"]?.list ?? []).map { (name: $0.list?.first?.text ?? "", value: $0.list?.last?.text ?? "") }
    let status = try #require(document["status"]?.number.flatMap { Int($0) })
    return .init(
      method: "GET", url: Self.api + path,
      answer: HTTPAnswer(status: status, headers: headers, body: Array((document["body"]?.text ?? "").utf8)))
  }

  private func exchanges() throws -> [Recording.Exchange] {
    var exchanges = [
      made("/user", #"{"login": "jacquev6"}"#), made("/orgs/BeaverSoftware/repos?per_page=100&type=all", Self.repositories),
      try recorded("github-webhooks-002", "/orgs/BeaverSoftware/hooks?per_page=100"),
      try recorded("github-webhooks-001", "/repos/jacquev6/PyGithub/hooks?per_page=100"),
      try recorded("github-webhooks-003", "/repos/PyGithub/PyGithub/hooks?per_page=100"),
      made("/repos/AndrewJDawes/PyGithub/hooks?per_page=100", "[]"),
      try recorded("github-deploy-keys-001", "/repos/PyGithub/PyGithub/keys?per_page=100"),
      try recorded("github-secrets-003", "/orgs/BeaverSoftware/actions/secrets?per_page=100"),
      try recorded("github-secrets-004", "/repos/AndrewJDawes/PyGithub/actions/secrets?per_page=100"),
      try recorded("github-secrets-001", "/repos/AndrewJDawes/PyGithub/environments/test/secrets?per_page=100"),
      made("/repos/AndrewJDawes/PyGithub/environments?per_page=100", #"{"total_count": 1, "environments": [{"id": 7, "name": "test"}]}"#),
    ]
    for repository in ["jacquev6/PyGithub", "AndrewJDawes/PyGithub"] {
      exchanges.append(made("/repos/\(repository)/keys?per_page=100", "[]"))
    }
    for repository in ["jacquev6/PyGithub", "PyGithub/PyGithub"] {
      exchanges.append(made("/repos/\(repository)/actions/secrets?per_page=100", #"{"total_count": 0, "secrets": []}"#))
      exchanges.append(made("/repos/\(repository)/environments?per_page=100", #"{"total_count": 0, "environments": []}"#))
    }
    return exchanges
  }

  private func read(_ exchanges: [Recording.Exchange]) async throws -> (report: WatchReport, resources: [Resource]) {
    let provider = try ProviderFolders.read("github")
    let recording = Recording(with: ["owner": .one("BeaverSoftware")], secrets: ["token": Secret("a-token-made-up")], exchanges: exchanges)
    let sink = CollectedResources()
    let tools = ObservingTools(sink: sink, fingerprinter: Fingerprinter(key: [1]), progress: { _ in })
    let report = await RecordedEngine(recording).observe(try recording.watch(for: provider), with: tools)
    return (report, await sink.resources)
  }

  private func count(_ name: String, _ key: String? = nil) throws -> Int {
    let body = try RecordedAnswers.document(name)["body"]?.text ?? ""
    let document = try #require(try DocumentFormat.json.read(Array(body.utf8)).first)
    return (key.flatMap { document[$0] } ?? document).list?.count ?? 0
  }

  @Test(
    "are read whole, each item once",
    .enabled(if: RecordedAnswers.folder != nil, "skipped: run ../shared/recordings/extract, or name its output in AUDIT_RESIDUE_RECORDINGS")
  )
  func whole() async throws {
    let (report, resources) = try await read(try exchanges())
    for (kind, told) in report.kinds { #expect(told.completeness.isComplete, "\(kind): \(told.completeness.gaps.map(\.because.sentence))") }
    let hooks = try count("github-webhooks-001") + count("github-webhooks-002") + count("github-webhooks-003")
    let secrets =
      try count("github-secrets-001", "secrets") + count("github-secrets-003", "secrets") + count("github-secrets-004", "secrets")
    #expect(resources.count { $0.address.kind == "webhook" } == hooks)
    #expect(resources.count { $0.address.kind == "deploy-key" } == (try count("github-deploy-keys-001")))
    #expect(resources.count { $0.address.kind == "actions-secret" } == secrets)
    #expect(hooks > 0 && secrets > 0)
    #expect(resources.filter { $0.address.kind == "actions-secret" }.allSatisfy { $0.origin.changed != nil })
  }

  @Test(
    "with one of the total missing are not whole",
    .enabled(if: RecordedAnswers.folder != nil, "skipped: run ../shared/recordings/extract, or name its output in AUDIT_RESIDUE_RECORDINGS")
  )
  func total() async throws {
    let exchanges = try exchanges().map { exchange in
      guard exchange.url.contains("/orgs/BeaverSoftware/actions/secrets") else { return exchange }
      let body = String(decoding: exchange.answer.body, as: UTF8.self).replacing(#""total_count": 1"#, with: #""total_count": 2"#)
      return Recording.Exchange(
        method: "GET", url: exchange.url, answer: HTTPAnswer(status: 200, headers: exchange.answer.headers, body: Array(body.utf8)))
    }
    let (report, _) = try await read(exchanges)
    #expect(report.kinds["actions-secret"]?.completeness.gaps.map(\.because.rule) == ["total-missed"])
    #expect(report.kinds["webhook"]?.completeness.isComplete == true)
  }
}
