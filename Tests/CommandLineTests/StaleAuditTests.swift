import Glibc
import Testing

/// A restore that put back a token which its service has replaced in the meantime.
@Suite("audit of what refers to what is gone")
struct StaleAuditTests {
  private static let before = #"{"hooks": [], "tokens": [{"id": 11, "name": "deploy", "rights": "write", "value": "tok-before-1111"}]}"#
  private static let after = #"{"hooks": [], "tokens": [{"id": 12, "name": "deploy", "rights": "write", "value": "tok-after-2222"}]}"#
  private static let line = "api.token: it holds the secret that the token deploy had, which things no longer has"

  private final class Machine {
    let service: KeepingService
    let bench: Workbench

    init() throws {
      service = try KeepingService()
      bench = try Workbench(nil)
      for folder in ["providers", "providers/keeping", "etc"] { mkdir("\(bench.path)/\(folder)", 0o700) }
      try bench.folder.write("providers/keeping/provider.yaml", ApplyStage.manifest)
      try bench.configure(
        """
        STORE
        providers: [providers]
        watches:
          - {name: things, provider: keeping, with: {base: "\(service.url)"}, secrets: {token: {env: TOKEN}}, owner: team}
          - {name: machine, provider: settings-files, with: {folder: etc, files: "*.yaml", keys: [url], secrets: [api.token]}, owner: ops}
        restores:
          - {name: vm, covers: [{watch: machine}], leaves: [{watch: things}]}

        """)
    }

    func settings(token: String?) throws {
      let api = token.map { "api:\n  token: \($0)\n" } ?? ""
      try bench.folder.write("etc/app.yaml", "url: https://app.example\n\(api)")
    }

    func tool(_ words: String...) async throws -> ProgramRun.Ended { try await bench.run(words, environment: ["TOKEN": "audit-token"]) }

    /// The service replaces the token, the settings get the new one, and the restore puts the old one back.
    func rolledBack() async throws {
      try settings(token: "tok-before-1111")
      try service.keep(StaleAuditTests.before)
      _ = try await tool("begin", "U")
      try service.keep(StaleAuditTests.after)
      try settings(token: "tok-after-2222")
      _ = try await tool("end", "U")
      try settings(token: "tok-before-1111")
    }
  }

  @Test("says what refers to it, plans the step for its owner, and ticks it off when another token is there")
  func mended() async throws {
    let machine = try Machine()
    try await machine.rolledBack()
    let audit = try await machine.tool("audit", "--restored", "vm")
    #expect(audit.status == 3, "\(audit.output)\(audit.error)")
    #expect(
      audit.output.contains("1 thing refers to what is gone or another now:\n  ! machine · secret · app.yaml \(Self.line)"),
      "\(audit.output)")
    let json = try await machine.tool("audit", "--restored", "vm", "--format", "json")
    #expect(
      json.output.contains(#""reason": "it holds the secret that the token deploy had, which things no longer has""#), "\(json.output)")

    let plan = try await machine.tool("plan")
    #expect(plan.status == 3)
    #expect(plan.output.contains("1. Mend the secret app.yaml api.token: what it refers to is gone"), "\(plan.output)")
    #expect(plan.output.contains("It stands in app.yaml, line 3."))
    #expect(plan.output.contains("After the rollback: still gone."))
    for text in [audit.output, json.output, plan.output] { #expect(!text.contains("tok-before-1111") && !text.contains("tok-after-2222")) }

    let open = try await machine.tool("verify")
    #expect(open.status == 3)
    #expect(open.output.contains("what it refers to is gone   open, by hand"), "\(open.output)")
    try machine.settings(token: "tok-after-2222")
    let done = try await machine.tool("verify")
    #expect(done.output.contains("what it refers to is gone   done"), "\(done.output)")
    #expect(!(try await machine.tool("audit", "--restored", "vm").output.contains("refers to what is gone")))
  }

  @Test("ticks the step off too where the reference was taken out, and not where the file can't be read")
  func takenOut() async throws {
    let machine = try Machine()
    try await machine.rolledBack()
    _ = try await machine.tool("audit", "--restored", "vm")
    _ = try await machine.tool("plan")
    try machine.bench.folder.write("etc/app.yaml", "url: [\n")
    let unread = try await machine.tool("verify")
    #expect(!unread.output.contains("what it refers to is gone   done"), "\(unread.output)")
    try machine.settings(token: nil)
    let done = try await machine.tool("verify")
    #expect(done.output.contains("what it refers to is gone   done"), "\(done.output)")
  }

  @Test("is not said where the service can't be read now")
  func unread() async throws {
    let machine = try Machine()
    try await machine.rolledBack()
    machine.service.stop()
    let audit = try await machine.tool("audit", "--restored", "vm")
    #expect(audit.status == 4, "\(audit.output)")
    #expect(!audit.output.contains("refers to what is gone"))
  }
}
