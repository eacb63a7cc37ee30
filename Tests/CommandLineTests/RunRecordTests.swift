import Glibc
import Testing

/// What `run` keeps, whatever happens to it or to the command.
@Suite("the record of `run`")
struct RunRecordTests {
  @Test("is there before the command starts: a killed `run` leaves an upgrade without an after, and `end` completes it")
  func killed() async throws {
    let bench = try Workbench()
    try bench.upgrade(and: "touch begun; while [ ! -e go ]; do sleep 0.05; done; touch over")
    let run = try bench.start(["run", "--name", "night", "--", "./upgrade.sh"])
    try await eventually("the command runs") { Files.bytes(bench.path + "/begun") != nil }
    run.signal(SIGKILL)
    #expect(try await run.end().status == 128 + SIGKILL)
    try bench.folder.write("go", "")
    try await eventually("the command ends by itself") { Files.bytes(bench.path + "/over") != nil }

    #expect(
      try await bench.run("list").steady(bench) == """
        upgrades
          night  TIME  ./upgrade.sh  not ended  no after yet

        snapshots
          night.before  TIME  2 resources  complete

        """)
    let early = try await bench.run("diff", "night", "night")
    #expect(early.status == 64)
    #expect(early.error.contains("has no snapshot after it. Take it with `audit-residue end night`"))

    let ended = try await bench.run("end", "night")
    #expect(ended.status == 3)
    #expect(ended.output.contains("~ fast  false -> true"))
    #expect(try await bench.run("diff", "night", "night").status == 3)
    #expect(try await bench.run("end").error.contains("there is no upgrade that has begun and not ended"))
  }

  /// Two hooks on two pages, the second of which may never come; the first one's URL is an upgrade's to change.
  private func pages(_ url: String, delay: Int?) -> [ScriptedService.Answer] {
    let item = { (id: Int, url: String) in
      #"[{"id": \#(id), "name": "hook \#(id)", "url": "\#(url)", "active": true, "events": [], "secret": "s"}]"#
    }
    return [
      .init(path: "/hooks", headers: ["Link": "</hooks?page=2>; rel=\"next\""], body: item(1, url)),
      .init(path: "/hooks?page=2", body: item(2, "https://two.example/"), delay: delay),
    ]
  }

  private func hub(_ service: ScriptedService) throws -> Workbench {
    let bench = try Workbench(
      "STORE\nproviders: [providers]\nwatches:\n  - {name: hub, provider: things, with: {base: \"\(service.url())\"}}\n")
    try bench.makeProvider()
    return bench
  }

  @Test("an interrupt of the look before keeps what was seen, and the command is not started")
  func interruptedBefore() async throws {
    let service = try ScriptedService(pages("https://one.example/", delay: 600))
    let bench = try hub(service)
    let run = try bench.start(["run", "--name", "u", "--", "touch", "started"])
    try await eventually("the second page is asked for") { service.requests.contains("page=2") }
    run.signal(SIGINT)
    let ended = try await run.end()
    #expect(ended.status == 130)
    #expect(
      ended.error.steady(bench) == """
        audit-residue: stopping; what was seen is kept. Once more within 2 seconds to end at once
        http://SERVER/hooks: warning: hub · hook: the request was given up before its answer came. Look again.
        audit-residue: interrupted; the command was not started

        """)
    #expect(ended.output == "")
    #expect(Files.bytes(bench.path + "/started") == nil)
    #expect(try await bench.run("show", "u.before").output.contains("hub · hook  1  partial: 1 gap"))
    #expect(try await bench.run("diff", "u.before", "u.before").status == 4)
    #expect(try await !bench.run("list").output.contains("upgrades"))
  }

  @Test("an interrupt of the look after keeps the command's status and what was seen, and says what was not")
  func interruptedAfter() async throws {
    let service = try ScriptedService(pages("https://one.example/", delay: nil))
    let bench = try hub(service)
    try bench.script("upgrade.sh", "touch begun; while [ ! -e go ]; do sleep 0.05; done; exit 7")
    let run = try bench.start(["run", "--name", "u", "--", "./upgrade.sh"])
    try await eventually("the command runs") { Files.bytes(bench.path + "/begun") != nil }
    try service.answer(with: pages("https://moved.example/", delay: 600))
    try bench.folder.write("go", "")
    try await eventually("the second page is asked for again") { service.requests.ranges(of: "page=2").count == 2 }
    run.signal(SIGINT)
    let ended = try await run.end()
    #expect(ended.status == 7)
    #expect(ended.output.contains("https://one.example/ -> https://moved.example/"))
    #expect(ended.output.contains("1 blind spot: this audit cannot say that it is clean."))
    #expect(!ended.output.contains("- hook 2"))
    #expect(try await bench.run("diff", "u", "u").status == 3)
  }

  @Test("a second interrupt, or a kill, ends at once and leaves a store that opens")
  func twice() async throws {
    let server = try SilentServer()
    let bench = try Workbench(
      "STORE\nproviders: [providers]\nwatches:\n  GATES\n  - {name: quiet, provider: things, with: {base: \(server.url)}}\n")
    try bench.makeProvider()
    let look = try bench.start(["snapshot", "a"])
    try await server.isAsked()
    look.signal(SIGTERM)
    look.signal(SIGINT)
    #expect([128 + SIGINT, 128 + SIGTERM].contains(try await look.end().status))
    let killed = try bench.start(["snapshot", "b"])
    try await eventually("the server is asked again") { server.connections > 1 }
    killed.signal(SIGKILL)
    #expect(try await killed.end().status == 128 + SIGKILL)
    let listed = try await bench.run("list").output
    #expect(!listed.contains("  b "))
    #expect(try await bench.run("snapshot", "c", "--watch", "gates").status == 0)
  }

  @Test("the command's output passes through untouched, and the report comes after it")
  func output() async throws {
    let bench = try Workbench()
    try bench.upgrade(and: "printf 'no end of line \\377\\000'; printf 'to error' >&2; printf '\\033[1m'")
    let ended = try await bench.run("run", "--name", "u", "--", "./upgrade.sh")
    let plain = try ProgramRun(["./upgrade.sh"], in: bench.path, environment: bench.environment)
    let bare = try await plain.end()
    #expect(ended.output.hasPrefix(bare.output + "upgrade u   ./upgrade.sh"))
    #expect(ended.error == bare.error)
  }

  @Test("the report goes to the file that -o names, and -q leaves it out")
  func report() async throws {
    let bench = try Workbench()
    try bench.upgrade(and: "echo upgraded")
    let filed = try await bench.run("run", "-o", "report.json", "--format", "json", "--name", "u", "--", "./upgrade.sh")
    #expect(filed == ProgramRun.Ended(status: 0, output: "upgraded\n", error: ""))
    let same = try await bench.run("diff", "u", "u", "--format", "json").output
    #expect(Files.text(bench.path + "/report.json") == same)
    try bench.script("back.sh", "sed -i 's/fast: true/fast: false/' code/flags.yaml; echo back")
    let quiet = try await bench.run("run", "-q", "--fail-on", "residue", "--", "./back.sh")
    #expect(quiet == ProgramRun.Ended(status: 3, output: "back\n", error: ""))
    let lost = try await bench.run("run", "-o", "none/report", "--", "true")
    #expect(lost.status == 0)
    #expect(lost.error.contains("the report can't be written to"))
    #expect(try await bench.run("run", "--fail-on", "blind", "-o", "none/report", "--", "true").status == 1)
  }

  @Test("the arguments of the command are not kept")
  func arguments() async throws {
    let bench = try Workbench()
    #expect(try await bench.run("run", "--name", "u", "--", "/bin/sh", "-c", "true planted-4711").status == 0)
    for file in Files.all(below: bench.path + "/store") {
      #expect(Files.text(file)?.contains("planted-4711") == false, "\(file)")
    }
    #expect(try await bench.run("list").output.contains("/bin/sh"))
  }
}
