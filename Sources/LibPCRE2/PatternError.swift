/// Why a pattern could not be compiled, or could not be run to its end.
public struct PatternError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What a caller may have to tell apart.
  public enum Code: Equatable, Sendable {
    /// The pattern is not one, as seen at this offset in its UTF-8 bytes.
    case invalid(offset: Int)
    /// Matching reached a limit: nothing is known about what was left of the text.
    case tooComplex(Limit)
    /// PCRE2 gave up for another reason, such as memory; the number is its own.
    case failed(Int32)
  }

  /// The limit that matching reached.
  public enum Limit: String, Equatable, Sendable {
    case match, depth, heap
  }

  public let code: Code
  /// PCRE2's own words for it, without a full stop.
  public let problem: String

  public init(_ code: Code, problem: String) {
    self.code = code
    self.problem = problem
  }

  /// Where in the pattern's UTF-8 bytes it went wrong, for a pattern that could not be compiled.
  public var offset: Int? {
    guard case .invalid(let offset) = code else { return nil }
    return offset
  }

  public var description: String {
    switch code {
    case .invalid(let offset): "the pattern is invalid at offset \(offset): \(problem)"
    case .tooComplex(let limit): "the pattern takes too long on this text (\(limit.rawValue) limit): \(problem)"
    case .failed(let number): "the pattern could not be run (PCRE2 error \(number)): \(problem)"
    }
  }
}
