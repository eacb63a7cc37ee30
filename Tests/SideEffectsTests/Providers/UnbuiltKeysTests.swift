import Documents
import Foundation
import SideEffects
import Testing

@Suite("What the language knows and this version can't do")
struct UnbuiltKeysTests {
  static func kind(_ list: String, request: String = "", more: String = "") -> String {
    "manifest: 1\ntitle: T\nsettings: {base: {}, token: {}}\nrequest: {base: \"{base}\"\(request)}\n\(more)\nkinds:\n  webhook:\n    list: \(list)\n"
  }

  static let list = "{call: GET /a, pages: none}"

  @Test(
    "is refused by its name",
    arguments: [
      (kind(list, request: ", answer: xml"), "xml"), (kind("{files: [a], read: lines}"), "lines"),
      (kind(list, more: "engine: sql"), "sql"), (kind(list, more: "engine: exec"), "exec"),
      (kind("{call: \"GET /{@login.id}\", pages: none}"), "@login"),
      (kind("{call: \"GET /{@jwt}\", pages: none}"), "@jwt"), (kind(list + "\n    attributes: [\"@mode\"]"), "@mode"),
      (kind(list + "\n    attributes: [\"@owner\"]"), "@owner"),
      (kind("{for each: a, call: \"GET /{a}\", pages: none}", more: "lists: {a: {for each: a, call: \"GET /{a}\", pages: none}}"), "trees"),
    ])
  func words(manifest: String, word: String) throws {
    let problems = try #require(Self.problems(manifest))
    #expect(problems.contains { $0.rule == "not-built" && $0.sentence.string.contains(word) }, "\(problems.map(\.line))")
    #expect(problems.allSatisfy { $0.rule == "not-built" }, "\(problems.map(\.line))")
  }

  /// Every key that a table calls unbuilt, with the table that it stands in.
  static let unbuiltKeys: [(table: String, key: String)] = JSONSchemaTests.tables(below: ManifestTables.top).flatMap { table in
    table.keys.filter { !$0.isBuilt }.map { (table.name, $0.name) }
  }

  @Test("has keys, each refused by its name wherever it stands", arguments: unbuiltKeys.map { "\($0.table): \($0.key)" })
  func refused(place: String) throws {
    let (tableName, key) = try #require(Self.unbuiltKeys.first { "\($0.table): \($0.key)" == place })
    let table = try #require(JSONSchemaTests.tables(below: ManifestTables.top).first { $0.name == tableName })
    var checker = KeyChecker(file: "provider.yaml")
    let required = table.keys.filter(\.isRequired).map { Document.Member(key: $0.name, value: Document(.null)) }
    checker.check(Document(.map(required + [Document.Member(key: key, value: Document(.text("x")))])), against: table, called: "it")
    let refused = checker.problems.filter { $0.rule == "not-built" }
    #expect(refused.count == 1 && refused.first?.sentence.string.contains("`\(key)`") == true)
  }

  static func problems(_ manifest: String) -> [Diagnostic]? {
    do throws(Failure) {
      _ = try ManifestReader.read(manifest, name: "x", file: "provider.yaml")
      return nil
    } catch { return error.diagnostics.all }
  }

  // The manifests of the proposal ----------------------------------------------------------------------------------------

  static let proposal = try? String(
    contentsOf: ConfigurationPageTests.folder.appending(path: "../shared/reference/manifest.md"), encoding: .utf8)

  /// The worked manifests by their names.
  static let worked: [(name: String, text: String)] = {
    guard let section = proposal?.components(separatedBy: "## (d)").dropFirst().first?.components(separatedBy: "## (e)").first else {
      return []
    }
    let block = section.components(separatedBy: "```yaml\n").dropFirst().first?.components(separatedBy: "\n```").first ?? ""
    return block.components(separatedBy: "--- # providers/").dropFirst().map { part in
      let name = String(part.prefix { $0 != ":" })
      return (name, part.split(separator: "\n", omittingEmptySubsequences: false).dropFirst().joined(separator: "\n") + "\n")
    }
  }()

  /// What of them is not built, where anything isn't: keys, or words of their values.
  static let unbuilt: [String: Set<String>] = [
    "etcd": ["login", "@login"], "aws-iam": ["sigv4", "xml"], "shopify": ["graphql", "variables"],
    "x509": ["@mode", "@owner"],
  ]

  @Test(
    "is all that the proposal's ten manifests are refused for",
    .enabled(if: proposal != nil, "skipped: ../shared/reference/manifest.md is not beside this checkout"))
  func manifests() throws {
    #expect(
      Self.worked.map(\.name) == [
        "reviewboard", "rabbitmq", "etcd", "aws-iam", "github", "kubernetes", "vault", "shopify", "kubernetes-feature-gates", "x509",
      ])
    for (name, text) in Self.worked {
      let problems = Self.problems(text) ?? []
      let expected = Self.unbuilt[name] ?? []
      #expect(problems.allSatisfy { $0.rule == "not-built" }, "\(name): \(problems.map(\.line))")
      let named = expected.filter { word in
        problems.contains { $0.sentence.string.contains("`\(word)`") || $0.sentence.string.contains(": \(word)`") }
      }
      #expect(named == expected, "\(name): \(problems.map(\.line))")
      for problem in problems { #expect(expected.contains { problem.sentence.string.contains($0) }, "\(name): \(problem.line)") }
    }
  }
}
