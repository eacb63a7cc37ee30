import Glibc
import Testing

/// Whatever is wrong with what the user wrote: where, what, what to do, and nothing half done.
@Suite("a wrong configuration")
struct BadConfigurationTests {
  @Test("none at all is said with the way to one", arguments: ["snapshot", "check", "begin", "end", "diff", "list"])
  func none(command: String) async throws {
    let bench = try Workbench(nil)
    let ended = try await bench.run(command)
    #expect(ended.status == 64)
    #expect(ended.output == "")
    #expect(
      ended.error == """
        audit-residue: error: there is no audit-residue.yaml in \(bench.path) or in a folder above it. \
        Write one with `audit-residue init`, or name it with --config.

        """)
    #expect(try await bench.run("run", "--", "true").status == 125)
  }

  @Test(
    "each mistake is told with file, line and what to write",
    arguments: [
      ("", "audit-residue.yaml:1:1: error: the configuration has no `watches`"),
      ("watches: 3\n", "audit-residue.yaml:2:10: error: "),
      (
        "watches:\n  - {name: a, provider: kubernetes-feature-gate}\n",
        "audit-residue.yaml:3:25: error: no provider is called `kubernetes-feature-gate`. Did you mean `kubernetes-feature-gates`?"
      ),
      ("watches:\n  - {name: a, provider: flag-files, with: {files: a}}\n", "does not say `repository`"),
      ("watches:\n  - {name: a, provider: flag-files, with: {repository: ., file: a}}\n", "Did you mean `files`?"),
      ("watches:\n  - {name: a, provider: flag-files, with: {repository: ., files: a}, only: [flagg]}\n", "Did you mean `flag`?"),
      (
        "watches:\n  GATES\nrestores:\n  - {name: vm, covers: [{watch: gates, kind: flags}]}\n",
        "audit-residue.yaml:5: error: the restore `vm` names the kind `flags`, which no watch has that is called `gates`. Did you mean `flag`?"
      ),
      ("watches:\n  GATES\nignore:\n  - {watch: 'gat*', kind: flg, because: b}\n", "Did you mean `flag`?"),
      ("watches:\n  GATES\nignore:\n  - {watch: gates, attribute: vlue, matching: x, because: b}\n", "Did you mean `value`?"),
      ("watches:\n  GATES\nacknowledge:\n  - {watch: gates@main, kind: flagg, code: x, because: b}\n", "Did you mean `flag`?"),
      ("watches:\n  GATES\nrestores:\n  - {name: vm, covers: [{watch: gats@main}]}\n", "no watch is called `gats@main`. Did you mean `gates`?"),
      ("watches: [\n", "error: "), ("watches:\n\t- a\n", "error: "), ("watchez: []\n", "Did you mean `watches`?"),
      ("watches: &a [*a]\n", "error: "),
    ])
  func mistakes(text: String, says: String) async throws {
    let bench = try Workbench(text)
    for words in [["snapshot", "a"], ["check"], ["begin"], ["list"], ["diff"]] {
      let ended = try await bench.run(words)
      #expect(ended.status == 64, "\(words)")
      #expect(ended.output == "")
      #expect(ended.error.contains(says), "\(ended.error)")
    }
    let run = try await bench.run("run", "--", "touch", "started")
    #expect(run.status == 125)
    #expect(run.error.contains(says))
    #expect(Files.names(in: bench.path).filter { $0 != "code" } == ["audit-residue.yaml", "home", "tmp"])
  }

  @Test("bytes that are no text, and a file without end, are told")
  func noText() async throws {
    let bench = try Workbench(nil)
    try bench.script("make.sh", "printf 'version: 1\\nwatches: \\377\\376\\n' > audit-residue.yaml; chmod 600 audit-residue.yaml")
    #expect(try await ProgramRun(["./make.sh"], in: bench.path, environment: bench.environment).end().status == 0)
    let ended = try await bench.run("snapshot")
    #expect(ended.status == 64)
    #expect(ended.error.contains("UTF-8"))
    for device in ["/dev/zero", "/dev/null", "/proc/self/mem", bench.path] {
      let ended = try await bench.run("snapshot", "--config", device)
      #expect(ended.status == 64, "\(device)")
      #expect(ended.error.contains("\(device): error: "), "\(ended.error)")
    }
  }

  @Test("a folder of providers that isn't there, or one that is broken, is told with its place")
  func providers() async throws {
    let bench = try Workbench(
      "STORE\nproviders: [providers]\nwatches:\n  - {name: a, provider: things, with: {base: \"http://127.0.0.1:1\"}}\n")
    let missing = try await bench.run("snapshot")
    #expect(missing.status == 64)
    #expect(missing.error.contains("\(bench.path)/providers: error: the folder of providers can't be read"))
    try bench.makeProvider()
    #expect(try await bench.run("snapshot").status == 4)
    try bench.folder.write("providers/things/provider.yaml", "manifest: 1\ntitle: Things\nkindz: {}\n")
    let broken = try await bench.run("snapshot")
    #expect(broken.status == 64)
    #expect(broken.error.contains("providers/things/provider.yaml:3:1: error: "), "\(broken.error)")
  }

  @Test("a store in a place that can't be used ends with 1, and says which")
  func store() async throws {
    let bench = try Workbench("store: audit-residue.yaml\nwatches:\n  GATES\n")
    for words in [["snapshot"], ["begin"]] {
      let ended = try await bench.run(words)
      #expect(ended.status == 1)
      #expect(ended.error.hasPrefix("\(bench.path)/audit-residue.yaml: error: "))
    }
    #expect(try await bench.run("run", "--", "true").status == 125)
    try bench.configure("STORE\nwatches:\n  GATES\n")
    #expect(try await bench.run("snapshot", "a", "-q").status == 0)
    try bench.script(
      "damage.sh",
      "printf 'not a database, not a database' | dd of=store/store.sqlite conv=notrunc 2> /dev/null; rm -f store/*-wal store/*-shm")
    #expect(try await ProgramRun(["./damage.sh"], in: bench.path, environment: bench.environment).end().status == 0)
    for words in [["snapshot", "b"], ["list"], ["diff", "a", "a"], ["show", "a"]] {
      let ended = try await bench.run(words)
      #expect(ended.status == 1, "\(words)")
      #expect(ended.output == "")
      #expect(ended.error.contains("store.sqlite: error: "))
    }
  }

  @Test("without HOME and without a store that is named, it asks for one")
  func homeless() async throws {
    let bench = try Workbench("watches:\n  GATES\n")
    let ended = try await bench.run("snapshot", environment: ["HOME": ""])
    #expect(ended.status == 64)
    #expect(ended.error == "audit-residue: error: neither XDG_STATE_HOME nor HOME is set. Name the store with --store.\n")
    #expect(try await bench.run("snapshot", "a", "-q").status == 0)
    #expect(Files.all(below: bench.path + "/home/.local/state/audit-residue/stores").count == 1)
  }
}
