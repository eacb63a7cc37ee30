import Testing

/// What repositories do wrong.
@Suite("a repository that can't be read")
struct BadRepositoryTests {
  @Test("is a blind spot with its reason, and the watches beside it are kept")
  func repositories() async throws {
    let bench = try Workbench(nil)
    for name in ["plain", "unborn", "bare", "shallow", "bomb", "binary", "broken"] { try bench.script(name + ".sh", "true") }
    try bench.makeRepository()
    try bench.git(
      """
      cd .. && mkdir plain unborn bomb binary broken
      git init -q unborn && printf 'fast: false\\n' > unborn/flags.yaml
      git clone -q --bare code bare
      git -C code commit -q --allow-empty -m two && git clone -q --depth 1 "file://$PWD/code" shallow
      for name in bomb binary broken; do git init -q $name; done
      { echo 'a: &a [x, x, x, x, x, x, x, x, x, x]'; last=a; for name in b c d e f g h i j k; do
        echo "$name: &$name [*$last, *$last, *$last, *$last, *$last, *$last, *$last, *$last, *$last]"; last=$name; done; } > bomb/flags.yaml
      printf 'fast: \\377\\376\\n' > binary/flags.yaml
      printf 'fast: [true\\nslow: }\\n' > broken/flags.yaml
      for name in bomb binary broken; do (cd $name && git add . && git commit -qm flags); done
      printf '0123456789012345678901234567890123456789' > code/.git/refs/heads/lost
      """)
    let watches: [(name: String, with: String, says: String)] = [
      ("nothing", "repository: nothing", "[not-a-repository]"), ("plain", "repository: plain", "[not-a-repository]"),
      ("file", "repository: audit-residue.yaml", "[not-a-repository]"),
      ("no-revision", "repository: code, ref: v9.9", "[missing-revision]"),
      ("no-object", "repository: code, ref: lost", "["), ("unborn-head", "repository: unborn, ref: HEAD", "["),
      ("bare-worktree", "repository: bare, ref: worktree", "["), ("no-files", "repository: code, files: 'none/*.yaml'", "[no-files]"),
      ("bomb", "repository: bomb", "["), ("binary", "repository: binary", "["), ("broken", "repository: broken", "["),
      ("deep", "repository: shallow, ref: HEAD~1", "[missing-revision]"),
    ]
    let lines = watches.map { watch in
      "  - {name: \(watch.name), provider: flag-files, with: {\(watch.with)\(watch.with.contains("files:") ? "" : ", files: flags.yaml")}}\n"
    }
    let fine = ["bare", "shallow"].map { "  - {name: \($0), provider: flag-files, with: {repository: \($0), files: flags.yaml}}\n" }
    try bench.configure("STORE\nwatches:\n  GATES\n" + lines.joined() + fine.joined())
    let ended = try await bench.run("snapshot", "a", "-v")
    #expect(ended.status == 4)
    for watch in watches {
      let line = ended.error.split(separator: "\n").first { $0.contains(": warning: \(watch.name) · flag") }
      #expect(line?.contains(watch.says) == true, "\(watch.name): \(line ?? "nothing")")
      #expect(try ended.output.contains(Regex("\(watch.name) · flag +0  (failed|partial)")), "\(watch.name)")
    }
    for name in ["gates", "bare", "shallow"] { #expect(try ended.output.contains(Regex("\(name) · flag +2  complete")), "\(ended.output)") }
    let diff = try await bench.run("diff", "a", "a")
    #expect(diff.status == 4)
    #expect(!diff.output.contains("Nothing is left outside"))
  }

  @Test("that was there before makes nothing deleted: not when it is gone, not when a file of it can't be read any more")
  func later() async throws {
    let bench = try Workbench()
    #expect(try await bench.run("snapshot", "before", "-q").status == 0)
    for (name, script) in [("broken", "printf 'fast: [true\\n' > flags.yaml"), ("empty", "rm flags.yaml"), ("gone", "mv .git git")] {
      try bench.git(script)
      let ended = try await bench.run("snapshot", name, "-v")
      #expect(ended.status == 4, "\(name): \(ended.output)")
      let diff = try await bench.run("diff", "before", name, "--format", "json")
      #expect(diff.status == 4, "\(name)")
      #expect(diff.output.contains("\"changes\": []"), "\(name): \(diff.output)")
    }
  }

  @Test("every subset of three failing watches leaves what the others store the same to the byte")
  func subsets() async throws {
    let service = try ScriptedService([
      .hooks((1...40).map { ($0, "hook \($0)", "https://hooks.example/\($0)", "secret \($0)") }), .init(path: "/bad/hooks", status: 500),
    ])
    let bench = try Workbench(
      """
      STORE
      providers: [providers]
      watches:
        GATES
        - {name: hub, provider: things, with: {base: "\(service.url())"}, secrets: {token: {env: TOKEN}}}
        - {name: other, provider: flag-files, with: {repository: other, files: flags.yaml}}

      """)
    try bench.makeProvider()
    try bench.makeRepository("other", flags: "third: true\nfourth: 4\n")
    let broken = [
      "gates": "--with=gates.repository=none", "hub": "--with=hub.base=\(service.url("/bad"))", "other": "--with=other.ref=none",
    ]
    for subset in 0..<8 {
      let failing = broken.keys.sorted().enumerated().filter { subset & (1 << $0.offset) != 0 }.compactMap { broken[$0.element] }
      let ended = try await bench.run(["snapshot", "s\(subset)", "-q"] + failing, environment: ["TOKEN": "t"])
      #expect(ended.status == (subset == 0 ? 0 : 4), "\(ended.error)")
    }
    let stored = try await StoredContent(bench.path + "/store")
    let whole = try await stored.content(of: "s0")
    #expect(whole.keys.sorted() == ["gates", "hub", "other"])
    #expect(whole.values.allSatisfy { $0.bytes.count > 100 })
    for subset in 1..<8 {
      let content = try await stored.content(of: "s\(subset)")
      for (position, name) in broken.keys.sorted().enumerated() {
        if subset & (1 << position) == 0 {
          #expect(content[name] == whole[name], "\(name) in s\(subset)")
        } else {
          #expect(content[name]?.bytes == [])
        }
      }
    }
  }
}
