import Glibc
import Testing

@Suite("the program copied alone to another place")
struct CopiedProgramTests {
  /// The folder of the providers in this repository.
  private static let providers = #filePath.split(separator: "/").dropLast(3).map { "/\($0)" }.joined() + "/providers"

  @Test("has all providers with it, byte for byte, without a home and where nothing can be written")
  func catalogue() async throws {
    let bench = try Workbench(nil)
    for name in ["bin", "readonly"] { mkdir("\(bench.path)/\(name)", 0o700) }
    #expect(
      try await ProgramRun(["cp", BuiltProgram.path, "bin/audit-residue"], in: bench.path, environment: bench.environment).end().status == 0
    )
    chmod("\(bench.path)/readonly", 0o500)
    func run(_ words: String...) async throws -> ProgramRun.Ended {
      try await ProgramRun(
        [bench.path + "/bin/audit-residue"] + words, in: bench.path + "/readonly", environment: ["HOME": "", "PATH": "/usr/bin:/bin"]
      ).end()
    }
    let folders = Files.names(in: Self.providers).filter { Files.bytes("\(Self.providers)/\($0)/provider.yaml") != nil }
    let listed = try await run("providers", "list")
    #expect(listed.status == 0)
    #expect(listed.error == "")
    #expect(listed.output.split(separator: "\n").map { String($0.split(separator: " ")[0]) } == folders)
    for name in folders {
      let shown = try await run("providers", "show", name)
      #expect(shown == ProgramRun.Ended(status: 0, output: Files.text("\(Self.providers)/\(name)/provider.yaml") ?? "", error: ""))
    }
    #expect(try await run("providers", "show", "nothing").status == 64)
    #expect(try await run("config", "schema").output.hasPrefix("{"))
    #expect(Files.names(in: bench.path + "/readonly") == [])
  }

  @Test("looks, runs and compares there")
  func works() async throws {
    let bench = try Workbench()
    try bench.upgrade()
    mkdir(bench.path + "/bin", 0o700)
    #expect(
      try await ProgramRun(["cp", BuiltProgram.path, "bin/audit-residue"], in: bench.path, environment: bench.environment).end().status == 0
    )
    let ended = try await ProgramRun(
      ["bin/audit-residue", "run", "--fail-on", "residue", "--", "./upgrade.sh"], in: bench.path, environment: bench.environment
    ).end()
    #expect(ended.status == 3)
    #expect(ended.output.contains("~ fast  false -> true"))
  }
}
