import Testing

/// What `run` ends with. `Fixtures` of the statuses are DESIGN.md's: "Command line".
@Suite("the status of `run`")
struct RunStatusTests {
  /// A port on which nothing answers, at once.
  private static let dead = #"- {name: dead, provider: mlflow, only: [webhook], with: {base: "http://127.0.0.1:1"}}"#

  @Test("is the command's own, whatever was found", arguments: [0, 1, 3, 64, 125, 255])
  func own(status: Int32) async throws {
    let bench = try Workbench()
    try bench.upgrade(and: "exit \(status)")
    let ended = try await bench.run("run", "--name", "u", "--", "./upgrade.sh")
    #expect(ended.status == status)
    #expect(
      ended.steady(bench) == """
        upgrade u   ./upgrade.sh   exit \(status)   0 s

        1 change. 1 is residue: no restore is declared that undoes it.

          gates · flag · flags.yaml  HERE/code at COMMIT
            ~ fast  false -> true
                whose it is can't be told: it stands in no commit: somebody or something edited the file

        next: audit-residue plan --upgrade u --format markdown -o plan.md

        """)
    #expect(ended.error == "")
  }

  @Test("is 128 and the signal's number where a signal ended the command", arguments: [1, 9, 15])
  func signalled(signal: Int32) async throws {
    let bench = try Workbench()
    try bench.upgrade(and: "kill -\(signal) $$")
    let ended = try await bench.run("run", "--", "./upgrade.sh")
    #expect(ended.status == 128 + signal)
    #expect(ended.output.contains("signal \(signal)") || ended.output.contains("SIG"))
    #expect(ended.output.contains("~ fast  false -> true"))
  }

  @Test("is 3 for residue and 4 for blind spots alone, where that is asked for and the command ends with 0")
  func failOn() async throws {
    let bench = try Workbench()
    try bench.upgrade()
    #expect(try await bench.run("run", "--fail-on", "blind", "--", "./upgrade.sh").status == 0)
    try bench.script("back.sh", "sed -i 's/fast: true/fast: false/' code/flags.yaml")
    #expect(try await bench.run("run", "--fail-on", "residue", "--", "./back.sh").status == 3)
    #expect(try await bench.run("run", "--fail-on", "blind,residue", "--", "./upgrade.sh").status == 3)
    try bench.script("failing.sh", "sed -i 's/slow: true/slow: false/' code/flags.yaml; exit 9")
    #expect(try await bench.run("run", "--fail-on", "residue,blind", "--", "./failing.sh").status == 9)
    #expect(try await bench.run("run", "--fail-on", "residue,blind", "--", "true").status == 0)

    try bench.configure("STORE\nwatches:\n  GATES\n  \(Self.dead)\n")
    #expect(try await bench.run("run", "--fail-on", "residue", "--", "true").status == 0)
    #expect(try await bench.run("run", "--fail-on", "blind", "--", "true").status == 4)
    #expect(try await bench.run("run", "--fail-on", "residue,blind", "--", "true").status == 4)
    #expect(try await bench.run("run", "--fail-on", "residue,blind", "--", "./back.sh").status == 3)
    #expect(try await bench.run("run", "--fail-on", "residue,blind", "--", "false").status == 1)
  }

  @Test("says what can't be read, and the upgrade starts all the same")
  func blind() async throws {
    let bench = try Workbench("STORE\nwatches:\n  \(Self.dead)\n")
    try bench.script("upgrade.sh", "echo upgraded")
    let ended = try await bench.run("run", "--name", "u", "--", "./upgrade.sh")
    #expect(ended.status == 0)
    #expect(
      ended.steady(bench)
        == """
        upgraded
        upgrade u   ./upgrade.sh   exit 0   0 s

        No changes in what could be compared.

        1 blind spot: this audit cannot say that it is clean.
          ! dead · webhook  nothing answers there: Failed to connect to SERVER port 1 after 0 ms: Couldn't connect to server  [unreachable]
                            Check that the service runs, and that firewalls and proxies let this machine reach it.

        """.replacing("SERVER port", with: "127.0.0.1 port"))
    #expect(ended.error.contains("dead · webhook: nothing answers there"))
  }

  @Test("is 125 where --require-complete finds something that can't be read, and the command is not started")
  func requireComplete() async throws {
    let bench = try Workbench("STORE\nwatches:\n  GATES\n  \(Self.dead)\n")
    try bench.script("upgrade.sh", "touch started")
    let ended = try await bench.run("run", "--require-complete", "--", "./upgrade.sh")
    #expect(ended.status == 125)
    #expect(ended.error.contains("--require-complete asks for all of it; the command was not started"))
    #expect(ended.output == "")
    #expect(Files.bytes(bench.path + "/started") == nil)
    #expect(try await bench.run("run", "--require-complete", "--watch", "gates", "--", "./upgrade.sh").status == 0)
    #expect(Files.bytes(bench.path + "/started") != nil)
  }

  @Test("is 125 where nothing could be begun, and the command is not started")
  func notBegun() async throws {
    let bench = try Workbench()
    try bench.script("upgrade.sh", "touch started")
    try bench.folder.write("broken.yaml", "version: 1\nwatches: 7\n")
    try bench.folder.write("foreign.sqlite", "no folder")
    #expect(try await bench.run("run", "--name", "taken", "--", "true").status == 0)
    let wrong: [([String], says: String)] = [
      (["--config", "broken.yaml", "--"], "broken.yaml:2:10: error: "), (["--config", "none.yaml", "--"], "there is no such file"),
      (["--store", "foreign.sqlite", "--"], "Not a directory"), (["--store", "/proc/none/store", "--"], "/proc/none"),
      (["--watch", "gate", "--"], "Did you mean `gates`?"), (["--name", "taken", "--"], "already"),
      (["--name", "a b", "--"], "can't be a name"),
      (["--with", "gates.colour=red", "--"], "no setting `colour`"), (["--fail-on", "nothing", "--"], "--fail-on"),
      (["--settle", "5", "--"], "--settle"),
      (["--surprise", "--"], "--surprise"), ([], "after `--`"),
    ]
    for (arguments, says) in wrong {
      let ended = try await bench.run(["run"] + arguments + ["./upgrade.sh"])
      #expect(ended.status == 125, "\(arguments)")
      #expect(ended.error.contains(says), "\(arguments): \(ended.error)")
      #expect(ended.output == "")
    }
    #expect(Files.bytes(bench.path + "/started") == nil)
  }

  @Test("is 127 for a command that isn't there and 126 for one that can't be executed: there was no upgrade then, and its name is free")
  func notStarted() async throws {
    let bench = try Workbench()
    try bench.folder.write("plain", "no program\n")
    let missing = try await bench.run("run", "--name", "a", "--", "no-such-command-4711")
    #expect(missing.status == 127)
    #expect(missing.error == "audit-residue: error: no-such-command-4711 can't be started: No such file or directory\n")
    let plain = try await bench.run("run", "--name", "a", "--", "./plain")
    #expect(plain.status == 126)
    #expect(plain.error == "audit-residue: error: ./plain can't be started: Permission denied\n")
    #expect(try await bench.run("list").output == "The store is empty.\n")
    #expect(try await bench.run("run", "--name", "a", "--", "true").status == 0)
  }

  @Test("--settle waits before the second look, so that what comes late is seen")
  func settle() async throws {
    let bench = try Workbench()
    try bench.script("upgrade.sh", "(sleep 0.3; sed -i 's/fast: false/fast: true/' code/flags.yaml) > /dev/null 2>&1 &")
    let ended = try await bench.run("run", "--settle", "2s", "--fail-on", "residue", "--", "./upgrade.sh")
    #expect(ended.status == 3)
    #expect(ended.output.contains("~ fast  false -> true"))
  }
}
