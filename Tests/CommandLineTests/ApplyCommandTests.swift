import Glibc
import Testing

/// `apply` and `verify` on a service that really changes, as a user runs them.
@Suite("apply")
struct ApplyCommandTests {
  static let all = ["apply", "--yes", "--accept-risk", "--ask", "secret=env:SECRET"]

  /// What the service is asked to change for the whole plan.
  static let changes = ["PATCH /hooks/1", "POST /hooks", "POST /hooks/3/deactivate", "DELETE /hooks/3", "DELETE /tokens/12"]

  @Test("a plan is carried out in its order, each request once, and verify finds it done; undo takes it back")
  func whole() async throws {
    let stage = try await ApplyStage()
    try await stage.upgraded()
    let open = try await stage.tool("verify")
    #expect(open.status == 3)
    let applied = try await stage.tool(Self.all)
    // The flag waits on a branch for somebody to merge it.
    #expect(applied.status == 3, "\(applied.output)\(applied.error)")
    #expect(applied.output.contains("to be merged"))
    #expect(stage.service.changes.map { "\($0.method) \($0.path)" } == Self.changes)
    #expect(!applied.output.contains("put-back-secret") && !applied.error.contains("put-back-secret"))
    try stage.bench.git(
      "test -z \"$(git status --porcelain)\" && git merge -q --ff-only audit-residue/U && grep -q 'fast: false' flags.yaml")
    let verified = try await stage.tool("verify")
    #expect(verified.status == 0, "\(verified.output)")
    #expect(verified.output.contains("Nothing is left."))

    stage.service.forgetRequests()
    let again = try await stage.tool(Self.all)
    #expect(stage.service.changes == [])
    #expect(again.output.contains("5 done already"), "\(again.output)")

    let undone = try await stage.tool("apply", "--undo", "--yes", "--accept-risk", "--ask", "secret=env:SECRET")
    #expect(
      stage.service.changes.map { "\($0.method) \($0.path)" } == [
        "POST /hooks", "POST /hooks/101/deactivate", "DELETE /hooks/101", "PATCH /hooks/1",
      ])
    #expect(undone.output.contains("by hand"), "a token can't be made again: \(undone.output)")
    #expect(undone.output.contains("It can't be undone: a token's value is shown once."), "\(undone.output)")
  }

  @Test("what was there all along and looks the same is not what a step makes again")
  func twin() async throws {
    let stage = try await ApplyStage()
    let twin = """
      {"hooks": [{"id": 9, "name": "chat", "url": "https://chat.example.com/in", "events": ["push", "release"], "active": true, "secret": "a-9"},
      """
    let hooks = try Regex(#"\{"hooks": \["#)
    try stage.service.keep(ApplyStage.before.replacing(hooks, with: twin))
    try await stage.upgraded(to: ApplyStage.after.replacing(hooks, with: twin))
    let open = try await stage.tool("verify")
    #expect(open.output.contains("5 open"), "\(open.output)")
    _ = try await stage.tool(Self.all)
    #expect(stage.service.changes.map { "\($0.method) \($0.path)" } == Self.changes)
  }

  @Test("in a pipe nothing is done without --yes, and nothing that can't be put back without --accept-risk")
  func pipes() async throws {
    let stage = try await ApplyStage()
    try await stage.upgraded()
    let unasked = try await stage.tool("apply")
    #expect(unasked.status == 3)
    #expect(stage.service.changes == [])
    let dry = try await stage.tool("apply", "--dry-run")
    #expect(dry.status == 3 && stage.service.changes == [])
    #expect(dry.output.contains("5 would be done"), "\(dry.output)")
    let careful = try await stage.tool("apply", "--yes")
    #expect(careful.status == 3)
    #expect(stage.service.changes.map(\.path) == ["/hooks/1"])
    let secretless = try await stage.tool("apply", "--yes", "--accept-risk")
    #expect(
      secretless.output.contains("--ask 3.secret=env:VARIABLE") || secretless.output.contains(".secret=env:VARIABLE"),
      "\(secretless.output)")
  }

  @Test("what somebody changed in between is left alone, with all that depends on it, and the rest is done")
  func changedSince() async throws {
    let stage = try await ApplyStage()
    try await stage.upgraded()
    try stage.service.send("PATCH", "/hooks/3", #"{"url": "https://theirs.example.com/"}"#)
    try stage.service.send("PATCH", "/hooks/1", #"{"url": "https://theirs.example.com/1"}"#)
    stage.service.forgetRequests()
    let applied = try await stage.tool(Self.all)
    #expect(applied.status == 3)
    #expect(stage.service.changes.map { "\($0.method) \($0.path)" } == ["POST /hooks"])
    #expect(applied.output.contains("url was https://sync.example.com/v2 and is https://theirs.example.com/"), "\(applied.output)")
    #expect(applied.output.contains("waits for step"))
  }

  @Test("what a request would write again as it was is left alone where somebody changed it in between")
  func writtenAgain() async throws {
    let whole = ApplyStage.manifest.replacing(
      #"{do: {call: "PATCH /hooks/{id}", body: "{@changed}"}, within: 5s}"#,
      with:
        #"{do: {call: "PATCH /hooks/{id}", body: {url: "{@before.url}", events: "{@before.events}"}}, within: 5s}"#)
    #expect(whole != ApplyStage.manifest)
    let stage = try await ApplyStage(manifest: whole)
    try await stage.upgraded()
    try stage.service.send("PATCH", "/hooks/1", #"{"events": ["theirs"]}"#)
    stage.service.forgetRequests()
    let applied = try await stage.tool(Self.all)
    #expect(!stage.service.changes.contains { $0.path == "/hooks/1" }, "\(applied.output)")
    #expect(applied.output.contains("events was push and is theirs"), "\(applied.output)")
  }

  @Test("an answer that was lost is settled by reading, and nothing is sent twice")
  func lostAnswers() async throws {
    let stage = try await ApplyStage("--lose", "1")
    try await stage.upgraded()
    for _ in 0..<6 { _ = try await stage.tool(Self.all) }
    #expect(stage.service.changes.map { "\($0.method) \($0.path)" } == Self.changes)
    #expect(stage.service.changes.allSatisfy { $0.status == 0 })
  }

  @Test("killed at random moments and run again, it neither repeats nor skips", .timeLimit(.minutes(10)))
  func killed() async throws {
    var kills = 0
    for round in 0..<3 {
      let stage = try await ApplyStage("--slow", "0.15")
      try await stage.upgraded()
      for _ in 0..<40 {
        let run = try stage.bench.start(Self.all, environment: ApplyStage.environment)
        let end = ContinuousClock.now + .milliseconds(Int.random(in: 50...1_500))
        while ContinuousClock.now < end { try await Task.sleep(for: .milliseconds(2)) }
        run.signal(SIGKILL)
        guard run.wait() == 128 + SIGKILL else { break }
        kills += 1
      }
      let last = try await stage.tool(Self.all)
      #expect(last.output.contains("to be merged") && !last.output.contains("left alone"), "round \(round): \(last.output)\(last.error)")
      let changes = stage.service.changes.map { "\($0.method) \($0.path)" }
      #expect(changes == Self.changes, "round \(round)")
      try stage.bench.git("test \"$(git rev-list --count main..audit-residue/U)\" = 1")
    }
    print("killed \(kills) times")
  }

  @Test("killed between the two requests that put one thing back, it goes on with the second")
  func killedBetweenParts() async throws {
    let stage = try await ApplyStage("--slow", "2", manifest: ApplyStage.inParts)
    try await stage.upgraded(
      to: ApplyStage.after.replacing(
        #""url": "https://new.example.com/hook", "events": ["push"]"#,
        with: #""url": "https://new.example.com/hook", "events": ["release"]"#))
    let run = try stage.bench.start(Self.all, environment: ApplyStage.environment)
    try await eventually("the first part is done, and not answered") { try stage.service.kept().contains("ci.example.com") }
    run.signal(SIGKILL)
    #expect(run.wait() == 128 + SIGKILL)
    let between = try stage.service.kept()
    #expect(between.contains(#"["release"]"#), "the second part was not sent: \(between)")
    let last = try await stage.tool(Self.all)
    #expect(!last.output.contains("left alone"), "\(last.output)")
    #expect(stage.service.changes.map { "\($0.method) \($0.path)" } == ["PATCH /hooks/1"] + Self.changes)
    #expect(try !stage.service.kept().contains(#"["release"]"#))
  }

  @Test("a plan that is too old is refused, and so is one that deletes too much, with what to say if it is right")
  func limits() async throws {
    let stage = try await ApplyStage()
    try await stage.upgraded()
    try await Task.sleep(for: .seconds(2))
    let old = try await stage.tool(["apply", "--yes", "--max-age", "1s"])
    #expect(old.status == 5)
    #expect(old.error.contains("--max-age"))
    #expect(stage.service.changes == [])
  }

  @Test("where only an answer tells that it was done, a lost one is left to a person, and nothing is sent again")
  func answeredFor() async throws {
    let heard = try await ApplyStage(manifest: ApplyStage.answeredFor)
    try await heard.upgraded()
    _ = try await heard.tool(Self.all)
    #expect(heard.service.changes.map { "\($0.method) \($0.path)" } == Self.changes)
    let again = try await heard.tool(Self.all)
    #expect(again.output.contains("4 done already"), "\(again.output)")

    let lost = try await ApplyStage("--lose", "1", manifest: ApplyStage.answeredFor)
    try await lost.upgraded()
    for _ in 0..<6 { _ = try await lost.tool(Self.all) }
    #expect(lost.service.changes.map { "\($0.method) \($0.path)" } == Self.changes)
    let last = try await lost.tool(Self.all)
    #expect(last.status == 3)
    #expect(last.output.contains("verify --settled"), "\(last.output)")
  }

  @Test("another account than the one that looked sends nothing")
  func otherAccount() async throws {
    let stage = try await ApplyStage()
    try await stage.upgraded()
    try stage.service.keep(#"{"login": "somebody-else"}"#)
    stage.service.forgetRequests()
    let applied = try await stage.tool(Self.all)
    #expect(applied.status == 3)
    #expect(stage.service.changes == [])
    #expect(applied.output.contains("account"), "\(applied.output)")
  }

  @Test("a plan whose steps have other numbers than those that were read is not carried out")
  func differs() async throws {
    let stage = try await ApplyStage()
    try await stage.upgraded()
    let read = try await stage.tool("plan", "--format", "json").output
    let moved = read.replacing(#/"number": ([12]),/#) { "\"number\": \($0.1 == "1" ? 2 : 1)," }
    #expect(moved != read)
    try stage.bench.folder.write("plan.json", moved)
    let applied = try await stage.tool(["apply", "plan.json"] + Self.all.dropFirst())
    #expect(applied.status == 64, "\(applied.output)\(applied.error)")
    #expect(applied.error.contains("other steps now than when it was read"), "\(applied.error)")
    #expect(stage.service.changes == [])
    try stage.bench.folder.write("plan.json", read)
    #expect(try await stage.tool(["apply", "plan.json"] + Self.all.dropFirst()).status == 3)
    #expect(stage.service.changes.count == Self.changes.count)
  }

  @Test("a step whose watch is gone is refused, and the rest is done")
  func withoutItsWatch() async throws {
    let stage = try await ApplyStage()
    try await stage.upgraded()
    let configuration = try #require(Files.text(stage.bench.path + "/audit-residue.yaml"))
    try stage.bench.folder.write("audit-residue.yaml", configuration.replacing(#/- {name: gates.*/#) { _ in "" })
    let applied = try await stage.tool(Self.all)
    #expect(applied.status == 5)
    #expect(applied.error.contains("refused"), "\(applied.error)")
    #expect(stage.service.changes.map { "\($0.method) \($0.path)" } == Self.changes)
  }

  @Test("a flag's commit that was taken back is proposed again, as another commit")
  func proposedAgain() async throws {
    let stage = try await ApplyStage()
    try await stage.upgraded()
    for (words, commits) in [([], 1), ([], 1), (["--undo"], 2), ([], 3), ([], 3)] as [([String], Int)] {
      let ended = try await stage.tool(Self.all + words)
      #expect(throws: Never.self, "\(words) \(ended.output)\(ended.error)") {
        try stage.bench.git("test \"$(git rev-list --count main..audit-residue/U)\" = \(commits)")
      }
    }
    try stage.bench.git("git show audit-residue/U:flags.yaml | grep -q 'fast: false'")
  }

  @Test("two at once are one too many")
  func twoAtOnce() async throws {
    let stage = try await ApplyStage("--slow", "1")
    try await stage.upgraded()
    let first = try stage.bench.start(Self.all, environment: ApplyStage.environment)
    try await eventually("the first is at work") { stage.service.requests.contains { $0.path == "/me" } }
    let second = try await stage.tool(Self.all)
    #expect(second.status == 1)
    #expect(second.error.contains("another process is carrying out a plan"))
    _ = try await first.end()
    #expect(stage.service.changes.map { "\($0.method) \($0.path)" } == Self.changes)
  }
}

extension ApplyStage {
  func tool(_ words: [String]) async throws -> ProgramRun.Ended { try await bench.run(words, environment: Self.environment) }
}
