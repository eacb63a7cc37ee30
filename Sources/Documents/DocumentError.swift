/// Why a text is no document: what is wrong and where, never what stands there.
///
/// A secret may stand at the place of an error, so `problem` is made of fixed words and numbers only.
public struct DocumentError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The sort of error, for those who treat some of them apart.
  public enum Code: String, CaseIterable, Sendable {
    /// The bytes are no UTF-8.
    case invalidUTF8
    /// The text breaks its format's grammar.
    case syntax
    /// Two members of one map have the same key.
    case duplicateKey
    /// An anchor, an alias or a merge key stands where they are not allowed.
    case alias
    /// The format allows it and a `Document` has no room for it: a key that is a list, an unknown tag.
    case unsupported
    /// More bytes than `DocumentLimits.bytes`.
    case tooLarge
    /// Nested deeper than `DocumentLimits.depth`.
    case tooDeep
    /// More values than `DocumentLimits.nodes`.
    case tooManyNodes
  }

  public let code: Code

  /// A plain phrase without a full stop, such as "this key stands here for the second time".
  public let problem: String

  /// Where; nil where the whole text is meant.
  public let position: Position?

  public init(_ code: Code, _ problem: String, at position: Position? = nil) {
    self.code = code
    self.problem = problem
    self.position = position
  }

  /// "line 3, column 7: …".
  public var description: String {
    guard let position else { return problem }
    return "\(position): \(problem)"
  }
}
