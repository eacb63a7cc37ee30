import LoopbackServers
import Testing

/// Services that are down, slow or silent.
@Suite("a service that doesn't answer")
struct UnreachableServerTests {
  @Test("is said when it is down, was up before, and comes back")
  func down() async throws {
    let hooks: [ScriptedService.Answer] = [
      .hooks([(1, "one", "https://hooks.example/1", "s"), (2, "two", "https://hooks.example/2", "s")])
    ]
    let service = try ScriptedService(hooks)
    let bench = try Workbench(
      "STORE\nproviders: [providers]\nwatches:\n  GATES\n  - {name: hub, provider: things, with: {base: \"\(service.url())\"}}\n")
    try bench.makeProvider()
    #expect(try await bench.run("snapshot", "up", "-q").status == 0)
    service.stop()
    let down = try await bench.run("snapshot", "down", "-q")
    #expect(down.status == 4)
    let diff = try await bench.run("diff", "up", "down")
    #expect(diff.status == 4)
    #expect(
      diff.steady(bench).replacing(#/port \d+ after \d+ ms/#) { _ in "port N after 0 ms" }.replacing("SERVER port", with: "127.0.0.1 port")
        == """
        up -> down

        No changes in what could be compared.

        1 blind spot: this audit cannot say that it is clean.
          ! hub · hook  nothing answers there: Failed to connect to 127.0.0.1 port N after 0 ms: Couldn't connect to server; of 2 resources nothing can be said  [unreachable]
                        Check that the service runs, and that firewalls and proxies let this machine reach it.

        """)
    #expect(try await bench.run("diff", "down", "up").status == 4)
  }

  @Test(
    "--timeout ends the wait for one that is silent, drips or stands still",
    arguments: ["silent", "drip", "slow-headers", "reset", "nothing", "noise"])
  func slow(how: String) async throws {
    let server = try HostileServer.shared.get()
    let bench = try Workbench(
      "STORE\nproviders: [providers]\nwatches:\n  GATES\n  - {name: hub, provider: things, with: {base: \"\(server.url("/" + how))\"}}\n")
    try bench.makeProvider()
    let start = ContinuousClock.now
    let ended = try await bench.run("snapshot", "a", "-v", "--timeout", "1s")
    #expect(ContinuousClock.now - start < .seconds(30))
    #expect(ended.status == 4)
    #expect(ended.output.contains("gates · flag  2  complete"))
    #expect(ended.error.contains("hub · hook: "))
    if ["silent", "drip", "slow-headers"].contains(how) { #expect(ended.error.contains("no whole answer came in time")) }
  }

  @Test("fifty times leaves room for the fifty-first, which finishes")
  func fifty() async throws {
    let server = try SilentServer()
    let service = try ScriptedService([.hooks([(1, "one", "https://hooks.example/1", "s")])])
    let quiet = (1...50).map { "  - {name: quiet-\($0), provider: things, with: {base: \"\(server.url)/\($0)\"}}\n" }
    let bench = try Workbench(
      "STORE\nproviders: [providers]\nwatches:\n" + quiet.joined()
        + "  - {name: zz-hub, provider: things, with: {base: \"\(service.url())\"}}\n  GATES\n")
    try bench.makeProvider()
    let start = ContinuousClock.now
    let ended = try await bench.run("snapshot", "a", "--timeout", "1s")
    #expect(ContinuousClock.now - start < .seconds(60))
    #expect(ended.status == 4)
    #expect(ended.output.matches(of: #/quiet-\d+ · hook +0  failed: timed-out/#).count == 50, "\(ended.output)")
    #expect(ended.output.contains(#/zz-hub · hook +1  complete/#))
    #expect(ended.output.contains(#/gates · flag +2  complete/#))
  }
}
