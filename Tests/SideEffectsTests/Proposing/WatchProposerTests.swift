import SideEffects
import Testing

@Suite("Watches proposed for a place")
struct WatchProposerTests {
  static let service = #"""
    manifest: 1
    title: A service
    settings:
      owner: {help: the organization}
      token: {help: "of an owner"}
      base: {default: "https://api.example"}
      write_token: {secret: true, default: "{token}"}
    found by:
      remote: '^(?:https://(?:[^@/]*@)?|git@)code\.example[:/](?<owner>[a-z]+)/'
      environment: {token: [SERVICE_TOKEN, OLD_TOKEN], owner: [SERVICE_OWNER], base: [SERVICE_URL]}
    request: {base: "{base}", pages: none}
    kinds: {webhook: {list: "GET /hooks"}}
    """#

  static let files = """
    manifest: 1
    title: Files
    engine: git
    settings: {repository: {}, ref: {}, files: {many: true, help: which files}}
    found by: {with: {files: ["**/flags.yaml", .env]}}
    kinds: {flag: {list: {files: ["{+files}"], read: suffix}}}
    """

  private func proposals(_ manifest: String, remotes: [(String, String)]? = nil, _ variables: [String: String] = [:]) throws
    -> [ProposedWatch]
  {
    let repository = remotes.map { Surroundings.Repository(path: "..", remotes: $0.map { (name: $0.0, url: $0.1) }) }
    return WatchProposer.proposals(for: try read(manifest: manifest), in: Surroundings(repository: repository, variables: variables))
  }

  @Test("with nothing to go by lack what is required, and have no sign")
  func nothing() throws {
    let watch = try #require(try proposals(Self.service).first)
    #expect(watch.signs.isEmpty && watch.missing.map(\.name) == ["owner", "token"])
    #expect(watch.with.isEmpty && watch.secrets.map(\.variable) == ["SERVICE_TOKEN"])
  }

  @Test(
    "take settings from a remote's URL",
    arguments: ["https://code.example/acme/api.git", "git@code.example:acme/api.git", "https://user:a-password@code.example/acme/api"])
  func remote(url: String) throws {
    let watch = try #require(try proposals(Self.service, remotes: [("origin", url)], ["OLD_TOKEN": "s3cret-value"]).first)
    #expect(watch.isWhole)
    #expect(watch.with.map(\.value) == [.one("acme")])
    #expect(watch.secrets.map(\.variable) == ["OLD_TOKEN"])
    #expect(watch.signs == ["the remote `origin` leads there", "OLD_TOKEN is set"])
    #expect(!"\(watch.settings)".contains("a-password") && !"\(watch.settings)".contains("s3cret-value"))
  }

  @Test("are one for each account that the remotes lead to, `origin` first")
  func remotes() throws {
    let remotes = [
      ("fork", "https://code.example/me/api"), ("origin", "https://code.example/acme/api"), ("other", "https://elsewhere.example/x/y"),
      ("web", "https://code.example/acme/web"),
    ]
    let watches = try proposals(Self.service, remotes: remotes)
    #expect(watches.map(\.name) == ["service", "service-2"])
    #expect(watches.flatMap { $0.with.map(\.value) } == [.one("acme"), .one("me")])
  }

  @Test("take no setting from a variable that is empty, holds a password in a URL, or is no web address")
  func variables() throws {
    for url in ["", "https://user:pw@api.example", "amqp://api.example", "sqlite:///x.db", "https://api.example/?token=x", "https://a\nb"] {
      let watch = try #require(try proposals(Self.service, ["SERVICE_URL": url, "SERVICE_TOKEN": ""]).first)
      #expect(watch.with.isEmpty && watch.signs.isEmpty, "\(url)")
    }
    #expect(
      try proposals(Self.service, ["SERVICE_URL": "https://own.example/api"]).first?.with.map(\.value) == [.one("https://own.example/api")])
  }

  @Test("of a repository say where it is, and what their provider sets")
  func repository() throws {
    let watch = try #require(try proposals(Self.files, remotes: []).first)
    #expect(watch.isWhole && watch.signs.isEmpty)
    #expect(watch.with.map(\.value) == [.one(".."), .many(["**/flags.yaml", ".env"])])
    #expect(try proposals(Self.files).first?.missing.map(\.name) == ["repository"])
  }
}
