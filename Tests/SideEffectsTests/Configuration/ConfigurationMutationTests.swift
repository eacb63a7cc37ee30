import SideEffects
import Testing

@Suite("Configurations that are damaged")
struct ConfigurationMutationTests {
  /// Reads, and sees to it that a problem has a place inside the file and that nothing is dropped without one.
  static func check(_ bytes: [UInt8]) {
    let lines = bytes.count { $0 == UInt8(ascii: "\n") } + 1
    do throws(Failure) {
      let configuration = try ConfigurationReader.read(bytes, file: "f")
      #expect(!configuration.watches.isEmpty)
      #expect(configuration.watches.allSatisfy { !$0.name.isEmpty && !$0.provider.isEmpty })
    } catch {
      for problem in error.diagnostics.all {
        guard case .file(_, let line, let column) = problem.place else {
          Issue.record("no place: \(problem.line)")
          continue
        }
        if !(1...lines).contains(line) || column < 1 || problem.sentence.isEmpty {
          Issue.record("place outside the file: \(problem.line)\n\(String(decoding: bytes, as: UTF8.self))")
        }
      }
    }
  }

  @Test("cut at any byte, one is read or its problems have a place")
  func cut() {
    let bytes = Array(wholeConfiguration.utf8)
    for length in 0..<bytes.count { Self.check(Array(bytes[..<length])) }
  }

  @Test("changed at random, one is read or its problems have a place", arguments: 1...8)
  func mutated(seed: UInt64) {
    var mutation = Mutation(
      of: Array(wholeConfiguration.utf8),
      tokens: [
        "{", "}", "[", "]", ": ", "- ", "\n", "  ", "null", "1", "true", "''", "&a ", "*a", "!t ", "watch", "name", "---\n", "\u{0}", "é",
        "\t", "#",
      ], seed: seed)
    for _ in 0..<300 { Self.check(mutation.next()) }
  }

  @Test("with a subtree of another form, nothing is dropped in silence")
  func forms() throws {
    let lines = wholeConfiguration.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    for (index, line) in lines.enumerated() {
      guard let colon = line.range(of: ": ") else { continue }
      for value in ["", "x", "3", "true", "[]", "{}", "[[x]]", "{x: {}}"] {
        var changed = lines
        changed[index] = line[..<colon.upperBound] + value
        let yaml = changed.joined(separator: "\n")
        Self.check(Array(yaml.utf8))
        guard let configuration = try? configuration(yaml) else { continue }
        #expect(configuration.watches.count == 3 && configuration.restores.count <= 1, "\(yaml)")
        if index < 22 { #expect(configuration.ignore.count == 1 && configuration.acknowledge.count == 1) }
      }
    }
  }
}

extension String {
  fileprivate func range(of text: String) -> Range<Index>? { firstRange(of: text) }
}
