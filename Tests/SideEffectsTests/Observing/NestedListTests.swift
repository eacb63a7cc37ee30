import SideEffects
import Testing

@Suite("Lists inside lists")
struct NestedListTests {
  static let manifest = WalkedService.manifest(
    list: "{for each: repository, call: \"GET /repos/{repository.name}/hooks\", pages: none}",
    more: "lists: {repository: {call: GET /repos, pages: link, id: \"{id}\", name: \"{name}\"}}")

  static let repositories = answer("/repos", #"[{"id": 10, "name": "api"}, {"id": 11, "name": "a/b"}]"#)

  private func scope(_ id: Text) -> Scope { Scope([.init(list: "repository", id: id)]) }

  @Test("are read once for each parent, whose id is part of the address and is encoded in the path")
  func whole() async throws {
    let walked = try await WalkedService(
      Self.manifest, [Self.repositories, answer("/repos/api/hooks", hooks(1)), answer("/repos/a%2Fb/hooks", hooks(1, 2))])
    guard case .complete(let evidence)? = walked.completeness() else {
      Issue.record("\(walked.codes())")
      return
    }
    #expect(evidence.reads == 3)
    #expect(walked.resources.map(\.address.scope).sorted() == [scope("10"), scope("11"), scope("11")])
    #expect(Set(walked.resources.map(\.address.scope.label)) == ["api", "a/b"])
  }

  @Test("one that can't be read is a gap of its own and of no other", arguments: [403, 404, 500])
  func oneFails(status: Int) async throws {
    let walked = try await WalkedService(
      Self.manifest, [Self.repositories, answer("/repos/api/hooks", status, "{}"), answer("/repos/a%2Fb/hooks", hooks(1))])
    let completeness = try #require(walked.completeness())
    #expect(completeness.gaps.map(\.scope) == [scope("10")])
    #expect(!completeness.proves(absenceIn: scope("10")))
    #expect(completeness.proves(absenceIn: scope("11")))
    #expect(completeness.proves(absenceIn: scope("12")), "a repository that is gone is gone with its webhooks")
    #expect(walked.resources.map(\.address.scope) == [scope("11")])
  }

  @Test("all of them unread make a partial observation, not a failed one: the parents were seen")
  func allFail() async throws {
    let walked = try await WalkedService(
      Self.manifest, [Self.repositories, answer("/repos/api/hooks", 403, "{}"), answer("/repos/a%2Fb/hooks", 403, "{}")])
    #expect(walked.completeness()?.isComplete == false)
    #expect(walked.completeness()?.gaps.map(\.scope).sorted() == [scope("10"), scope("11")])
  }

  @Test("parents that were not all read leave everything below them unknown", arguments: [403, 500])
  func parentsFail(status: Int) async throws {
    let first = answer("/repos", #"[{"id": 10, "name": "api"}]"#, headers: next("https://api.example/repos?2"))
    let walked = try await WalkedService(Self.manifest, [first, answer("/repos?2", status, "[]"), answer("/repos/api/hooks", hooks(1))])
    let completeness = try #require(walked.completeness())
    #expect(completeness.gaps.map(\.scope) == [.whole])
    #expect(!completeness.proves(absenceIn: scope("11")))
    #expect(walked.ids() == ["1"], "what can be read is read all the same")
  }

  @Test("a list of constants that names nothing asks for nothing, which proves nothing")
  func noConstants() async throws {
    let manifest = WalkedService.manifest(
      list: "{for each: account, call: \"GET /{account}/hooks\", pages: none}", more: "lists: {account: []}")
    let walked = try await WalkedService(manifest, [])
    #expect(walked.codes() == ["bad-setting"])
    #expect(walked.completeness()?.proves(absenceIn: .whole) == false)
  }

  @Test("a setting that takes several values and is given none is refused")
  func emptySetting() throws {
    let provider = try read(
      manifest: """
        manifest: 1
        title: A service
        settings: {accounts: {many: true}}
        lists: {account: "{accounts}"}
        kinds: {webhook: {list: {for each: account, call: "GET https://api.example/{account}/hooks", pages: none}, attributes: [url]}}

        """)
    let settings = WatchSettings(
      name: "w", provider: "service", with: ["accounts": .many([])], secrets: [:], only: nil, owner: nil, line: 0)
    let problems = WatchResolver(folder: "/").problems(of: settings, for: provider)
    #expect(problems.map(\.sentence) == ["`accounts` of the provider `service` names nothing"])
  }

  @Test("no parents are no gap")
  func none() async throws {
    let walked = try await WalkedService(Self.manifest, [answer("/repos", "[]")])
    #expect(walked.completeness()?.isComplete == true)
    #expect(walked.resources.isEmpty)
  }

  @Test("a parent that comes twice breaks the evidence")
  func twice() async throws {
    let first = answer("/repos", #"[{"id": 10, "name": "api"}]"#, headers: next("https://api.example/repos?2"))
    let walked = try await WalkedService(
      Self.manifest,
      [first, answer("/repos?2", #"[{"id": 10, "name": "api"}, {"id": 12, "name": "web"}]"#), answer("/repos/api/hooks", hooks(1))])
    #expect(walked.codes().contains("duplicate-id"))
    #expect(walked.completeness()?.proves(absenceIn: .whole) == false)
  }

  @Test("a parent without an id is a gap")
  func withoutID() async throws {
    let manifest = WalkedService.manifest(
      list: "{for each: repository, call: \"GET /repos/{repository}/hooks\", pages: none}",
      more: "lists: {repository: {call: GET /repos, pages: none}}")
    let walked = try await WalkedService(manifest, [answer("/repos", #"[{"name": "api"}]"#)])
    #expect(walked.codes() == ["item-unreadable"])
    #expect(walked.completeness()?.proves(absenceIn: .whole) == false)
  }

  @Test("items inside a parent's item need no request of their own")
  func inside() async throws {
    let manifest = WalkedService.manifest(
      list: "{for each: app, items: \"app.keys[*]\"}", more: "lists: {app: {call: GET /apps, pages: none}}")
    let walked = try await WalkedService(
      manifest, [answer("/apps", #"[{"id": "a", "keys": [{"id": 1}, {"id": 2}]}, {"id": "b", "keys": []}]"#)])
    #expect(walked.completeness()?.isComplete == true)
    #expect(walked.ids() == ["1", "2"])
    let missing = try await WalkedService(manifest, [answer("/apps", #"[{"id": "a", "keys": [{"id": 1}]}, {"id": "b"}]"#)])
    #expect(missing.codes() == ["items-missing"])
    #expect(missing.completeness()?.gaps.map(\.scope.label) == ["b"])
  }

  @Test("constants are walked like any list, and what they held is part of what was asked")
  func constants() async throws {
    let manifest = WalkedService.manifest(
      list: "{for each: region, call: \"GET /{region}/hooks\", pages: none}", more: "lists: {region: [us, eu]}")
    let walked = try await WalkedService(manifest, [answer("/us/hooks", hooks(1)), answer("/eu/hooks", 403, "{}")])
    #expect(walked.report.asked.constants == ["region": ["us", "eu"]])
    #expect(walked.completeness()?.gaps.map(\.scope.label) == ["eu"])
  }

  @Test("two levels down, the scope holds both parents, and only the branch that failed is unknown")
  func deep() async throws {
    let manifest = WalkedService.manifest(
      list: "{for each: environment, call: \"GET /p/{project}/e/{environment}/hooks\", pages: none}",
      more: """
        lists:
          project: {call: GET /p, pages: none}
          environment: {for each: project, call: "GET /p/{project}/e", pages: none}
        """)
    let walked = try await WalkedService(
      manifest,
      [
        answer("/p", #"[{"id": "a"}, {"id": "b"}]"#), answer("/p/a/e", #"[{"id": "x"}]"#), answer("/p/b/e", 403, "{}"),
        answer("/p/a/e/x/hooks", hooks(1)),
      ])
    let completeness = try #require(walked.completeness())
    #expect(walked.resources.map(\.address.scope) == [Scope([.init(list: "project", id: "a"), .init(list: "environment", id: "x")])])
    #expect(completeness.gaps.map(\.scope) == [Scope([.init(list: "project", id: "b")])])
    #expect(!completeness.proves(absenceIn: Scope([.init(list: "project", id: "b"), .init(list: "environment", id: "x")])))
    #expect(completeness.proves(absenceIn: Scope([.init(list: "project", id: "a"), .init(list: "environment", id: "x")])))
  }

  // One read more for each item ------------------------------------------------------------------------------------------

  static let detailed = """
    manifest: 1
    title: A service
    settings: {base: {default: "\(WalkedService.base)"}}
    request: {base: "{base}"}
    kinds:
      webhook:
        list:
          call: GET /keys
          items: "keys[*]"
          pages: none
          detail: {call: "GET /keys/{.}", items: data, empty: {where: {"@status": 404}, because: it ended between}}
        attributes: [detail.url]
    """

  @Test("`detail` gives each item more")
  func detail() async throws {
    let walked = try await WalkedService(
      Self.detailed,
      [
        answer("/keys", #"{"keys": ["a", "b"]}"#), answer("/keys/a", #"{"data": {"url": "u"}}"#),
        answer("/keys/b", #"{"data": {"url": null}}"#),
      ])
    #expect(walked.completeness()?.isComplete == true)
    #expect(walked.ids() == ["a", "b"])
    #expect(walked.resources.first { $0.address.id == "a" }?.attributes["detail.url"] == .value(.scalar(.text("u"))))
  }

  @Test("an item whose `detail` says that it is gone is left out, and the list is whole")
  func detailGone() async throws {
    let walked = try await WalkedService(
      Self.detailed, [answer("/keys", #"{"keys": ["a", "b"]}"#), answer("/keys/a", #"{"data": {}}"#), answer("/keys/b", 404, "{}")])
    #expect(walked.completeness()?.isComplete == true)
    #expect(walked.ids() == ["a"])
  }

  @Test("an item whose `detail` can't be read leaves the list partial", arguments: [403, 500, 200])
  func detailFails(status: Int) async throws {
    let walked = try await WalkedService(
      Self.detailed, [answer("/keys", #"{"keys": ["a", "b"]}"#), answer("/keys/a", #"{"data": {}}"#), answer("/keys/b", status, "{}")])
    #expect(walked.completeness()?.isComplete == false)
    #expect(walked.ids() == ["a"])
  }
}
