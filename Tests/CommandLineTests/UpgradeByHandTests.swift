import Testing

/// `begin`, `end` and `diff`: an upgrade over several processes, and the names that stand for its snapshots.
@Suite("an upgrade by hand")
struct UpgradeByHandTests {
  @Test("is begun in one process and ended in another")
  func twoProcesses() async throws {
    let bench = try Workbench()
    try bench.upgrade()
    let begun = try await bench.run("begin", "night")
    #expect(begun == ProgramRun.Ended(status: 0, output: "upgrade night has begun; after it: audit-residue end night\n", error: ""))
    #expect(try await ProgramRun(["./upgrade.sh"], in: bench.path, environment: bench.environment).end().status == 0)
    let ended = try await bench.run("end")
    #expect(ended.status == 3)
    #expect(
      ended.steady(bench) == """
        upgrade night   by hand   0 s

        1 change. 1 is residue: no restore is declared that undoes it.

          gates · flag · flags.yaml  HERE/code at COMMIT
            ~ fast  false -> true
                whose it is can't be told: it stands in no commit: somebody or something edited the file

        next: audit-residue plan --upgrade night --format markdown -o plan.md

        """)
    #expect(
      try await bench.run("list").steady(bench) == """
        upgrades
          night  TIME  by hand  ended

        snapshots
          night.before  TIME  2 resources  complete
          night.after   TIME  2 resources  complete

        """)
    #expect(try await bench.run("end", "night").status == 64)
    #expect(try await bench.run("begin", "night").status == 64)
    #expect(try await bench.run("begin", "-q").output == "")
    #expect(try await bench.run("end", "--exit-zero", "-q") == ProgramRun.Ended(status: 0, output: "", error: ""))
  }

  @Test("begins with 4 where something can't be read, and is begun")
  func blind() async throws {
    let bench = try Workbench("STORE\nwatches:\n  - {name: gates, provider: flag-files, with: {repository: none, files: a.yaml}}\n")
    let begun = try await bench.run("begin", "u")
    #expect(begun.status == 4)
    #expect(begun.error.contains("gates · flag: there is no git repository in this folder"))
    let ended = try await bench.run("end", "u")
    #expect(ended.status == 4)
    #expect(ended.output.contains("1 blind spot: this audit cannot say that it is clean."))
  }

  @Test("its snapshots answer to their own names, to the upgrade's, and to @before, @after and @latest")
  func names() async throws {
    let bench = try Workbench()
    try bench.upgrade()
    try bench.script("back.sh", "sed -i 's/fast: true/fast: false/' code/flags.yaml")
    #expect(try await bench.run("run", "--name", "one", "--", "./upgrade.sh").status == 0)
    #expect(try await bench.run("run", "--name", "two", "--", "./back.sh").status == 0)
    #expect(try await bench.run("snapshot", "now").status == 0)
    let heads: [([String], head: String, status: Int32)] = [
      (["one", "one"], "upgrade one   ./upgrade.sh   exit 0", 3), (["one"], "upgrade one   ./upgrade.sh   exit 0", 3),
      (["two", "two"], "upgrade two   ./back.sh   exit 0", 3),
      ([], "upgrade two   ./back.sh   exit 0", 3), (["@before", "@after"], "upgrade two   ./back.sh   exit 0", 3),
      (["one.before", "two.after"], "one.before -> two.after", 0), (["one", "two"], "one.before -> two.after", 0),
      (["one", "@latest"], "one.before -> now", 0), (["one.after", "now"], "one.after -> now", 3), (["now", "now"], "now -> now", 0),
    ]
    for (words, head, status) in heads {
      let ended = try await bench.run(["diff"] + words)
      #expect(ended.output.hasPrefix(head), "\(words): \(ended.output)")
      #expect(ended.status == status, "\(words)")
      #expect(try await bench.run(["diff", "--exit-zero"] + words).status == 0)
    }
    for words in [["on", "two"], ["one", "@lates"], ["one.before", ""]] {
      let ended = try await bench.run(["diff"] + words)
      #expect(ended.status == 64)
      #expect(ended.output == "")
      #expect(ended.error.contains("no snapshot and no upgrade is called"))
      #expect(try await bench.run(["diff", "--exit-zero"] + words).status == 64)
    }
  }

  @Test("one snapshot alone is no difference, and a watch that nobody looked at is not called clean")
  func asked() async throws {
    let bench = try Workbench()
    #expect(try await bench.run("run", "--name", "u", "--", "true").status == 0)
    let alone = try await bench.run("diff", "u.before")
    #expect(alone.status == 64 && alone.error.contains("is one snapshot, and a difference is of two"), "\(alone.error)")
    for command in ["diff", "plan"] {
      let unknown = try await bench.run(command, "--watch", "gatse")
      #expect(unknown.status == 64 && unknown.error.contains("Did you mean `gates`?") && unknown.output == "", "\(unknown.error)")
    }
    let text = Files.text(bench.path + "/audit-residue.yaml") ?? ""
    try bench.folder.write(
      "audit-residue.yaml", text + "  - {name: later, provider: flag-files, with: {repository: code, files: flags.yaml}}\n")
    let diff = try await bench.run("diff", "u")
    #expect(diff.status == 4 && diff.output.contains("later · flag") && diff.output.contains("nobody looked at it"), "\(diff.output)")
    #expect(try await bench.run("diff", "u", "--watch", "gates").status == 0)
    #expect(try await bench.run("plan", "--watch", "later").status == 4)
  }

  @Test("a forgotten snapshot is named as missing, and nothing is said to be clean")
  func forgotten() async throws {
    let bench = try Workbench()
    #expect(try await bench.run("run", "--name", "u", "--", "true").status == 0)
    let unknown = try await bench.run("forget", "u.before", "u.befor")
    #expect(unknown.status == 64)
    #expect(try await bench.run("diff", "u", "u").status == 0)
    let forgot = try await bench.run("forget", "u.before")
    let lost = "audit-residue: the upgrade `u` has lost its snapshot before it\n"
    #expect(forgot == ProgramRun.Ended(status: 0, output: "snapshot u.before   removed\n", error: lost))
    let ended = try await bench.run("diff", "u", "u")
    #expect(ended.status == 1)
    #expect(ended.output == "")
    #expect(ended.error.contains("there is no snapshot `u.before` any more"))
  }

  @Test("4 where nothing changed that could be seen, and 3 where something did")
  func statuses() async throws {
    let bench = try Workbench(
      "STORE\nwatches:\n  GATES\n  - {name: other, provider: flag-files, with: {repository: other, files: flags.yaml}}\n")
    try bench.makeRepository("other")
    #expect(try await bench.run("snapshot", "a", "-q").status == 0)
    try bench.git("mv .git gone", in: "other")
    #expect(try await bench.run("snapshot", "b", "-q").status == 4)
    let blind = try await bench.run("diff", "a", "b")
    #expect(blind.status == 4)
    #expect(
      blind.steady(bench) == """
        a -> b

        No changes in what could be compared.

        1 blind spot: this audit cannot say that it is clean.
          ! other · flag  there is no git repository in this folder; of 2 resources nothing can be said  [not-a-repository]
                          Set `repository` to the folder that holds `.git`, or to a bare repository.

        """)
    try bench.git("sed -i 's/fast: false/fast: true/' flags.yaml")
    #expect(try await bench.run("snapshot", "c", "-q").status == 4)
    #expect(try await bench.run("diff", "a", "c").status == 3)
    #expect(try await bench.run("diff", "b", "c", "--watch", "other").status == 4)
    #expect(try await bench.run("diff", "a", "c", "--watch", "gates").status == 3)
    #expect(try await bench.run("diff", "a", "b", "--watch", "gates").status == 0)
  }
}
