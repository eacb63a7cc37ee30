import Testing

/// A planted token is found nowhere but where it was planted.
@Suite("a secret")
struct SecretTests {
  /// All that a run leaves to read: what the commands wrote, the store's files, its chunks unpacked, the home and the folder for temporary files.
  private func leaks(_ bench: Workbench, _ told: [ProgramRun.Ended]) async throws -> [String] {
    var found = told.filter { ($0.output + $0.error).contains(HostileAnswers.planted) }.map { $0.output + $0.error }
    for folder in ["store", "home", "tmp"] {
      for file in Files.all(below: "\(bench.path)/\(folder)") where Files.text(file)?.contains(HostileAnswers.planted) == true {
        found.append(file)
      }
    }
    if Files.names(in: bench.path + "/store").contains("store.sqlite") {
      let bytes = try await StoredContent(bench.path + "/store").allBytes()
      if String(decoding: bytes, as: UTF8.self).contains(HostileAnswers.planted) { found.append("a chunk of the store") }
    }
    return found
  }

  /// All that prints what was read or why it wasn't.
  private func everything(_ bench: Workbench, _ words: [String] = [], environment: [String: String] = [:]) async throws -> [ProgramRun
    .Ended]
  {
    var told: [ProgramRun.Ended] = []
    for command in [["snapshot", "first", "-v"], ["run", "-v", "--name", "u", "--", "true"]] {
      told.append(try await bench.run(words + command, environment: environment))
    }
    for command in [
      ["diff", "first", "u", "-v", "--format", "json"], ["diff", "first", "u", "--format", "markdown"], ["show", "first", "-v"],
      ["plan", "--upgrade", "u", "-v", "--format", "markdown"],
    ] { told.append(try await bench.run(command, environment: environment)) }
    return told
  }

  @Test(
    "written where none belongs is not repeated",
    arguments: [
      "secrets: {token: PLANTED}", "secrets: PLANTED", "secrets: [PLANTED]", "secrets: {token: [PLANTED]}",
      "secrets: {token: {env: PLANTED}}",
      "secrets: {token: {file: PLANTED}}", "secrets: {token: {command: [PLANTED]}}",
      "secrets: {token: {command: [sh, -c, 'echo PLANTED >&2; exit 1']}}",
      "secrets: {token: {command: [sh, -c, 'echo; echo PLANTED']}}", "secrets: {token: {command: [echo, PLANTED]}}",
      "secrets: {token: {command: PLANTED}}",
      "secrets: {token: {evn: PLANTED}}", "secrets: {tokn: PLANTED}", "secrets: {token: {env: {x: PLANTED}}}",
      "secrets: {token: PLANTED, password: PLANTED}",
      "secrets: {token: 'PLANTED", "secrets: {token: \"PLANTED\\x\"}", "secrets: {token: &PLANTED x}", "secrets: {token: *PLANTED}",
      "secrets: {token: !PLANTED x}",
      "with: {base: URL, token: PLANTED}", "with: {base: 'http://user:PLANTED@127.0.0.1:1'}", "with: {base: 'http://PLANTED@127.0.0.1:1'}",
      "with: {base: 'http://127.0.0.1:1/?token=PLANTED'}", "with: {base: URL, password: PLANTED}", "token: PLANTED", "password: [PLANTED",
    ])
  func slots(slot: String) async throws {
    let service = try ScriptedService([.hooks([(1, "one", "https://hooks.example/1", "s")])])
    let settings = (slot.contains("with:") ? "" : "with: {base: URL}, ") + slot
    let bench = try Workbench(
      "STORE\nproviders: [providers]\nwatches:\n  - {name: hub, provider: things, "
        + settings.replacing("URL", with: "\"\(service.url())\"").replacing("PLANTED", with: HostileAnswers.planted) + "}\n")
    try bench.makeProvider()
    var told: [ProgramRun.Ended] = []
    for command in [["snapshot", "first", "-v", "--trust"], ["diff", "first", "first", "-v", "--format", "json"]] {
      told.append(try await bench.run(command))
    }
    #expect(try await leaks(bench, told) == [])
  }

  @Test(
    "given by env, file or command reaches the service, and nothing else",
    arguments: ["env: TOKEN", "file: token", "command: [cat, token]"])
  func ways(way: String) async throws {
    let bearer = ["Authorization": "Bearer \(HostileAnswers.planted)"]
    var hooks = ScriptedService.Answer.hooks([(1, "one", "https://hooks.example/1", "s")])
    hooks.requires = bearer
    let service = try ScriptedService([hooks])
    let bench = try Workbench(
      "STORE\nproviders: [providers]\nwatches:\n  - {name: hub, provider: things, with: {base: \"\(service.url())\"}, secrets: {token: {\(way)}}}\n"
    )
    try bench.makeProvider()
    try bench.folder.write("token", HostileAnswers.planted + "\n")
    let told = try await everything(bench, ["--trust"], environment: ["TOKEN": HostileAnswers.planted])
    #expect(told.allSatisfy { $0.status == 0 && $0.error == "" }, "\(told)")
    #expect(service.requests.contains(HostileAnswers.planted))
    #expect(try await leaks(bench, told) == [])
  }

  @Test(
    "on the command line is refused, and not repeated",
    arguments: ["hub.token=PLANTED", "hub.base=http://u:PLANTED@127.0.0.1:1", "PLANTED"])
  func commandLine(setting: String) async throws {
    let bench = try Workbench(
      "STORE\nproviders: [providers]\nwatches:\n  - {name: hub, provider: things, with: {base: \"http://127.0.0.1:1\"}}\n")
    try bench.makeProvider()
    let ended = try await bench.run("snapshot", "-v", "--with", setting.replacing("PLANTED", with: HostileAnswers.planted))
    #expect(ended.status == 64)
    #expect(try await leaks(bench, [ended]) == [])
  }

  @Test("that a service lists, echoes or leads away with is found nowhere", arguments: HostileAnswers.all.map(\.name))
  func answers(name: String) async throws {
    let answers = try #require(HostileAnswers.all.first { $0.name == name }).answers
    let service = try ScriptedService(answers)
    let bench = try Workbench(
      "STORE\nproviders: [providers]\nwatches:\n  - {name: hub, provider: things, with: {base: \"\(service.url())\"}, secrets: {token: {env: TOKEN}}}\n"
    )
    try bench.makeProvider()
    let told = try await everything(bench, ["--timeout", "3s"], environment: ["TOKEN": HostileAnswers.planted])
    #expect(service.requests.contains("/hooks"))
    #expect(try await leaks(bench, told) == [])
  }

  @Test("in an answer is no secret of the watch itself, and still not kept where it is declared as one")
  func others() async throws {
    for name in ["clear", "userinfo", "query", "s500", "unparsable", "no-id", "away", "next"] {
      let answers = try #require(HostileAnswers.all.first { $0.name == name }).answers
      let service = try ScriptedService(answers)
      let bench = try Workbench(
        "STORE\nproviders: [providers]\nwatches:\n  - {name: hub, provider: things, with: {base: \"\(service.url())\"}}\n")
      try bench.makeProvider()
      let told = try await everything(bench, ["--timeout", "3s"])
      #expect(try await leaks(bench, told) == [], "\(name)")
    }
  }

  @Test("in a file of flags becomes a fingerprint, and its change is seen")
  func files() async throws {
    let bench = try Workbench(
      #"STORE\#nwatches:\#n  - {name: env, provider: flag-files, with: {repository: code, files: "app.env", path: ["*"]}}\#n"#)
    try bench.makeRepository()
    try bench.folder.write(
      "code/app.env", "FAST=false\nAPI_TOKEN=\(HostileAnswers.planted)\nURL=https://u:\(HostileAnswers.planted)@x.example/\n")
    try bench.script("upgrade.sh", "sed -i 's/API_TOKEN=.*/API_TOKEN=another-\(HostileAnswers.planted)/; s/false/true/' code/app.env")
    var told = [try await bench.run("run", "--name", "u", "--", "./upgrade.sh")]
    #expect(told[0].output.contains("API_TOKEN  fingerprint:"))
    for command in [["diff", "u", "u", "-v", "--format", "json"], ["show", "u", "-v"], ["diff", "u", "u", "--format", "markdown"]] {
      told.append(try await bench.run(command))
    }
    #expect(try await leaks(bench, told) == [])
  }
}
