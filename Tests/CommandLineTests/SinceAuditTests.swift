import Documents
import Glibc
import Testing

/// `audit --since`, where nobody looked before the upgrade.
@Suite("audit --since")
struct SinceAuditTests {
  private static func hook(_ id: Int, created: String) -> String {
    #"{"id": \#(id), "name": "hook-\#(id)", "url": "https://x.example/\#(id)", "created_at": "\#(created)"}"#
  }

  private static let old = hook(1, created: "2020-01-01T00:00:00Z")

  /// A repository whose flag was committed in 2020 and changed just now, and a service with hooks.
  private final class Machine {
    let service: ScriptedService
    let bench: Workbench

    init(changed: Bool = true, hooks: [String] = []) throws {
      service = try ScriptedService([.init(path: "/hooks", body: "[\(hooks.joined(separator: ","))]")])
      bench = try Workbench(nil)
      for folder in ["providers", "providers/things", "code"] { mkdir("\(bench.path)/\(folder)", 0o700) }
      try bench.folder.write("code/flags.yaml", "fast: false\n")
      try bench.git("git init -q -b main . && git add . && GIT_COMMITTER_DATE=2020-01-01T10:00:00Z git commit -qm flags")
      if changed { try bench.git("echo 'fast: true' > flags.yaml && env -u GIT_COMMITTER_DATE git commit -qam faster") }
      try bench.folder.write(
        "providers/things/provider.yaml",
        """
        manifest: 1
        title: Things
        settings: {base: {}}
        request: {base: "{base}", pages: none}
        kinds:
          hook:
            is: webhook
            list: GET /hooks
            id: "{id}"
            name: "{name}"
            origin: {at: created_at}
            attributes: {values: [url]}
            remedy: {created: {do: "DELETE /hooks/{id}"}, updated: {by hand: put it back}, deleted: {by hand: make it again}}
        """)
      try bench.configure(
        """
        STORE
        providers: [providers]
        watches:
          - {name: flags, provider: flag-files, with: {repository: code, files: "*.yaml"}}
          - {name: things, provider: things, with: {base: "\(service.url())"}}

        """)
    }
  }

  @Test("tells by a reflog and by the service's times what came about, with 3, and what it can't see")
  func found() async throws {
    let machine = try Machine()
    let now = try await machine.bench.run("audit", "--since", "1h")
    #expect(now.status == 3, "\(now.output)\(now.error)")
    #expect(now.output.contains("~ fast  false -> true"), "\(now.output)")
    #expect(now.output.contains("by the repository's reflog; what was not committed then is not seen"), "\(now.output)")
    #expect(now.output.contains("this audit cannot say that it is clean"))

    let hooks = try Machine(changed: false, hooks: [Self.old, Self.hook(2, created: "2021-06-01T12:00:00Z")])
    let then = try await hooks.bench.run("audit", "--since", "2021-06-01", "--until", "2021-06-02", "--watch", "things", "--format", "json")
    #expect(then.status == 3, "\(then.output)\(then.error)")
    #expect(then.changes == ["created hook 2"])
  }

  @Test("never ends with 0: where nothing is found it ends with 4, and JSON names what it can't see")
  func nothing() async throws {
    let machine = try Machine(changed: false, hooks: [Self.old])
    let audit = try await machine.bench.run("audit", "--since", "1h", "--format", "json")
    #expect(audit.status == 4, "\(audit.output)\(audit.error)")
    let report = try #require(try DocumentFormat.json.read(Array(audit.output.utf8)).first)
    #expect(report["changes"]?.list?.isEmpty == true)
    let spots = try #require(report["blindSpots"]?.list)
    #expect(spots.map { "\($0["watch"]?.text ?? "") \($0["code"]?.text ?? "")" } == ["flags no-before", "things no-before"])
    #expect(
      spots.last?["reason"]?.text == "nobody looked before: what was deleted, and what it was that changed, can't be seen",
      "\(audit.output)")
    #expect(try await machine.bench.run("audit", "--since", "1h", "--exit-zero").status == 0)
  }

  @Test("takes a revision that is named, and says of one that is not there only that")
  func revisions() async throws {
    let machine = try Machine()
    let named = try await machine.bench.run("audit", "--since", "1h", "--since-revision", "flags=HEAD~1", "--watch", "flags")
    #expect(named.status == 3)
    #expect(named.output.contains("the state before is HEAD~1, as you say"), "\(named.output)")
    let missing = try await machine.bench.run("audit", "--since", "1h", "--since-revision", "flags=nonsense", "--watch", "flags")
    #expect(missing.status == 4)
    #expect(missing.output.contains("`nonsense` is not in the repository"), "\(missing.output)")
    #expect(!missing.output.contains("as you say"), "\(missing.output)")
  }

  @Test(
    "refuses what is no time or no time that is past, and revisions of what has none, before anything is looked at",
    arguments: [
      (["--since", "nonsense"], "The value 'nonsense' is invalid for '--since <time>'"), (["--since", "2h5"], "is invalid"),
      (["--since", "1h", "--until", "2h"], "Name as --until a later time than as --since."),
      (["--since", "2999-01-01"], "Name a time that is past"),
      (["--since", "1h", "--since-revision", "flag=HEAD"], "Did you mean `flags`?"),
      (["--since", "1h", "--since-revision", "things=HEAD"], "the watch `things` looks at no repository"),
      (["--since", "1h", "--since-revision", "flags"], "is invalid"), (["--until", "1h"], "need --since"),
      (["--since", "1h", "--upgrade", "U"], "leave --upgrade, --before and --restored out"),
    ])
  func usage(words: [String], says: String) async throws {
    let machine = try Machine()
    let refused = try await machine.bench.run(["audit"] + words)
    #expect(refused.status == 64, "\(refused.output)\(refused.error)")
    #expect(refused.error.contains(says), "\(refused.error)")
    #expect(machine.service.requests.isEmpty)
  }
}
