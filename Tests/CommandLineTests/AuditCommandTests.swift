import Documents
import Foundation
import Testing

/// The job whole, on real repositories: a look, an upgrade that fails, a rollback that misses half of it, and an audit.
@Suite("audit")
struct AuditCommandTests {
  struct Ended {
    let status: Int32
    let output: String
    let errors: String
  }

  /// A machine with settings that a snapshot holds, and a repository that none holds.
  final class Stage {
    private let folder: TemporaryFolder
    let path: String

    init() throws {
      folder = try TemporaryFolder()
      path = folder.path
      try folder.write(
        "audit-residue.yaml",
        """
        version: 1
        store: store
        watches:
          - name: code
            provider: flag-files
            with: {repository: code, files: ["*.yaml"]}
          - name: machine
            provider: flag-files
            with: {repository: machine, files: ["*.properties"]}
        restores:
          - name: machine-snapshot
            covers: [{watch: machine}]
            leaves: [{watch: code}]
        """)
      try shell(
        """
        git init -q -b main code && printf 'hybrid:\\n  enable: false\\n  strict: true\\n' > code/flags.yaml
        git init -q -b main machine && printf 'queue.enabled=false\\n' > machine/dten.properties
        for r in code machine; do git -C $r add -A && git -C $r commit -q -m first; done
        cp -a machine machine.saved
        """)
    }

    /// What the upgrade does, inside and outside of the machine.
    static let upgrade = """
      sed -i 's/false/true/' machine/dten.properties code/flags.yaml && git -C code commit -q -a -m hybrid
      """

    func rollBack() throws { try shell("rm -rf machine && cp -a machine.saved machine") }

    @discardableResult
    func shell(_ script: String) throws -> Ended {
      let ended = try start("/bin/sh", ["-e", "-c", script])
      try #require(ended.status == 0, "\(script): \(ended.errors)")
      return ended
    }

    func tool(_ arguments: String...) throws -> Ended { try start(BuiltProgram.path, arguments) }

    private func start(_ program: String, _ arguments: [String]) throws -> Ended {
      let process = Process()
      process.executableURL = URL(filePath: program)
      process.arguments = arguments
      process.currentDirectoryURL = URL(filePath: path)
      process.environment = [
        "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": path, "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": "/dev/null",
        "GIT_AUTHOR_NAME": "A. Author", "GIT_AUTHOR_EMAIL": "a@example.com", "GIT_COMMITTER_NAME": "A. Author",
        "GIT_COMMITTER_EMAIL": "a@example.com",
      ]
      process.standardInput = FileHandle.nullDevice
      let files = ["output", "errors"].map { "\(path)/\($0)-\(UUID().uuidString)" }
      for file in files { _ = FileManager.default.createFile(atPath: file, contents: nil) }
      process.standardOutput = FileHandle(forWritingAtPath: files[0])
      process.standardError = FileHandle(forWritingAtPath: files[1])
      try process.run()
      process.waitUntilExit()
      let texts = try files.map { try String(contentsOfFile: $0, encoding: .utf8) }
      for file in files { try FileManager.default.removeItem(atPath: file) }
      let status = process.terminationReason == .uncaughtSignal ? 128 + process.terminationStatus : process.terminationStatus
      return Ended(status: status, output: texts[0], errors: texts[1])
    }
  }

  @Test("says what came back and what did not, and ends with 3 until nothing is left")
  func rollback() throws {
    let stage = try Stage()
    let run = try stage.tool("run", "--name", "dten", "--", "/bin/sh", "-c", Stage.upgrade)
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.contains("2 changes. 1 is residue"))
    try stage.rollBack()

    let audit = try stage.tool("audit", "--restored", "machine-snapshot")
    #expect(audit.status == 3, "\(audit.errors)")
    #expect(audit.output.contains("The upgrade changed 2 things. After restoring machine-snapshot 1 is as before, 1 is not."))
    #expect(audit.output.contains("~ hybrid.enable  false -> true  still so"))
    #expect(audit.output.contains("came back: 1 (machine · queue.enabled)"))
    #expect(try stage.tool("audit", "--exit-zero").status == 0)

    let json = try stage.tool("audit", "--restored", "machine-snapshot", "--format", "json")
    let document = try #require(try DocumentFormat.json.read(Array(json.output.utf8)).first)
    #expect(document["now"]?.text == "dten.now-3")
    let changes = try #require(document["changes"]?.list)
    #expect(changes.map { $0["outcome"]?.text } == ["residue", "reverted"])
    #expect(changes.first?["attributes"]?.list?.first?["now"]?.boolean == true)

    try stage.shell("git -C code revert --no-edit HEAD")
    let clean = try stage.tool("audit", "--restored", "machine-snapshot")
    #expect(clean.status == 0, "\(clean.output)")
    #expect(clean.output.contains("After restoring machine-snapshot 2 are as before."))

    let list = try stage.tool("list", "--format", "json")
    #expect(list.output.contains("\"now\": \"dten.now-4\""))
  }

  @Test("says that the declaration is wrong, and where it stands, when what a restore covers is still there")
  func wrongDeclaration() throws {
    let stage = try Stage()
    _ = try stage.tool("run", "--name", "dten", "--", "/bin/sh", "-c", Stage.upgrade)
    let audit = try stage.tool("audit", "--restored", "machine-snapshot")
    #expect(audit.status == 3)
    #expect(
      audit.output.contains(
        "! audit-residue.yaml:11: the restore `machine-snapshot` was done and says that it covers machine · flag, and 1 change is still there"
      ))
    #expect(!(try stage.tool("audit").output.contains("! audit-residue.yaml")))
  }

  @Test("compares before with now where a crash left no look after the upgrade, and says what that can't tell")
  func crash() throws {
    let stage = try Stage()
    #expect(try stage.tool("begin", "dten").status == 0)
    #expect(try stage.tool("audit").status == 0)
    try stage.shell(Stage.upgrade)
    try stage.rollBack()
    let audit = try stage.tool("audit", "--upgrade", "dten", "--restored", "machine-snapshot")
    #expect(audit.status == 3, "\(audit.errors)")
    #expect(audit.output.contains("changed, nobody knows by what"))
    #expect(audit.output.contains("nobody looked after the upgrade"))
    #expect(!audit.output.contains("queue.enabled"))
  }

  @Test("ends with 4 where what the upgrade changed can't be looked at now")
  func blind() throws {
    let stage = try Stage()
    _ = try stage.tool("run", "--name", "dten", "--", "/bin/sh", "-c", Stage.upgrade)
    try stage.rollBack()
    try stage.shell("mv code code.away")
    let audit = try stage.tool("audit", "--restored", "machine-snapshot")
    #expect(audit.status == 4, "\(audit.output)")
    #expect(audit.output.contains("could not be looked at now"))
    #expect(audit.output.contains("1 blind spot: this audit cannot say that it is clean."))
  }

  @Test("refuses what it doesn't know with the nearest name, before anything is looked at")
  func usage() throws {
    let stage = try Stage()
    _ = try stage.tool("snapshot", "first")
    let restore = try stage.tool("audit", "--before", "first", "--restored", "machine-snapshto")
    #expect(restore.status == 64)
    #expect(restore.errors.contains("Did you mean `machine-snapshot`?"))
    #expect(try stage.tool("audit", "--upgrade", "dten").status == 64)
    #expect(try stage.tool("audit", "--before", "frist").errors.contains("Did you mean `first`?"))
    #expect(try stage.tool("audit", "--after", "first").status == 64)
    #expect(try stage.tool("audit", "--upgrade", "u", "--before", "first").status == 64)
    #expect(!(try stage.tool("list").output.contains("now-1")))
    let own = try stage.tool("audit", "--before", "first")
    #expect(own.status == 0, "\(own.errors)")
    #expect(try stage.tool("list").output.contains("first.now-1"))
  }
}
