import Documents
import Glibc
import Testing

/// Servers that nobody of this project wrote, where `../shared/servers` is there and they are installed already.
@Suite("an upgrade of a server beside this project", .serialized)
struct SharedServersTests {
  @Test(
    "gives exactly the changes that are true",
    .enabled(if: SharedServers.isReady("rabbitmq"), "../shared/servers/rabbitmq is not there, or not installed"))
  func rabbitmq() async throws {
    try await upgrade("rabbitmq", credentials: "user: admin}, secrets: {password: {env: PASSWORD}}")
  }

  @Test(
    "gives exactly the changes that are true, of a server with links and pages",
    .enabled(if: SharedServers.isReady("reviewboard"), "../shared/servers/reviewboard is not there, or not installed: run its `install`"))
  func reviewboard() async throws {
    try await upgrade("reviewboard", credentials: "user: admin}, secrets: {password: {env: PASSWORD}}")
  }

  private func upgrade(_ name: String, credentials: String) async throws {
    let bench = try Workbench(nil)
    mkdir("\(bench.path)/servers", 0o700)
    mkdir("\(bench.path)/servers/\(name)", 0o700)
    // Data of its own; what was installed is only used.
    symlink("\(SharedServers.installed)/\(name)/venv", "\(bench.path)/servers/\(name)/venv")
    let environment = bench.environment.merging(["RESIDUE_SERVERS": bench.path + "/servers"]) { $1 }
    func server(_ verb: String) async throws -> String {
      let ended = try await ProgramRun(["\(SharedServers.scripts)/\(name)", verb], in: bench.path, environment: environment).end(
        within: .seconds(300))
      guard ended.status == 0 else { throw ProgramRun.Failure(description: "\(name) \(verb): \(ended.output)\(ended.error)") }
      return ended.output
    }
    do {
      let told = try await server("start").split(separator: "\n").reduce(into: [Substring: Substring]()) { told, line in
        if let equals = line.firstIndex(of: "=") { told[line[..<equals]] = line[line.index(after: equals)...] }
      }
      _ = try await server("seed")
      try bench.configure("STORE\nwatches:\n  - {name: it, provider: \(name), with: {base: \"\(told["URL"] ?? "")\", \(credentials)}\n")
      let run = try await bench.run(
        ["run", "-q", "--name", "u", "--settle", "6s", "--", "\(SharedServers.scripts)/\(name)", "upgrade"],
        environment: environment.merging(["PASSWORD": String(told["PASSWORD"] ?? "")]) { $1 })
      #expect(run.status == 0, "\(run.output)\(run.error)")
      let truth = try truth(try await server("truth"))
      #expect(truth.count > 5)
      let diff = try await bench.run("diff", "u", "u", "--format", "json")
      #expect(diff.status == 3)
      let (missed, invented) = (Set(truth).subtracting(diff.changes).sorted(), Set(diff.changes).subtracting(truth).sorted())
      #expect(missed == [] && invented == [], "\(name): missed \(missed), invented \(invented)")
    } catch {
      _ = try? await server("reset")
      throw error
    }
    _ = try await server("reset")
  }

  /// `created user dten` for each change.
  private func truth(_ text: String) throws -> [String] {
    guard let truth = try DocumentFormat.json.read(Array(text.utf8)).first else { return [] }
    return ["created", "updated", "deleted"].flatMap { change in
      (truth[change]?.list ?? []).map { row in
        [change, row["kind"]?.text ?? "?", row["id"]?.text ?? "?"].joined(separator: " ")
      }
    }
  }
}
