import Testing

/// Everything but `apply` only reads: held against a service that records what it is asked.
@Suite("What only reads")
struct ReadOnlyTests {
  @Test("no command but apply sends anything that changes something")
  func reads() async throws {
    let stage = try await ApplyStage()
    let commands: [[String]] = [
      ["check"], ["snapshot", "one"], ["begin", "U"], ["end", "U"], ["diff", "U"], ["audit"], ["audit", "--before", "one"],
      ["audit", "--since", "1h"], ["plan"], ["plan", "--format", "json"], ["verify"], ["apply", "--dry-run"], ["apply"],
      ["apply", "--undo"], ["list"], ["show", "U"], ["providers", "list"], ["providers", "show", "keeping"], ["run", "--", "true"],
    ]
    for words in commands {
      if words == ["end", "U"] { try stage.service.keep(ApplyStage.after) }
      let ended = try await stage.tool(words)
      #expect([0, 3, 4, 64].contains(ended.status), "\(words): \(ended.status) \(ended.error)")
      #expect(stage.service.changes == [], "\(words)")
    }
    #expect(stage.service.requests.count > 10)
    try stage.bench.git("test -z \"$(git branch --list 'audit-residue/*')\" && test -z \"$(git status --porcelain)\"")
  }

  @Test("a body that is the whole object is made of the object as it is then, and shows in no report")
  func restored() async throws {
    let stage = try await ApplyStage()
    _ = try await stage.tool("begin", "U")
    try stage.service.send("PATCH", "/tokens/11", #"{"rights": "admin"}"#)
    _ = try await stage.tool("end", "U")
    _ = try await stage.tool("audit")
    let plan = try await stage.tool("plan")
    #expect(plan.output.contains("--data-raw '{restored}'"), "\(plan.output)")
    // What nobody watches is kept as it is.
    try stage.service.send("PATCH", "/tokens/11", #"{"note": "theirs"}"#)
    stage.service.forgetRequests()
    let applied = try await stage.tool("apply", "--yes")
    #expect(applied.status == 0, "\(applied.output)\(applied.error)")
    #expect(stage.service.changes.map(\.method) == ["PUT"])
    #expect(try stage.service.kept().contains(#"{"id":11,"name":"deploy","note":"theirs","rights":"write","value":"tok-before-1111"}"#))
    for text in [plan.output, applied.output, applied.error] { #expect(!text.contains("tok-before-1111")) }
  }
}
