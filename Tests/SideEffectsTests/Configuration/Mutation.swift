/// Damages texts at random, always in the same way, so that what fails once fails again.
struct Mutation {
  /// xorshift64 (Marsaglia 2003).
  struct Numbers: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return state
    }
  }

  private let original: [UInt8]
  private let tokens: [[UInt8]]
  private var numbers: Numbers

  /// - Parameter tokens: What is put in, beside pieces of the text itself.
  init(of original: [UInt8], tokens: [String], seed: UInt64) {
    (self.original, self.tokens) = (original, tokens.map { Array($0.utf8) })
    numbers = Numbers(state: seed &* 0x9E37_79B9_7F4A_7C15)
  }

  /// The text with one to four places damaged.
  mutating func next() -> [UInt8] {
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
    return bytes
  }
}
