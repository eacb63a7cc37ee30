import Glibc
import SideEffects

/// Remembers which configurations may run commands and put providers of their own before the built-in ones.
///
/// Trust is in exact bytes: those of the configuration and of the providers that it brings along.
struct Trust {
  /// What is trusted, or not yet.
  struct Subject {
    let configuration: Configuration
    let catalog: ProviderCatalog

    /// What needs trust; empty where nothing does.
    var reasons: [String] {
      let commands = configuration.watches.flatMap { watch in
        watch.secrets.sorted { $0.key < $1.key }.compactMap { name, reference -> String? in
          guard case .command = reference else { return nil }
          return "it runs \(ReferenceWords(reference).shown) for the secret `\(name)` of `\(watch.name)`"
        }
      }
      return commands + catalog.shadowing.map { "its provider `\($0.name)` (\($0.file)) goes before the built-in one" }
    }

    /// Names these bytes.
    var digest: Digest {
      let own = catalog.entries.filter { !$0.isBuiltIn }
      return Digest(of: ([configuration.digest] + own.map { Digest(of: $0.text.utf8) }).flatMap(\.bytes))
    }
  }

  /// The list of what is trusted: a line for each, with the digest and the configuration's path.
  let file: String

  func isRemembered(_ subject: Subject) -> Bool {
    guard let contents = try? FileSystem.read(file, limit: 1 << 20), contents.owner == geteuid(), !contents.isWritableByOthers else {
      return false
    }
    let wanted = Array(subject.digest.description.utf8)
    return contents.bytes.split(separator: UInt8(ascii: "\n")).contains { $0.starts(with: wanted) }
  }

  func remember(_ subject: Subject) throws(FileSystem.Problem) {
    guard !isRemembered(subject) else { return }
    if let folder = FileSystem.parent(of: file) { try FileSystem.makeFolder(folder) }
    let known = (try? FileSystem.read(file, limit: 1 << 20))?.bytes ?? []
    let line = "\(subject.digest) \(DisplayText.terminal(subject.configuration.file))\n"
    try FileSystem.write(known + line.utf8, to: file, mode: 0o600)
  }
}
