import Foundation
import Testing

@Suite("audit-residue providers test", .timeLimit(.minutes(5)))
struct ProvidersTestCommandTests {
  private let folder: TemporaryFolder
  private static let providers = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
    .appending(path: "providers").path

  init() throws {
    folder = try TemporaryFolder()
    try FileManager.default.createDirectory(atPath: folder.path + "/pager/fixtures", withIntermediateDirectories: true)
  }

  private static let manifest = """
    manifest: 1
    title: Pager
    settings: {base: {default: "https://pager.example"}}
    request: {base: "{base}"}
    kinds:
      webhook:
        list: {call: GET /hooks, pages: none}
        attributes: {values: [url], volatile: [used]}

    """

  private func recording(_ hooks: String) -> String {
    #"{"exchanges": [{"method": "GET", "url": "https://pager.example/hooks", "status": 200, "headers": [["Content-Type", "application/json"]], "body": \#(hooks)}]}"#
  }

  private func write(
    manifest: String = manifest, before: String = #"[{"id": 1, "url": "u", "used": 1}]"#,
    after: String = #"[{"id": 1, "url": "u", "used": 2}, {"id": 2, "url": "v"}]"#
  ) throws {
    try folder.write("pager/provider.yaml", manifest)
    try folder.write("pager/fixtures/before.json", recording(before))
    try folder.write("pager/fixtures/after.json", recording(after))
  }

  private func test(_ words: String...) async throws -> (text: String, status: Int32) {
    let terminal = try PseudoTerminal([BuiltProgram.path, "providers", "test", "--color", "never"] + words, environment: ["TERM": "dumb"])
    let status = try await terminal.end(within: .seconds(180))
    return (terminal.text.replacing("\r\n", with: "\n"), status)
  }

  @Test("records what came out, fails that once, and holds against it from then on")
  func golden() async throws {
    try write()
    let first = try await test(folder.path + "/pager")
    #expect(first.status == 1 && first.text.contains("was recorded"), "\(first.text)")
    let second = try await test(folder.path + "/pager")
    #expect(second.status == 0, "\(second.text)")
    #expect(second.text.contains("pager   Pager") && second.text.contains("differs and is no residue:"))
    try write(after: #"[{"id": 1, "url": "w", "used": 2}]"#)
    let third = try await test(folder.path + "/pager")
    #expect(third.status == 1 && third.text.contains("something else came out than is expected"))
  }

  @Test("asks for residue and for something that is none")
  func both() async throws {
    try write(after: #"[{"id": 1, "url": "u", "used": 1}]"#)
    let same = try await test("--record", folder.path + "/pager")
    #expect(same.status == 1 && same.text.contains("show no residue") && same.text.contains("nothing that differs and is no residue"))
  }

  @Test("shows a list that looks whole though an answer was damaged")
  func falseClaim() async throws {
    // Without `ok`, an answer without its list passes for an empty one, whatever its status.
    let manifest = Self.manifest.replacing(
      "pages: none", with: #"pages: none, empty: {where: {"@status": [403, 500]}, because: nobody knows}"#)
    try write(manifest: manifest)
    let told = try await test("--record", folder.path + "/pager")
    #expect(told.status == 1 && told.text.contains("webhook is called complete and is not as it was"), "\(told.text)")
  }

  @Test("tells all mistakes of the manifest with their lines, and ends with 64")
  func mistakes() async throws {
    try write(manifest: Self.manifest.replacing("attributes", with: "attribute").replacing("title", with: "titel"))
    let told = try await test(folder.path + "/pager")
    #expect(told.status == 64)
    #expect(told.text.contains("provider.yaml:2:1: error: unknown key `titel`. Did you mean `title`?"), "\(told.text)")
    #expect(told.text.contains("provider.yaml:8:5: error: unknown key `attribute`. Did you mean `attributes`?"))
  }

  @Test("says what is missing of a folder", arguments: ["nowhere", "pager"])
  func missing(name: String) async throws {
    try folder.write("pager/provider.yaml", Self.manifest)
    let told = try await test(folder.path + "/" + name)
    #expect(told.status == 64 && told.text.contains(name == "pager" ? "there are no fixtures" : "No such file"), "\(told.text)")
  }

  @Test(
    "passes for each provider that comes with the program",
    arguments: ["flag-files", "github", "kubernetes-feature-gates", "mlflow", "openshift-feature-gates", "rabbitmq", "reviewboard"])
  func builtIn(name: String) async throws {
    let told = try await test("--cuts", "3", Self.providers + "/" + name)
    #expect(told.status == 0, "\(told.text)")
  }
}
