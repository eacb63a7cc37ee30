import FoundationEssentials
import SideEffects
import Testing

/// Each folder's fixtures, run as `audit-residue providers test` runs them.
@Suite("The fixtures under providers/", .timeLimit(.minutes(10)))
struct FixturesTests {
  static func fixtures(of name: String) throws -> ProviderFixtures {
    if FileManager.default.fileExists(atPath: path("fixtures/before.json", of: name)) {
      return .exchanges(before: try recording("before.json", of: name), after: try recording("after.json", of: name))
    }
    let hasSettings = FileManager.default.fileExists(atPath: path("fixtures/settings.json", of: name))
    return .files(
      before: try files("before", of: name), after: try files("after", of: name),
      settings: hasSettings ? try recording("settings.json", of: name) : Recording(exchanges: []))
  }

  private static func path(_ file: String, of name: String) -> String { ProviderFolders.file(file, of: name).path }

  private static func recording(_ file: String, of name: String) throws -> Recording {
    try Recording(Array(try ProviderFolders.text("fixtures/\(file)", of: name).utf8), file: Text("providers/\(name)/fixtures/\(file)"))
  }

  private static func files(_ folder: String, of name: String) throws -> [ProviderFixtures.File] {
    let root = path("fixtures/\(folder)", of: name)
    return try FileManager.default.subpathsOfDirectory(atPath: root).sorted().compactMap { below in
      FileManager.default.contents(atPath: "\(root)/\(below)").map { ProviderFixtures.File(path: below, bytes: Array($0)) }
    }
  }

  static func outcome(_ name: String) async throws -> ProviderTrial.Outcome {
    try await ProviderTrial(provider: try ProviderFolders.read(name), fixtures: try fixtures(of: name)).run()
  }

  @Test("are read whole, before and after", arguments: ProviderFolders.names)
  func areWhole(name: String) async throws {
    let outcome = try await Self.outcome(name)
    for snapshot in [outcome.before, outcome.after] {
      for observation in snapshot.observations {
        #expect(
          observation.completeness.isComplete,
          "\(snapshot.name) \(observation.kind): \(observation.completeness.gaps.map(\.because.sentence))")
      }
    }
  }

  @Test("hold residue, and something that differs and is none", arguments: ProviderFolders.names)
  func haveBoth(name: String) async throws {
    let outcome = try await Self.outcome(name)
    #expect(!outcome.audit.residue.isEmpty)
    #expect(!outcome.harmless.isEmpty)
  }

  @Test("show the changes that are expected", arguments: ProviderFolders.names)
  func changes(name: String) async throws {
    let json = try await Self.outcome(name).changesJSON
    let file = ProviderFolders.file("fixtures/changes.json", of: name)
    guard let expected = try? String(contentsOf: file, encoding: .utf8) else {
      try json.write(to: file, atomically: true, encoding: .utf8)
      Issue.record("\(file.path) was missing and has been recorded: look at it")
      return
    }
    #expect(json == expected, "look at what came out with `audit-residue providers test providers/\(name)`")
  }

  @Test("give the same bytes each time", arguments: ProviderFolders.names)
  func areStable(name: String) async throws {
    let (first, second) = (try await Self.outcome(name), try await Self.outcome(name))
    #expect(first.changesJSON == second.changesJSON)
    #expect(first.planJSON == second.planJSON)
  }

  @Test("never look whole when an answer is cut, refused, empty, a web page or lost", arguments: ProviderFolders.names)
  func damaged(name: String) async throws {
    guard case .exchanges(let before, let after) = try Self.fixtures(of: name) else { return }
    let trial = ProviderTrial(provider: try ProviderFolders.read(name), fixtures: .exchanges(before: before, after: after))
    #expect(try await trial.falseClaims(of: before, cuts: 16) == [])
    #expect(try await trial.falseClaims(of: after, cuts: 16) == [])
  }

  @Test("hold no secret of theirs in what comes out", arguments: ProviderFolders.names)
  func secrets(name: String) async throws {
    guard case .exchanges(let before, let after) = try Self.fixtures(of: name) else { return }
    let json = try await Self.outcome(name).changesJSON
    for secret in Array(before.secrets.values) + Array(after.secrets.values) {
      let text = secret.withBytes { String(decoding: $0, as: UTF8.self) }
      if text.utf8.count >= 8 { #expect(!json.contains(text)) }
    }
  }
}
