import ProviderEngines
import SideEffects

/// Reads secrets from where the configuration says they are.
struct SecretSource: Sendable {
  let environment: [String: String]
  /// Relative paths of files and programs are seen from here, and programs run here.
  let folder: String

  /// A secret, or why it can't be had; no message holds any part of it.
  ///
  /// - Parameter watch: Whose setting it is; nil for one that a step asks for.
  func secret(_ reference: SecretReference, called name: Text, of watch: WatchSettings? = nil) async throws(Failure) -> Secret {
    let shown = ReferenceWords(reference).shown
    switch reference {
    case .environment(let variable):
      guard let value = environment[variable.string] else {
        throw failure(name, watch, "\(shown) is not set", advice: "Set it, or correct `env`.")
      }
      guard !value.isEmpty else { throw failure(name, watch, "\(shown) is empty", advice: "Set it, or correct `env`.") }
      return Secret(value)
    case .file(let path):
      let path = FileSystem.path(path.string, from: folder)
      let bytes: [UInt8]
      do throws(FileSystem.Problem) {
        bytes = try FileSystem.read(path, limit: 65_536).bytes
      } catch {
        throw failure(name, watch, "\(shown) can't be read: \(error.words)", advice: "See that it is there and that you may read it.")
      }
      return try secret(inFile: bytes, shown, name, watch)
    case .command(let words):
      do throws(Failure) {
        return try await CommandOutput(in: folder).firstLine(of: words)
      } catch {
        let why = error.diagnostics.first
        throw failure(name, watch, "\(shown) \(why.sentence)", advice: why.advice.string)
      }
    }
  }

  /// Without the line feed that editors and `echo` put at a file's end.
  private func secret(inFile bytes: [UInt8], _ shown: String, _ name: Text, _ watch: WatchSettings?) throws(Failure) -> Secret {
    var bytes = bytes[...]
    if bytes.last == UInt8(ascii: "\n") { bytes = bytes.dropLast() }
    if bytes.last == UInt8(ascii: "\r") { bytes = bytes.dropLast() }
    guard !bytes.isEmpty else { throw failure(name, watch, "\(shown) is empty", advice: "Write the secret into it.") }
    guard !bytes.contains(UInt8(ascii: "\n")) else {
      throw failure(name, watch, "\(shown) holds several lines", advice: "Leave the secret alone in it, on one line.")
    }
    return Secret(Array(bytes))
  }

  private func failure(_ name: Text, _ watch: WatchSettings?, _ why: String, advice: String) -> Failure {
    Failure(
      "secret-unreadable", "the secret `\(name)`\(watch.map { " of `\($0.name)`" } ?? "") can't be had: \(why)", advice: advice,
      place: watch?.places[Text("secrets.\(name)")] ?? .nowhere)
  }
}
