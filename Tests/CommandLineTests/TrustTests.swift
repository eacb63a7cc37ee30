import Glibc
import Testing

/// What a configuration may make the program do, and who has to have said so.
@Suite("trust in a configuration")
struct TrustTests {
  private static let command = """
    STORE
    providers: [providers]
    watches:
      - {name: hub, provider: things, with: {base: "http://127.0.0.1:1"}, secrets: {token: {command: [./token.sh]}}}

    """

  private func bench(_ configuration: String = command) throws -> Workbench {
    let bench = try Workbench(configuration)
    try bench.makeProvider()
    try bench.script("token.sh", "touch asked; echo t")
    return bench
  }

  @Test("one that others can write, found by searching, is refused, and may be named", arguments: [0o620, 0o602, 0o666] as [mode_t])
  func writable(mode: mode_t) async throws {
    let bench = try Workbench()
    chmod(bench.path + "/audit-residue.yaml", mode)
    for words in [["snapshot"], ["-C", "code", "check"], ["list"]] {
      let ended = try await bench.run(words)
      #expect(ended.status == 64)
      #expect(
        ended.error == """
          \(bench.path)/audit-residue.yaml: error: the configuration can be written by others, and was found by searching. \
          Take that away with `chmod go-w`, or name it with --config.

          """)
    }
    #expect(try await bench.run("run", "--", "true").status == 125)
    #expect(try await bench.run("snapshot", "--config", "audit-residue.yaml").status == 0)
  }

  @Test(
    "one of another user, found by searching, is refused, and may be named", .enabled(if: geteuid() == 0, "only root can give a file away"))
  func foreign() async throws {
    let bench = try Workbench()
    chown(bench.path + "/audit-residue.yaml", 65_534, 65_534)
    let ended = try await bench.run("snapshot", in: "code")
    #expect(ended.status == 64)
    #expect(
      ended.error == """
        \(bench.path)/audit-residue.yaml: error: the configuration belongs to another user, and was found by searching. \
        If you know what it does, name it with --config.

        """)
    #expect(try await bench.run("snapshot", "--config", "../audit-residue.yaml", in: "code").status == 0)
  }

  @Test("one that runs commands is refused in a pipe, with advice, and nothing is run")
  func refused() async throws {
    let bench = try bench()
    for words in [["snapshot"], ["check"], ["begin"]] {
      let ended = try await bench.run(words)
      #expect(ended.status == 64)
      #expect(
        ended.error == """
          audit-residue.yaml: error: this configuration is not trusted: it runs `./token.sh` for the secret `token` of `hub`. \
          Look at it, and say --trust once if that is what you want.

          """)
    }
    #expect(try await bench.run("run", "--", "touch", "started").status == 125)
    #expect(Files.bytes(bench.path + "/asked") == nil)
    #expect(Files.bytes(bench.path + "/started") == nil)
  }

  @Test("--trust holds for these bytes of it, and no others")
  func remembered() async throws {
    let bench = try bench()
    #expect(try await bench.run("snapshot", "a", "--trust").status == 4)
    #expect(Files.bytes(bench.path + "/asked") != nil)
    #expect(try await bench.run("snapshot", "b").status == 4)
    try bench.configure(Self.command + "# changed\n")
    #expect(try await bench.run("snapshot", "c").status == 64)
    try bench.configure(Self.command)
    #expect(try await bench.run("snapshot", "d").status == 4)
    var status = stat()
    stat(bench.path + "/home/.local/state/audit-residue/trusted", &status)
    #expect(status.st_mode & 0o777 == 0o600)
    chmod(bench.path + "/home/.local/state/audit-residue/trusted", 0o666)
    #expect(try await bench.run("snapshot", "e").status == 64)
  }

  @Test("a person at a terminal is asked once", arguments: [("y\n", Int32(4)), ("n\n", 64), ("\n", 64)])
  func asked(answer: String, status: Int32) async throws {
    let bench = try bench()
    let words = [BuiltProgram.path, "snapshot", "-C", bench.path]
    let home = ["HOME": bench.path + "/home"]
    let terminal = try PseudoTerminal(words + ["a"], environment: home)
    try await terminal.expect("it runs `./token.sh` for the secret `token` of `hub`")
    try await terminal.expect("Trust this configuration, as it is now? [y/N] ")
    #expect(Files.bytes(bench.path + "/asked") == nil)
    terminal.type(answer)
    #expect(try await terminal.end() == status)
    #expect((Files.bytes(bench.path + "/asked") != nil) == (status == 4))
    #expect(try await bench.run("snapshot", "b").status == status)
  }

  @Test("a provider of its own that goes before a built-in one asks too; one with a name of its own doesn't")
  func shadowing() async throws {
    let own = "STORE\nproviders: [providers]\nwatches:\n  - {name: hub, provider: NAME, with: {base: \"http://127.0.0.1:1\"}}\n"
    let bench = try Workbench(own.replacing("NAME", with: "things"))
    try bench.makeProvider()
    #expect(try await bench.run("snapshot", "a").status == 4)
    try bench.makeProvider("github")
    try bench.configure(own.replacing("NAME", with: "github"))
    let ended = try await bench.run("snapshot", "b")
    #expect(ended.status == 64)
    #expect(ended.error.contains("its provider `github` (\(bench.path)/providers/github/provider.yaml) goes before the built-in one"))
    #expect(try await bench.run("snapshot", "b", "--trust").status == 4)
    #expect(try await bench.run("snapshot", "c").status == 4)
    try bench.folder.write(
      "providers/github/provider.yaml", (Files.text(bench.path + "/providers/github/provider.yaml") ?? "") + "# changed\n")
    #expect(try await bench.run("snapshot", "d").status == 64)
  }
}
