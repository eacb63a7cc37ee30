/// A pattern for one name of a path: `*`, `?`, `[a-z]`, `[!a-z]`, `[[:digit:]]`, and `\` before what is meant as it is.
struct NameGlob: Equatable, Sendable {
  private enum Element: Equatable, Sendable {
    case any
    case oneOf([ClosedRange<UInt8>], negated: Bool)
    /// What doesn't end properly matches nothing.
    case never
  }

  private let elements: [Element]
  private let stars: Set<Int>

  init(_ pattern: some Collection<UInt8>) {
    var elements: [Element] = []
    var stars: Set<Int> = []
    var rest = Array(pattern)[...]
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "*"): stars.insert(elements.count)
      case UInt8(ascii: "?"): elements.append(.any)
      case UInt8(ascii: "["): elements.append(Self.bracket(&rest))
      case UInt8(ascii: "\\"): elements.append(rest.popFirst().map { .oneOf([$0...$0], negated: false) } ?? .never)
      default: elements.append(.oneOf([byte...byte], negated: false))
      }
    }
    self.elements = elements
    self.stars = stars
  }

  /// Whether it matches a whole name. A star that took too little takes one byte more; only the last one needs to.
  func matches(_ name: ArraySlice<UInt8>) -> Bool {
    var (element, place) = (0, name.startIndex)
    var retry: (element: Int, place: Int)?
    while true {
      if stars.contains(element), retry?.element != element { retry = (element, place) }
      if element == elements.count, place == name.endIndex { return true }
      if element < elements.count, place < name.endIndex, Self.matches(elements[element], name[place]) {
        element += 1
        place += 1
      } else if let last = retry, last.place < name.endIndex {
        retry = (last.element, last.place + 1)
        (element, place) = (last.element, last.place + 1)
      } else {
        return false
      }
    }
  }

  private static func matches(_ element: Element, _ byte: UInt8) -> Bool {
    switch element {
    case .any: true
    case .oneOf(let ranges, let negated): ranges.contains { $0.contains(byte) } != negated
    case .never: false
    }
  }

  /// Takes a bracket expression whose `[` has been taken. A `]` right at its beginning is an ordinary one.
  private static func bracket(_ rest: inout ArraySlice<UInt8>) -> Element {
    var ranges: [ClosedRange<UInt8>] = []
    var negated = false
    if rest.first == UInt8(ascii: "!") || rest.first == UInt8(ascii: "^") {
      negated = true
      rest.removeFirst()
    }
    var isFirst = true
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "]"), !isFirst { return .oneOf(ranges, negated: negated) }
      isFirst = false
      if byte == UInt8(ascii: "["), rest.first == UInt8(ascii: ":") {
        if let named = Self.namedClass(&rest) {
          guard let named = named.ranges else { return .never }
          ranges += named
          continue
        }
      }
      guard let low = byte == UInt8(ascii: "\\") ? rest.popFirst() : byte else { return .never }
      if rest.first == UInt8(ascii: "-"), let after = rest.dropFirst().first, after != UInt8(ascii: "]") {
        rest.removeFirst()
        var high = rest.popFirst()
        if high == UInt8(ascii: "\\") { high = rest.popFirst() }
        guard let high else { return .never }
        if low <= high { ranges.append(low...high) }
      } else {
        ranges.append(low...low)
      }
    }
    return .never
  }

  /// Takes `:digit:]` and the like; nil where there is no such end, ranges nil where the class is unknown.
  private static func namedClass(_ rest: inout ArraySlice<UInt8>) -> (ranges: [ClosedRange<UInt8>]?, Void)? {
    guard let end = rest.firstIndex(of: UInt8(ascii: "]")), end - rest.startIndex >= 2, rest[end - 1] == UInt8(ascii: ":") else {
      return nil
    }
    let name = String(decoding: rest[(rest.startIndex + 1)..<(end - 1)], as: UTF8.self)
    rest = rest[(end + 1)...]
    let digit: ClosedRange<UInt8> = 0x30...0x39
    let upper: ClosedRange<UInt8> = 0x41...0x5A
    let lower: ClosedRange<UInt8> = 0x61...0x7A
    let classes: [String: [ClosedRange<UInt8>]] = [
      "alnum": [digit, upper, lower], "alpha": [upper, lower], "blank": [0x20...0x20, 0x09...0x09],
      "cntrl": [0x00...0x1F, 0x7F...0x7F], "digit": [digit], "graph": [0x21...0x7E], "lower": [lower], "print": [0x20...0x7E],
      "punct": [0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E], "space": [0x20...0x20, 0x09...0x0D], "upper": [upper],
      "xdigit": [digit, 0x41...0x46, 0x61...0x66],
    ]
    return (classes[name], ())
  }
}
