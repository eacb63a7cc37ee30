import Glibc
import Testing

@testable import audit_residue

/// `init` as a person runs it, and what the other commands make of the file.
@Suite("audit-residue init", .timeLimit(.minutes(5)))
struct InitCommandTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private struct Ended {
    let text: String
    let status: Int32
  }

  /// Runs a script in the folder, with `$A` for the program.
  private func shell(_ script: String, _ environment: [String: String] = [:]) async throws -> Ended {
    let variables = ["A": BuiltProgram.path, "HOME": folder.path, "GIT_CONFIG_NOSYSTEM": "1"].merging(environment) { $1 }
    let terminal = try PseudoTerminal(["/bin/sh", "-c", "cd '\(folder.path)' && \(script)"], environment: variables)
    let status = try await terminal.end(within: .seconds(120))
    return Ended(text: terminal.text.replacing("\r\n", with: "\n"), status: status)
  }

  private func file(_ name: String = "audit-residue.yaml") throws -> String {
    String(decoding: try FileSystem.read("\(folder.path)/\(name)", limit: 1 << 20).bytes, as: UTF8.self)
  }

  private func makeRepository(remote: String? = nil) async throws {
    try folder.write("flags.yaml", "new_checkout: true\nlimit: 3\n")
    let remote = remote.map { " && git remote add origin '\($0)'" } ?? ""
    #expect(
      try await shell("git init -q . && git add . && git -c user.name=A -c user.email=a@example.com commit -q -m flags\(remote)").status
        == 0)
  }

  @Test("in a repository with flags writes what `check` then reads")
  func repository() async throws {
    try await makeRepository()
    let written = try await shell("$A init </dev/null")
    #expect(written.status == 0)
    #expect(written.text.contains("2 of the kind flag in 1 file") && written.text.contains("next: audit-residue check"))
    #expect(try file().contains("repository: ."))
    let checked = try await shell("$A check")
    #expect(checked.status == 0, "\(checked.text)")
    #expect(checked.text.contains("complete"))
  }

  @Test("below the root of a repository says where the root is")
  func below() async throws {
    try await makeRepository()
    #expect(try await shell("mkdir -p a/b && $A -C a/b init </dev/null || $A init -C a/b </dev/null").status == 0)
    #expect(try file("a/b/audit-residue.yaml").contains("repository: ../.."))
    #expect(try await shell("$A check -C a/b").status == 0)
  }

  @Test("with a remote and a token writes the variable's name and never its value")
  func token() async throws {
    try await makeRepository(remote: "https://me:password-in-url@github.com/acme/api.git")
    let written = try await shell("$A init </dev/null", ["GITHUB_TOKEN": "ghp_made_up_value"])
    #expect(written.status == 0)
    let yaml = try file()
    #expect(yaml.contains("{env: GITHUB_TOKEN}") && yaml.contains("owner: acme"))
    for text in [yaml, written.text] { #expect(!text.contains("ghp_made_up_value") && !text.contains("password-in-url")) }
  }

  @Test("with a remote and no token writes that watch as a comment")
  func noToken() async throws {
    try await makeRepository(remote: "git@github.com:acme/api.git")
    let written = try await shell("$A init </dev/null")
    #expect(written.text.contains("not yet: it lacks `token`"))
    #expect(try file().contains("#      owner: acme"))
    #expect(try await shell("$A check").status == 0)
  }

  @Test("where nothing is found says so, and `check` says what to do")
  func nothing() async throws {
    let written = try await shell("$A init </dev/null")
    #expect(written.status == 0 && written.text.contains("nothing was found here that can be looked at yet"))
    let checked = try await shell("$A check")
    #expect(checked.status == 64 && checked.text.contains("audit-residue.yaml:"), "\(checked.text)")
  }

  @Test("overwrites nothing unless it is told to")
  func overwriting() async throws {
    try folder.write("audit-residue.yaml", "mine\n")
    let refused = try await shell("$A init </dev/null")
    #expect(refused.status == 64 && refused.text.contains("--force"))
    #expect(try file() == "mine\n")
    #expect(try await shell("$A init --force </dev/null").status == 0)
    #expect(try file().contains("version: 1"))
  }

  @Test("prints without writing, and writes where --config says, readable by all and writable by its owner")
  func places() async throws {
    let printed = try await shell("$A init --print </dev/null 2>/dev/null")
    #expect(printed.text.hasPrefix("# What audit-residue looks at") && printed.text.contains("\nversion: 1\n"))
    #expect(!FileSystem.exists(folder.path + "/audit-residue.yaml"))
    #expect(try await shell("umask 002 && $A init --config other.yaml </dev/null && stat -c %a other.yaml").text.hasSuffix("\n644\n"))
  }

  @Test("asks at a terminal where the store goes, and says why it matters")
  func asks() async throws {
    try await makeRepository()
    let terminal = try PseudoTerminal([BuiltProgram.path, "init", "-C", folder.path], environment: ["HOME": folder.path])
    try await terminal.expect("lost with it", within: .seconds(60))
    try await terminal.expect("store [", within: .seconds(60))
    terminal.type("/srv/our store\n")
    #expect(try await terminal.end(within: .seconds(60)) == 0)
    #expect(try file().contains("store: \"/srv/our store\"\n"))
  }
}
