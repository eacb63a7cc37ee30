import Glibc
import SideEffects

/// Reads and writes the `fixtures/` of a provider's folder.
struct FixturesFolder: Sendable {
  /// Absolute.
  let path: String

  /// - Throws: Why they can't be read: every file that is wrong.
  func read() throws(Failure) -> ProviderFixtures {
    if FileSystem.exists(path + "/before.json") || FileSystem.exists(path + "/after.json") {
      return .exchanges(before: try recording("before.json"), after: try recording("after.json"))
    }
    guard FileSystem.isFolder(path + "/before"), FileSystem.isFolder(path + "/after") else {
      throw Failure(
        "no-fixtures", "there are no fixtures to test with",
        advice: "Put recorded exchanges into before.json and after.json, or files into the folders before and after.",
        place: .file(Text(path), line: 0, column: 0))
    }
    let settings = FileSystem.exists(path + "/settings.json") ? try recording("settings.json") : Recording(exchanges: [])
    return .files(before: try files("before"), after: try files("after"), settings: settings)
  }

  /// The bytes of an expected result; nil where there is none yet.
  func expected(_ name: String) throws(Failure) -> [UInt8]? {
    FileSystem.exists("\(path)/\(name)") ? try bytes(name) : nil
  }

  func record(_ text: String, as name: String) throws(Failure) {
    do throws(FileSystem.Problem) {
      try FileSystem.write(Array(text.utf8), to: "\(path)/\(name)", mode: 0o644)
    } catch {
      throw Failure(
        "unwritable", "the result can't be recorded: \(error.words)", advice: "See that the folder can be written.", place: place(name))
    }
  }

  private func recording(_ name: String) throws(Failure) -> Recording { try Recording(try bytes(name), file: Text("\(path)/\(name)")) }

  private func files(_ folder: String) throws(Failure) -> [ProviderFixtures.File] {
    var files: [ProviderFixtures.File] = []
    var waiting = [""]
    while let next = waiting.popLast() {
      let names: [String]
      do throws(FileSystem.Problem) {
        names = try FileSystem.names(in: "\(path)/\(folder)/\(next)")
      } catch {
        throw Failure(
          "unreadable", "the folder can't be read: \(error.words)", advice: "See that you may read it.", place: place("\(folder)/\(next)"))
      }
      for name in names {
        let below = next.isEmpty ? name : "\(next)/\(name)"
        if FileSystem.isFolder("\(path)/\(folder)/\(below)") {
          waiting.append(below)
        } else {
          files.append(.init(path: below, bytes: try bytes("\(folder)/\(below)")))
        }
      }
    }
    return files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  private func bytes(_ name: String) throws(Failure) -> [UInt8] {
    do throws(FileSystem.Problem) {
      return try FileSystem.read("\(path)/\(name)", limit: 64 << 20).bytes
    } catch {
      throw Failure(
        "unreadable", "it can't be read: \(error.words)", advice: "See that it is a file that you may read.", place: place(name))
    }
  }

  private func place(_ name: String) -> Diagnostic.Place { .file(Text("\(path)/\(name)"), line: 0, column: 0) }
}
