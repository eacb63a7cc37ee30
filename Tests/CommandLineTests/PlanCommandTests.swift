import Documents
import Foundation
import Testing

/// The plan of real upgrades: what it says is what git takes and a service wants.
@Suite("plan")
struct PlanCommandTests {
  private func steps(_ ended: ProgramRun.Ended) throws -> [Document] {
    try #require(try DocumentFormat.json.read(Array(ended.output.utf8)).first?["steps"]?.list)
  }

  @Test("has a patch that git puts in, and that sets the flag back")
  func patch() async throws {
    let bench = try Workbench()
    try bench.upgrade()
    #expect(try await bench.run("run", "--name", "u", "-q", "--", "./upgrade.sh").status == 0)
    let plan = try await bench.run("plan", "--format", "json")
    #expect(plan.status == 3, "\(plan.error)")
    let steps = try steps(plan)
    #expect(steps.count == 1)
    #expect(steps.first?["title"]?.text == "Set the flag fast back to false")
    let patch = try #require(steps.first?["do"]?["patch"]?.text, "\(plan.output)")
    try bench.folder.write("value.patch", patch)
    try bench.git("git apply ../value.patch && git diff --exit-code")
    #expect(try await bench.run("plan", "--format", "json").status == 3)
    try bench.git("git apply -R ../value.patch")
    #expect(try await bench.run("plan", "-q", "--patches", "patches").status == 3)
    try bench.git("git apply ../patches/01-*-fast.patch && git diff --exit-code")
    let again = try self.steps(try await bench.run("plan", "--format", "json"))
    #expect(again.first?["do"]?["how"]?.text == "manual")
  }

  @Test("has the request to send, with the secret by its name alone, and reads no secret for it")
  func request() async throws {
    let service = try ScriptedService([.init(path: "/hooks")])
    let bench = try Workbench(
      "STORE\nproviders: [providers]\nwatches:\n  - {name: hub, provider: things, owner: platform, with: {base: \"\(service.url())\"}, secrets: {token: {env: TOKEN}}}\n"
    )
    try bench.makeProvider()
    let token = ["TOKEN": "a-secret-of-the-test"]
    #expect(try await bench.run("begin", "u", "-q", environment: token).status == 0)
    try service.answer(with: [
      .init(
        path: "/hooks",
        body: #"[{"id": "a/b", "name": "n", "url": "https://x.example/h", "active": true, "events": [], "secret": "s3cr3t-s3cr3t"}]"#)
    ])
    #expect(try await bench.run("end", "u", "-q", environment: token).status == 3)
    for format in ["text", "markdown", "json"] {
      let plan = try await bench.run("plan", "--format", format)
      #expect(plan.status == 3, "\(plan.error)")
      #expect(plan.output.contains("\(service.url())/hooks/a%2Fb"), "\(plan.output)")
      for secret in ["a-secret-of-the-test", "s3cr3t-s3cr3t"] { #expect(!plan.output.contains(secret) && !plan.error.contains(secret)) }
      #expect(try await bench.run("plan", "--format", format) == plan)
    }
    let text = try await bench.run("plan", "--upgrade", "u", "-o", "plan.txt", "--exit-zero")
    #expect(text.status == 0 && text.output.isEmpty)
    let shown = try await bench.run("plan", "--upgrade", "u", "-q", "-o", "-", "--exit-zero")
    #expect(shown.output == Files.text(bench.path + "/plan.txt"))
    #expect(Files.text(bench.path + "/plan.txt")?.contains("-H 'Authorization: Bearer '\"$TOKEN\"") == true)
  }

  /// Without the ends of lines, which stand anywhere.
  private static func flat(_ text: String) -> String { text.split(whereSeparator: \.isWhitespace).joined(separator: " ") }

  @Test("of a flag that was changed again after the upgrade asks whoever did that, and says where the repository was before")
  func changedAgain() async throws {
    let bench = try Workbench()
    try bench.script("upgrade.sh", "cd code && sed -i 's/fast: false/fast: true/' flags.yaml && git commit -qam upgrade")
    let identity = ["GIT_AUTHOR_NAME": "Ann", "GIT_AUTHOR_EMAIL": "a@e", "GIT_COMMITTER_NAME": "Ann", "GIT_COMMITTER_EMAIL": "a@e"]
    #expect(try await bench.run("run", "--name", "u", "-q", "--", "./upgrade.sh", environment: identity).status == 0)
    let before = try await bench.run("plan")
    #expect(
      Self.flat(before.output).contains("Set the flag fast back to false") && Self.flat(before.output).contains("; before, it was at "))
    try bench.git("sed -i 's/fast: true/fast: 25/' flags.yaml && git -c user.name=Bob commit -qam 'tune it' --author 'Bob <b@e>'")
    #expect(try await bench.run("audit", "-q").status == 3)
    let plan = Self.flat(try await bench.run("plan").output)
    #expect(plan.contains("Look at the flag fast"), "\(plan)")
    #expect(plan.contains("Ask Bob before anything is undone.") && plan.contains("of Bob did it: tune it."), "\(plan)")
    #expect(plan.contains("value was false and is 25."))
    let applied = try await bench.run("apply", "--yes")
    #expect(!applied.output.contains("to be merged"))
    try bench.git("test -z \"$(git branch --list 'audit-residue/*')\"")
  }

  @Test("of nothing left ends with 0, and of what could not be looked at with 4")
  func nothing() async throws {
    let bench = try Workbench()
    #expect(try await bench.run("run", "--name", "u", "-q", "--", "true").status == 0)
    let plan = try await bench.run("plan")
    #expect(plan.status == 0, "\(plan.error)")
    #expect(plan.output.contains("nothing is left to do"))
    let away = try await bench.run("run", "--name", "v", "-q", "--", "mv", "code", "code.away")
    #expect(away.status == 0)
    let blind = try await bench.run("plan")
    #expect(blind.status == 4, "\(blind.output)")
    #expect(blind.output.contains("does not say that nothing is left"))
  }

  @Test("without an upgrade, or one without a snapshot after it, says what to do")
  func usage() async throws {
    let bench = try Workbench()
    #expect(try await bench.run("snapshot", "first", "-q").status == 0)
    let none = try await bench.run("plan")
    #expect(none.status == 64 && none.error.contains("there is no upgrade yet"), "\(none.error)")
    #expect(try await bench.run("begin", "dten", "-q").status == 0)
    let open = try await bench.run("plan")
    #expect(open.status == 64 && open.error.contains("audit-residue end dten"), "\(open.error)")
    let unknown = try await bench.run("plan", "--upgrade", "dtne")
    #expect(unknown.status == 64 && unknown.error.contains("Did you mean `dten`?"), "\(unknown.error)")
  }
}
