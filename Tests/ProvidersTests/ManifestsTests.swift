import SideEffects
import Testing

@Suite("The manifests under providers/")
struct ManifestsTests {
  @Test("are found")
  func areFound() {
    #expect(
      ProviderFolders.names.isSuperset(of: [
        "flag-files", "github", "kubernetes-feature-gates", "mlflow", "openshift-feature-gates", "rabbitmq", "reviewboard",
      ]))
  }

  @Test("are read without a mistake", arguments: ProviderFolders.names)
  func areRead(name: String) throws {
    let provider = try ProviderFolders.read(name)
    #expect(!provider.manifest.kinds.isEmpty)
  }

  @Test("say what can be done about each change of each kind", arguments: ProviderFolders.names)
  func haveRemedies(name: String) throws {
    for kind in try ProviderFolders.read(name).manifest.kinds where !kind.lists.isEmpty {
      #expect(kind.remedies.created != nil, "\(kind.name) created")
      #expect(kind.remedies.deleted != nil, "\(kind.name) deleted")
      #expect(
        kind.remedies.updated != nil || kind.attributes.allSatisfy { $0.role == .volatile } && kind.value == nil, "\(kind.name) updated")
    }
  }

  @Test("stand beside a README that names each setting", arguments: ProviderFolders.names)
  func haveReadmes(name: String) throws {
    let readme = try ProviderFolders.text("README.md", of: name)
    for setting in try ProviderFolders.read(name).manifest.settings {
      #expect(readme.contains("`\(setting.name)`"), "\(setting.name)")
    }
  }
}

extension [String] {
  fileprivate func isSuperset(of others: [String]) -> Bool { others.allSatisfy(contains) }
}
