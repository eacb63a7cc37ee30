import SideEffects
import Testing

@Suite("Configurations that are damaged")
struct ConfigurationMutationTests {
  /// Always the same numbers (xorshift64, Marsaglia 2003), so that what fails once fails again.
  struct Numbers: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return state
    }
  }

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
    var numbers = Numbers(state: seed &* 0x9E37_79B9_7F4A_7C15)
    let original = Array(wholeConfiguration.utf8)
    let tokens = [
      "{", "}", "[", "]", ": ", "- ", "\n", "  ", "null", "1", "true", "''", "&a ", "*a", "!t ", "watch", "name", "---\n", "\u{0}", "é",
      "\t", "#",
    ]
    .map { Array($0.utf8) }
    for _ in 0..<300 {
      var bytes = original
      for _ in 0...Int.random(in: 0..<4, using: &numbers) {
        let place = Int.random(in: 0..<bytes.count, using: &numbers)
        let end = min(bytes.count, place + Int.random(in: 0..<12, using: &numbers))
        switch Int.random(in: 0..<4, using: &numbers) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &numbers)
        case 1: bytes.removeSubrange(place..<end)
        case 2: bytes.insert(contentsOf: tokens.randomElement(using: &numbers) ?? [], at: place)
        default: bytes.insert(contentsOf: bytes[place..<end], at: Int.random(in: 0..<bytes.count, using: &numbers))
        }
      }
      Self.check(bytes)
    }
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
