/// Where in the bytes a pattern matched, and where its named captures did.
public struct PatternMatch: Equatable, Sendable {
  /// The whole match, in bytes from the beginning of the text.
  public let range: Range<Int>
  private let names: [String]
  private let captures: [Range<Int>?]

  init(range: Range<Int>, names: [String], captures: [Range<Int>?]) {
    self.range = range
    self.names = names
    self.captures = captures
  }

  /// The bytes that a named capture took, or nil where it took no part in the match or there is none of that name.
  public func range(of name: String) -> Range<Int>? {
    guard let index = names.firstIndex(where: { $0.utf8.elementsEqual(name.utf8) }) else { return nil }
    return captures[index]
  }
}
