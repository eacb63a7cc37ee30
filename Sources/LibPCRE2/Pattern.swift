/// A compiled Perl-compatible pattern that searches bytes.
///
/// Text is taken as UTF-8, and bytes that are none are no error: they match nothing but end what surrounds them. A newline
/// is a line feed, and `^` and `$` mean lines only with `(?m)`. Character classes such as `\w` are those of ASCII unless the
/// pattern begins with `(*UCP)`. `\C`, which takes characters apart, is refused.
///
/// A compiled pattern doesn't change, so any number of threads may search with one.
public final class Pattern: Sendable {
  /// The pattern as it was written.
  public let source: String
  /// The names of the captures in the order in which they are opened.
  public let captureNames: [String]
  private let names: [CaptureName]
  private let code: PatternCode

  /// Compiles a pattern, to machine code where this processor and system allow it.
  public init(_ source: String) throws(PatternError) {
    self.source = source
    code = try PatternCode(source)
    names = code.names
    captureNames = names.map(\.name)
  }

  /// The first match that begins at or after a byte offset; what stands before it is seen by `^`, `\b` and look-behinds.
  ///
  /// An offset beyond the end finds nothing. Throws `tooComplex` where a limit is reached.
  public func firstMatch(in bytes: [UInt8], from start: Int = 0) throws(PatternError) -> PatternMatch? {
    guard start <= bytes.count else { return nil }
    return try search(bytes, from: max(0, start), to: bytes.count, atMost: 1).first
  }

  /// All matches from left to right, none overlapping the one before.
  ///
  /// With a range only matches that lie inside it are found, as if the text ended there; what stands before the range is
  /// seen by `^`, `\b` and look-behinds, and `$` matches at its end only where a line of the whole text ends. Ranges of
  /// matches count from the beginning of the text all the same. Throws `tooComplex` where a limit is reached.
  public func matches(in bytes: [UInt8], range: Range<Int>? = nil) throws(PatternError) -> [PatternMatch] {
    let range = (range ?? bytes.indices).clamped(to: bytes.indices)
    return try search(bytes, from: range.lowerBound, to: range.upperBound, atMost: .max)
  }

  /// Whether the pattern matches anywhere in a text.
  public func matches(_ text: String) throws(PatternError) -> Bool {
    try firstMatch(in: Array(text.utf8)) != nil
  }

  private func search(_ bytes: [UInt8], from start: Int, to end: Int, atMost limit: Int) throws(PatternError) -> [PatternMatch] {
    let endsLine = end == bytes.count || bytes[end] == UInt8(ascii: "\n")
    var search = try PatternSearch(code, in: bytes, upTo: end, mayEndLine: endsLine)
    var found: [PatternMatch] = []
    var offset = start
    var emptyAllowed = true
    while found.count < limit, let groups = try search.next(from: offset, emptyAllowed: emptyAllowed), let range = groups[0] {
      let captures = names.map { name in name.groups.lazy.compactMap { groups[$0] }.first }
      found.append(PatternMatch(range: range, names: captureNames, captures: captures))
      offset = range.upperBound
      // A second empty match at the same place would be the same one; without it the search moves on.
      emptyAllowed = !range.isEmpty
    }
    return found
  }
}

/// Patterns are equal where they were written alike.
extension Pattern: Hashable {
  public static func == (a: Pattern, b: Pattern) -> Bool { a.source == b.source }
  public func hash(into hasher: inout Hasher) { hasher.combine(source) }
}
