import Foundation
import SideEffects
import Testing

@Suite("Manifests that are damaged")
struct ManifestMutationTests {
  static let manifests: [(name: String, text: String)] = {
    let folder = ConfigurationPageTests.folder.appending(path: "providers")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.sorted().compactMap { name in
      (try? String(contentsOf: folder.appending(path: name).appending(path: "provider.yaml"), encoding: .utf8)).map { (name, $0) }
    }
  }()

  /// Reads, and sees to it that each problem has a place inside the file and says something.
  static func check(_ bytes: [UInt8], _ words: String) {
    let lines = bytes.count { $0 == UInt8(ascii: "\n") } + 1
    do throws(Failure) {
      _ = try ManifestReader.read(String(decoding: bytes, as: UTF8.self), name: "x", file: "f")
    } catch {
      for problem in error.diagnostics.all {
        guard case .file(_, let line, _) = problem.place, (0...lines).contains(line), !problem.sentence.isEmpty else {
          Issue.record("\(words): \(problem.line)")
          continue
        }
      }
    }
  }

  @Test("cut at any place, one is read or its mistakes have a place", arguments: manifests.map(\.name))
  func cut(name: String) throws {
    let bytes = Array(try #require(Self.manifests.first { $0.name == name }).text.utf8)
    for length in stride(from: 0, to: bytes.count, by: 61) { Self.check(Array(bytes[..<length]), "\(name) cut at \(length)") }
  }

  @Test("changed at random, one is read or its mistakes have a place", arguments: manifests.map(\.name))
  func mutated(name: String) throws {
    let original = Array(try #require(Self.manifests.first { $0.name == name }).text.utf8)
    var mutation = Mutation(
      of: original,
      tokens: [
        "{", "}", "[", "]", ": ", "- ", "\n", "  ", "null", "1", "''", "&a ", "*a", "!t ", "list", "---\n", "\u{0}", "é", "\t", "#", "{@",
        "|", " or ", "(?<", "[*]", "**", "?",
      ], seed: UInt64(original.count))
    for round in 0..<60 { Self.check(mutation.next(), "\(name) round \(round)") }
  }

  @Test("with a value of another form, one is read or its mistakes have a place", arguments: manifests.map(\.name))
  func forms(name: String) throws {
    let lines = try #require(Self.manifests.first { $0.name == name }).text.split(separator: "\n", omittingEmptySubsequences: false).map(
      String.init)
    for (index, line) in lines.enumerated() where index % 3 == 0 {
      guard let colon = line.firstRange(of: ": ") else { continue }
      for value in ["", "3", "[]", "{}", "[[x]]", "{x: {}}", "\"{\"", "\"{@ask}\"", "\"{a.}\"", "\"a[\""] {
        var changed = lines
        changed[index] = line[..<colon.upperBound] + value
        Self.check(Array(changed.joined(separator: "\n").utf8), "\(name):\(index + 1) \(value)")
      }
    }
  }
}
