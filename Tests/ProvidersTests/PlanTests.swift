import FoundationEssentials
import SideEffects
import Testing

@Suite("The plan of a provider's fixtures")
struct PlanTests {
  @Test("is the one in its folder", arguments: ProviderFolders.names)
  func golden(name: String) async throws {
    let json = PlanReport(try await FixturePlan(name).plan).json()
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
    let fixture = try await FixturePlan(name)
    #expect(!fixture.plan.steps.isEmpty)
    #expect(fixture.plan.steps.count == fixture.audit.residue.count)
    for shown in [PlanReport(fixture.plan).json(), PlanMarkdown(fixture.plan).text(), PlanText(fixture.plan).text()] {
      for secret in fixture.secrets { #expect(!shown.contains(secret)) }
    }
  }
}
