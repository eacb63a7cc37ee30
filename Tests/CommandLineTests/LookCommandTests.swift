import Testing

/// `snapshot`, `check`, `show`, `list`, and the options that all commands take.
@Suite("looking without an upgrade")
struct LookCommandTests {
  @Test("`snapshot` says what it holds and ends with 0; `show` says the same, and with -v each resource")
  func snapshot() async throws {
    let bench = try Workbench()
    let said = """
      snapshot a   TIME   2 resources

        gates · flag  2  complete  HERE/code, at COMMIT+worktree

      """
    let taken = try await bench.run("snapshot", "a")
    #expect(taken.steady(bench) == said)
    #expect(taken.status == 0)
    #expect(taken.error == "")
    #expect(try await bench.run("show", "a").steady(bench) == said)
    #expect(
      try await bench.run("show", "a", "-v").steady(bench) == said + """

        gates · flag
          flags.yaml / fast (flags.yaml fast)
            value  false
          flags.yaml / slow (flags.yaml slow)
            value  true

        """)
    #expect(try await bench.run("snapshot", "-q", "b") == ProgramRun.Ended(status: 0, output: "", error: ""))
    let again = try await bench.run("snapshot", "a")
    #expect(again.status == 64)
    #expect(again.error.contains("there is a snapshot or an upgrade `a` already"))
    #expect(try await bench.run("snapshot").steady(bench).hasPrefix("snapshot DAY-1   TIME"))
    #expect(try await bench.run("snapshot").steady(bench).hasPrefix("snapshot DAY-2   TIME"))
  }

  @Test("`check` says as whom, with which rights and at what cost, keeps nothing, and ends with 0 or 4")
  func check() async throws {
    let service = try ScriptedService([
      .init(path: "/api/whoami", body: #"{"name": "audit-bot", "tags": ["monitoring"]}"#),
      .init(
        path: "/api/feature-flags", body: #"[{"name": "quorum_queue", "state": "enabled", "stability": "stable", "provided_by": "rabbit"}]"#
      ),
      .init(path: "/api/vhosts", status: 401, body: "{}"),
    ])
    let bench = try Workbench(
      """
      STORE
      watches:
        GATES
        - {name: broker, provider: rabbitmq, only: [vhost, feature-flag], with: {base: "\(service.url())", user: audit}, secrets: {password: {env: PASSWORD}}}

      """)
    let checked = try await bench.run("check", environment: ["PASSWORD": "x"])
    #expect(checked.status == 4)
    #expect(
      checked.steady(bench) == """
        broker   rabbitmq, http://SERVER, as audit-bot, with monitoring
          feature-flag  partial: 1 gap                        1 resource   1 read
          vhost         failed: rights-missing, unauthorized  0 resources

        gates   flag-files, HERE/code
          flag  complete  2 resources  1 read

        """)
    #expect(checked.error.steady(bench).contains("http://SERVER/api/vhosts: warning: broker · vhost: 401"))
    #expect(try await bench.run("check", "gates").status == 0)
    #expect(try await bench.run("check", "--watch", "gates", "-q").status == 0)
    #expect(try await bench.run("check", "gate").status == 64)
    #expect(Files.names(in: bench.path + "/store") == [])
  }

  @Test("--watch looks at one alone, and --with gives a setting another value for one call")
  func options() async throws {
    let bench = try Workbench(
      "STORE\nwatches:\n  GATES\n  - {name: other, provider: flag-files, with: {repository: other, files: flags.yaml}}\n")
    try bench.makeRepository("other", flags: "third: true\n")
    #expect(try await bench.run("snapshot", "a", "--watch", "other").output.contains("1 resource\n"))
    #expect(try await bench.run("snapshot", "b", "--watch", "other", "--watch", "gates").output.contains("3 resources\n"))
    #expect(try await bench.run("snapshot", "c", "--with", "gates.repository=other").output.contains("2 resources\n"))
    let wrong = try await bench.run("snapshot", "d", "--watch", "gats", "--watch", "nothing")
    #expect(wrong.status == 64)
    #expect(
      wrong.error == """
        audit-residue: error: no watch is called `gats`. Did you mean `gates`?
        audit-residue: error: no watch is called `nothing`. The watches are `gates`, `other`.

        """)
    for (setting, says) in [("gates.colour=red", "no setting `colour`"), ("nothing.ref=x", "nothing"), ("gates", "WATCH.SETTING=VALUE")] {
      let ended = try await bench.run("snapshot", "d", "--with", setting)
      #expect(ended.status == 64)
      #expect(ended.error.contains(says))
    }
  }

  @Test("-C, --config and --store say where things are, before the command and after it")
  func places() async throws {
    let bench = try Workbench()
    try bench.folder.write(
      "other.yaml",
      "version: 1\nstore: store-of-other\nwatches:\n  - {name: o, provider: flag-files, with: {repository: code, files: flags.yaml}}\n")
    #expect(try await bench.run("snapshot", "a", in: "code").status == 0)
    #expect(try await bench.run("-C", bench.path, "snapshot", "b", in: "home").status == 0)
    #expect(try await bench.run("snapshot", "-C", "..", "c", in: "home").status == 0)
    #expect(try await bench.run("--config", "other.yaml", "snapshot", "d").output.contains("o · flag"))
    #expect(try await bench.run("snapshot", "--config", "../other.yaml", "e", in: "home").output.contains("o · flag"))
    #expect(try await bench.run("snapshot", "--store", "third", "f").status == 0)
    func listed(_ store: String) async throws -> [String] {
      try await bench.run("list", "--store", store).output.matches(of: #/\n  (\w+)  /#).map { String($0.1) }
    }
    #expect(try await listed("store") == ["a", "b", "c"])
    #expect(try await listed("store-of-other") == ["d", "e"])
    #expect(try await listed("third") == ["f"])
    let none = try await bench.run("-C", "/", "list")
    #expect(none.status == 64)
    #expect(none.error.contains("there is no audit-residue.yaml in / or in a folder above it"))
  }

  @Test("without a configuration, a store that is named can still be read")
  func storeAlone() async throws {
    let bench = try Workbench()
    #expect(try await bench.run("run", "--name", "u", "--", "true").status == 0)
    let store = bench.path + "/store"
    for words in [["list"], ["show", "u"], ["diff", "u", "u"]] {
      #expect(try await bench.run(["-C", "/", "--store", store] + words).status == 0, "\(words)")
    }
    let missing = try await bench.run("list", "--store", bench.path + "/none")
    #expect(missing.status == 64)
    #expect(missing.error.contains("there is no store at \(bench.path)/none yet"))
  }

  @Test("JSON has the fields of the design, is the same in a terminal and in a pipe, and never coloured")
  func json() async throws {
    let bench = try Workbench()
    try bench.upgrade()
    #expect(try await bench.run("run", "--name", "u", "-q", "--", "./upgrade.sh").status == 0)
    let diff = try await bench.run("diff", "u", "u", "--format", "json", "--color", "always")
    #expect(
      diff.steady(bench).replacing(#/"(began|ended)": "TIME"/#) { "\"\($0.1)\": …" } == """
        {
          "version": 1,
          "before": "u.before",
          "after": "u.after",
          "upgrade": {
            "name": "u",
            "command": "./upgrade.sh",
            "began": …,
            "ended": …,
            "exit": 0
          },
          "complete": true,
          "summary": {
            "changes": 1,
            "residue": 1,
            "ignored": 0,
            "blindSpots": 0
          },
          "changes": [
            {
              "watch": "gates",
              "kind": "flag",
              "id": "flags.yaml fast",
              "parent": "flags.yaml",
              "parents": [
                {
                  "list": "file",
                  "id": "flags.yaml",
                  "name": "flags.yaml"
                }
              ],
              "name": "fast",
              "change": "updated",
              "attributes": [
                {
                  "name": "value",
                  "before": false,
                  "after": true
                }
              ],
              "location": {
                "path": "flags.yaml",
                "line": 1
              },
              "uses": {
                "places": [],
                "count": 0
              },
              "coverage": "unknown",
              "residue": true,
              "attribution": {
                "by": "unknown",
                "evidence": [
                  "it stands in no commit: somebody or something edited the file"
                ]
              }
            }
          ],
          "ignored": [],
          "blindSpots": []
        }

        """)
    let terminal = try PseudoTerminal([BuiltProgram.path, "diff", "-C", bench.path, "u", "u", "--format", "json"])
    #expect(try await terminal.end() == 3)
    #expect(terminal.text.replacing("\r\n", with: "\n") == diff.output)
    let listed = try await bench.run("list", "--format", "json").output
    for field in ["\"upgrades\"", "\"snapshots\"", "\"status\": 0", "\"complete\": true"] { #expect(listed.contains(field)) }
  }

  @Test("colour comes on a terminal alone, unless NO_COLOR or --color says otherwise")
  func color() async throws {
    let bench = try Workbench()
    try bench.upgrade()
    #expect(try await bench.run("run", "--name", "u", "-q", "--", "./upgrade.sh").status == 0)
    let diff = ["diff", "-C", bench.path, "u", "u"]
    func isColored(_ words: [String] = [], onTerminal environment: [String: String]) async throws -> Bool {
      let terminal = try PseudoTerminal([BuiltProgram.path] + diff + words, environment: environment)
      #expect(try await terminal.end() == 3)
      return terminal.text.contains("\u{1b}[")
    }
    #expect(try await isColored(onTerminal: [:]))
    #expect(try await !isColored(onTerminal: ["NO_COLOR": "1"]))
    #expect(try await isColored(onTerminal: ["NO_COLOR": ""]))
    #expect(try await !isColored(onTerminal: ["TERM": "dumb"]))
    #expect(try await !isColored(["--color", "never"], onTerminal: [:]))
    #expect(try await isColored(["--color", "always"], onTerminal: ["NO_COLOR": "1"]))
    let plain = try await bench.run("diff", "u", "u").output
    #expect(!plain.contains("\u{1b}"))
    let colored = try await bench.run("diff", "u", "u", "--color", "always").output
    #expect(colored.replacing(#/\x1b\[[0-9;]*m/#) { _ in "" } == plain)
    #expect(colored != plain)
    #expect(try await bench.run("diff", "u", "u", "--color", "some").status == 64)
  }

  @Test("-v names the rule of each message, and -q leaves all but errors out")
  func loudness() async throws {
    let bench = try Workbench("STORE\nwatches:\n  - {name: gates, provider: flag-files, with: {repository: none, files: a.yaml}}\n")
    let line =
      "\(bench.path)/none: warning: gates · flag: there is no git repository in this folder. Set `repository` to the folder that holds `.git`, or to a bare repository."
    #expect(try await bench.run("snapshot", "a").error == line + "\n")
    #expect(try await bench.run("snapshot", "b", "-v").error.contains(line + " [not-a-repository]\n"))
    #expect(try await bench.run("snapshot", "c", "-q") == ProgramRun.Ended(status: 4, output: "", error: ""))
    #expect(try await bench.run("snapshot", "c", "-q").error.contains("error: there is a snapshot or an upgrade `c` already"))
  }

  @Test("the help of each command ends with its statuses")
  func help() async throws {
    let bench = try Workbench(nil)
    for command in ["snapshot", "run", "begin", "end", "diff", "check", "list", "show", "forget"] {
      let ended = try await bench.run(command, "--help")
      #expect(ended.status == 0)
      #expect(ended.output.contains("EXIT STATUS:\n"), "\(command)")
    }
    #expect(try await bench.run("snapshott").status == 64)
    #expect(try await bench.run("--version").output == "0.1.0\n")
  }
}
