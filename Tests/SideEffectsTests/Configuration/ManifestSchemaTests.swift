import Documents
import Foundation
import SideEffects
import Testing

@Suite("JSON Schema of the manifests")
struct ManifestSchemaTests {
  static let schema = JSONSchema.schema(for: ManifestTables.top, title: "provider.yaml")

  @Test("has a definition of its own for each table")
  func definitions() {
    for table in JSONSchemaTests.tables(below: ManifestTables.top) {
      #expect(Self.schema["$defs"]?[table.name]?["properties"]?.members?.map(\.key) == table.keys.map(\.name), "\(table.name)")
    }
  }

  @Test(
    "an independent validator accepts every built-in manifest, and none with a key that nobody knows",
    .enabled(if: JSONSchemaValidator.isThere, "skipped: python3 with the package jsonschema is not installed"))
  func manifests() throws {
    let folder = ConfigurationPageTests.folder.appending(path: "providers")
    var documents: [(name: String, document: Document)] = []
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() {
      guard let data = FileManager.default.contents(atPath: folder.appending(path: name).appending(path: "provider.yaml").path) else {
        continue
      }
      for document in try DocumentFormat.yaml.read(Array(data)) { documents.append((name, document)) }
    }
    #expect(!documents.isEmpty)
    let accepted = try JSONSchemaValidator.decide(documents.map(\.document), by: Self.schema)
    #expect(zip(documents, accepted).filter { !$0.1 }.map(\.0.name) == [])
    let changed = documents.map { Document(.map(($0.document.members ?? []) + [Document.Member(key: "colour", value: Document(.null))])) }
    #expect(try JSONSchemaValidator.decide(changed, by: Self.schema).allSatisfy { !$0 })
  }
}
