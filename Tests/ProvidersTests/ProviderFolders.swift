import FoundationEssentials
import SideEffects

/// The folders under `providers/`, found from this file's place in the checkout.
enum ProviderFolders {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "providers")

  /// Their names, sorted.
  static let names: [String] = {
    let entries = (try? FileManager.default.contentsOfDirectory(atPath: root.path)) ?? []
    return entries.filter { FileManager.default.fileExists(atPath: file("provider.yaml", of: $0).path) }.sorted()
  }()

  static func file(_ name: String, of provider: String) -> URL { root.appending(path: provider).appending(path: name) }

  static func text(_ name: String, of provider: String) throws -> String {
    try String(contentsOf: file(name, of: provider), encoding: .utf8)
  }

  /// Reads a folder's manifest; what is wrong with it becomes one text, a line for each mistake.
  static func read(_ provider: String) throws -> Provider {
    do {
      return try ManifestReader.read(
        try text("provider.yaml", of: provider), name: Text(provider), file: Text("providers/\(provider)/provider.yaml"))
    } catch let failure as Failure {
      throw Mistakes(text: failure.diagnostics.all.map { "\($0.place): \($0.sentence) \($0.advice)" }.joined(separator: "\n"))
    }
  }

  struct Mistakes: Error, CustomStringConvertible {
    let text: String
    var description: String { text }
  }
}
