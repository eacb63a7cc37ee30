internal import SideEffects

/// Finds names in source text as whole words, all in one pass.
struct WordSearch: Sendable {
  private struct Name {
    let bytes: [UInt8]
    let index: Int
  }

  /// By the first word of each.
  private let names: [[UInt8]: [Name]]
  /// Which of the names are searched for, by their indexes.
  let searched: Set<Int>
  /// One bit for each of the lowest 16 bits of a first word's hash.
  private var mayBeFirst = [Bool](repeating: false, count: 1 << 16)

  /// Shorter names, and numbers, stand everywhere and mean nothing.
  private static let shortest = 3

  init(_ words: [Text]) {
    var names: [[UInt8]: [Name]] = [:]
    for (index, word) in words.enumerated() {
      let bytes = Array(word.string.utf8.drop { !Self.isWord[Int($0)] })
      let first = Array(bytes.prefix { Self.isWord[Int($0)] })
      guard bytes.count >= Self.shortest, bytes.contains(where: { $0 >= 0x41 }) else { continue }
      names[first, default: []].append(Name(bytes: bytes, index: index))
      mayBeFirst[Int(Self.hash(first) & 0xffff)] = true
    }
    self.names = names
    searched = Set(names.values.joined().map(\.index))
  }

  var isEmpty: Bool { names.isEmpty }

  /// Calls with the index of each name that stands in a text, and its line.
  func find(in text: [UInt8], _ found: (_ index: Int, _ line: Int) -> Void) {
    text.withUnsafeBufferPointer { text in
      var at = 0
      var (line, counted) = (1, 0)
      while at < text.count {
        guard Self.isWord[Int(text[at])] else {
          at += 1
          continue
        }
        let start = at
        var hash = Self.seed
        while at < text.count, Self.isWord[Int(text[at])] {
          hash = (hash ^ UInt64(text[at])) &* Self.prime
          at += 1
        }
        guard mayBeFirst[Int(hash & 0xffff)], let candidates = names[Array(text[start..<at])] else { continue }
        for name in candidates where Self.stands(name.bytes, in: text, at: start) {
          while counted < start {
            if text[counted] == 0x0a { line += 1 }
            counted += 1
          }
          found(name.index, line)
        }
      }
    }
  }

  /// Whether a name stands at a place where a word begins, and ends where one ends.
  private static func stands(_ name: [UInt8], in text: UnsafeBufferPointer<UInt8>, at start: Int) -> Bool {
    let end = start + name.count
    guard end <= text.count, text[start..<end].elementsEqual(name) else { return false }
    return end == text.count || !isWord[Int(text[end])]
  }

  private static let seed: UInt64 = 0xcbf2_9ce4_8422_2325
  private static let prime: UInt64 = 0x100_0000_01b3

  private static func hash(_ word: [UInt8]) -> UInt64 { word.reduce(seed) { ($0 ^ UInt64($1)) &* prime } }

  /// Letters, digits, `_`, and all bytes of characters beyond ASCII.
  private static let isWord: [Bool] = (0..<256).map { byte in
    byte >= 0x80 || byte == 0x5f || (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
  }
}
