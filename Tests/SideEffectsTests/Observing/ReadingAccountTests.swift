import SideEffects
import Testing

@Suite("The account that reads")
struct ReadingAccountTests {
  static func manifest(rights: String = "rights", kind: String = "needs: [hooks, admin]") -> String {
    WalkedService.manifest(
      list: "{call: GET /hooks, pages: none}", request: ", auth: {bearer: \"{token}\"}",
      more: "check: {call: GET /me, reader: \"{login}\", rights: \"\(rights)\"}", kind: kind)
  }

  static let list = answer("/hooks", hooks(1))

  @Test(
    "is told with its rights, as a list or as text",
    arguments: [
      ("rights", #"{"login": " bot ", "rights": ["hooks", "admin"]}"#), ("rights", #"{"login": "bot", "rights": "hooks,  admin"}"#),
      ("rights[*].name", #"{"login": "bot", "rights": [{"name": "hooks"}, {"name": "admin"}]}"#),
    ])
  func told(rights: String, body: String) async throws {
    let walked = try await WalkedService(Self.manifest(rights: rights), [answer("/me", body), Self.list])
    #expect(walked.report.reader == Reader(account: "bot", rights: .told(["hooks", "admin"])))
    #expect(walked.completeness()?.isComplete == true)
  }

  @Test("has its rights in a header")
  func header() async throws {
    let walked = try await WalkedService(
      Self.manifest(rights: "@header.X-OAuth-Scopes?"),
      [answer("/me", #"{"login": "bot"}"#, headers: [("x-oauth-scopes", "hooks, admin")]), Self.list])
    #expect(walked.report.reader.rights == .told(["hooks", "admin"]))
  }

  @Test("that lacks a right sees not all, and what it sees is kept")
  func lacking() async throws {
    let walked = try await WalkedService(Self.manifest(), [answer("/me", #"{"login": "bot", "rights": ["hooks"]}"#), Self.list])
    #expect(walked.codes() == ["rights-missing"])
    #expect(walked.completeness()?.proves(absenceIn: .whole) == false)
    #expect(walked.ids() == ["1"])
  }

  @Test("whose rights nobody tells is taken as it is, and a refusal names what is needed")
  func untold() async throws {
    let me = answer("/me", #"{"login": "bot"}"#)
    let whole = try await WalkedService(Self.manifest(), [me, Self.list])
    #expect(whole.report.reader == Reader(account: "bot", rights: .untold))
    #expect(whole.completeness()?.isComplete == true)
    let refused = try await WalkedService(Self.manifest(), [me, answer("/hooks", 403, "{}")])
    #expect(refused.completeness()?.gaps.first?.because.advice.string.contains("hooks, admin") == true)
  }

  @Test(
    "that is refused, or answered by a web page, sees nothing",
    arguments: [(401, "{}", "unauthorized"), (200, "<html></html>", "not-data")])
  func refused(status: Int, body: String, code: String) async throws {
    let walked = try await WalkedService(Self.manifest(), [answer("/me", status, body), Self.list])
    #expect(walked.codes() == [code])
    guard case .failed? = walked.completeness() else {
      Issue.record("\(String(describing: walked.completeness()))")
      return
    }
    #expect(walked.resources.isEmpty)
  }

  @Test("that can't be told is a fingerprint of the credential, and reads all the same")
  func anonymous() async throws {
    let secrets: [Text: Secret] = ["token": Secret("a-secret-token")]
    let walked = try await WalkedService(Self.manifest(kind: ""), [answer("/me", 403, "{}"), Self.list], secrets: secrets)
    let account = try #require(walked.report.reader.account)
    #expect(account.string.hasPrefix("fingerprint:") && !account.string.contains("a-secret-token"))
    #expect(walked.completeness()?.isComplete == true)
    let other = try await WalkedService(
      Self.manifest(kind: ""), [answer("/me", 403, "{}"), Self.list], secrets: ["token": Secret("another-token")])
    #expect(other.report.reader.account != account)
  }

  @Test("has standing blind spots, as far as they hold for it")
  func standing() async throws {
    let blind = """
      blind:
              - {what: hooks of apps, by hand: look at the page, open: "https://x.example/{owner}"}
              - {what: only for the untold, where: {"@rights": null}}
              - {what: only for bots, where: {"@reader": bot}}
      """
    let manifest = Self.manifest(kind: blind)
    let told = try await WalkedService(manifest, [answer("/me", #"{"login": "bot", "rights": []}"#), Self.list])
    #expect(told.report.kinds["webhook"]?.standing.map(\.sentence) == ["hooks of apps", "only for bots"])
    #expect(told.report.kinds["webhook"]?.standing.map(\.rule) == ["not-shown", "not-shown"])
    #expect(told.report.kinds["webhook"]?.standing.first?.advice == "look at the page: https://x.example/acme")
    let untold = try await WalkedService(manifest, [answer("/me", #"{"login": "eve"}"#), Self.list])
    #expect(untold.report.kinds["webhook"]?.standing.map(\.sentence) == ["hooks of apps", "only for the untold"])
  }

  @Test("may be unable to list a kind at all: that is said, and nothing else of that kind")
  func notListable() async throws {
    let manifest = """
      manifest: 1
      title: A service
      settings: {base: {default: "\(WalkedService.base)"}}
      request: {base: "{base}"}
      kinds:
        webhook: {blind: [{what: no call lists them, by hand: look at each app}]}
      """
    let walked = try await WalkedService(manifest, [])
    #expect(walked.report.kinds["webhook"]?.standing.map(\.rule) == ["not-listable"])
    #expect(walked.resources.isEmpty)
  }
}
