import FoundationEssentials
import SideEffects
import Testing

@Suite("The plan of a provider's fixtures")
struct PlanTests {
  @Test("is the one in its folder", arguments: ProviderFolders.names)
  func golden(name: String) async throws {
    let json = try await FixturesTests.outcome(name).planJSON
    let file = ProviderFolders.file("fixtures/plan.json", of: name)
    guard let expected = try? String(contentsOf: file, encoding: .utf8) else {
      try Data(json.utf8).write(to: file)
      Issue.record("\(file.path) was not there and has been written: look at it, and keep it if it is right")
      return
    }
    #expect(json == expected, "If the new one is right, remove \(file.path) and run this again")
  }

  @Test("has a step for each change, and nothing in it is secret", arguments: ProviderFolders.names)
  func secrets(name: String) async throws {
    let outcome = try await FixturesTests.outcome(name)
    let (audit, plan) = (outcome.audit, outcome.plan)
    #expect(!plan.steps.isEmpty)
    #expect(plan.steps.count == audit.residue.count)
    for shown in [PlanReport(plan).json(), PlanMarkdown(plan).text(), PlanText(plan).text()] {
      for secret in try madeUpSecrets(name) { #expect(!shown.contains(secret)) }
    }
  }

  /// What was made up as secrets of the watch, and never may be seen.
  private func madeUpSecrets(_ name: String) throws -> [String] {
    let secrets: [Secret] =
      switch try FixturesTests.fixtures(of: name) {
      case .exchanges(_, let after):
        try after.watch(for: try ProviderFolders.read(name)).settings.values.compactMap { value in
          if case .secret(let secret) = value { secret } else { nil }
        }
      case .files(_, _, let settings): Array(settings.secrets.values)
      }
    return secrets.map { $0.withBytes { String(decoding: $0, as: UTF8.self) } }.filter { $0.count > 4 }
  }
}
