import Glibc

/// A machine with a service and a repository, an upgrade that changes both, and a rollback that puts nothing of it back.
final class ApplyStage {
  let bench: Workbench
  let service: KeepingService

  static let before = """
    {"hooks": [
       {"id": 1, "name": "build", "url": "https://ci.example.com/hook", "events": ["push"], "active": true, "secret": "before-1"},
       {"id": 2, "name": "chat", "url": "https://chat.example.com/in", "events": ["push", "release"], "active": true, "secret": "before-2"}],
     "tokens": [{"id": 11, "name": "deploy", "rights": "write", "value": "tok-before-1111"}]}
    """
  /// Hook 3 is made, hook 1 changed, hook 2 deleted; token 12 is made.
  static let after = """
    {"hooks": [
       {"id": 1, "name": "build", "url": "https://new.example.com/hook", "events": ["push"], "active": true, "secret": "before-1"},
       {"id": 3, "name": "sync", "url": "https://sync.example.com/v2", "events": ["push"], "active": true, "secret": "sync-secret-3"}],
     "tokens": [{"id": 11, "name": "deploy", "rights": "write", "value": "tok-before-1111"},
                {"id": 12, "name": "sync", "rights": "admin", "value": "sync-secret-3"}]}
    """

  static let manifest = """
    manifest: 1
    title: Keeping
    settings:
      base: {}
      token: {default: ""}
    request:
      base: "{base}"
      auth: {bearer: "{token}"}
      pages: none
    check: {call: GET /me, reader: "{login}"}
    kinds:
      hook:
        is: webhook
        list: GET /hooks
        name: "{name}"
        natural key: [name, url]
        attributes: {values: [name, url, active], sets: [events], secret: [secret]}
        remedy:
          created:
            do:
              - {call: "POST /hooks/{id}/deactivate", done: {active: false}}
              - {call: "DELETE /hooks/{id}"}
            within: 5s
          disable: {do: {call: "POST /hooks/{id}/deactivate"}, done: {active: false}, within: 5s}
          updated: {do: {call: "PATCH /hooks/{id}", body: "{@changed}"}, within: 5s}
          deleted:
            do: {call: "POST /hooks", body: {name: "{@before.name}", url: "{@before.url}", events: "{@before.events}", active: "{@before.active}", secret: "{@ask.secret}"}}
            loses: [id, secret]
            within: 5s
      token:
        is: credential
        list: GET /tokens
        name: "{name}"
        attributes: {values: [name, rights], secret: [value]}
        remedy:
          created: {do: "DELETE /tokens/{id}", within: 5s}
          updated: {do: {call: "PUT /tokens/{id}", body: "{@restored}"}, within: 5s}
          deleted: {never: a token's value is shown once}
    """

  /// Only an answer tells that a token was deleted.
  static let answeredFor = manifest.replacing(
    #"{do: "DELETE /tokens/{id}", within: 5s}"#, with: #"{do: "DELETE /tokens/{id}", done: answer}"#)

  /// A hook is put back by two requests, each of another attribute.
  static let inParts = manifest.replacing(
    #"{do: {call: "PATCH /hooks/{id}", body: "{@changed}"}, within: 5s}"#,
    with:
      #"{do: [{call: "PATCH /hooks/{id}", body: {url: "{@before.url}"}, done: [url]}, {call: "PATCH /hooks/{id}", body: {events: "{@before.events}"}}], within: 5s}"#
  )

  init(_ arguments: String..., manifest: String = ApplyStage.manifest) async throws {
    service = try KeepingService(arguments: Array(arguments))
    bench = try Workbench(nil)
    mkdir("\(bench.path)/providers", 0o700)
    mkdir("\(bench.path)/providers/keeping", 0o700)
    try bench.folder.write("providers/keeping/provider.yaml", manifest)
    try bench.configure(
      """
      STORE
      providers: [providers]
      watches:
        - {name: things, provider: keeping, with: {base: "\(service.url)"}, secrets: {token: {env: TOKEN}}, owner: team}
        GATES

      """)
    try service.keep(Self.before)
  }

  func tool(_ words: String...) async throws -> ProgramRun.Ended { try await bench.run(words, environment: Self.environment) }

  static let environment = ["TOKEN": "audit-token", "SECRET": "put-back-secret"]

  /// The look before, the upgrade, the look after, the rollback that missed everything, and the plan.
  func upgraded(to after: String = ApplyStage.after) async throws {
    try expect(try await tool("begin", "U"), 0)
    try service.keep(after)
    try bench.git("sed -i s/fast:.false/fast:\\ true/ flags.yaml && git commit -qam faster")
    _ = try await tool("end", "U")
    try expect(try await tool("audit"), 3)
    try expect(try await tool("plan"), 3)
    service.forgetRequests()
  }

  private func expect(_ ended: ProgramRun.Ended, _ status: Int32) throws {
    guard ended.status == status else { throw ProgramRun.Failure(description: "status \(ended.status): \(ended.output)\(ended.error)") }
  }
}
