/// A value read from a text, with the places where it stood: a tree of maps, lists and scalars.
///
/// It is not `Equatable` on purpose: Swift compares strings by canonical equivalence, and two keys or ids that
/// differ in their bytes are two. Compare `canonicalJSON()`.
public struct Document: Sendable {
  /// One entry of a map.
  public struct Member: Sendable {
    public let key: String

    /// The key's spelling in the source, quotes included; nil where it is not known.
    public let keySpan: SourceSpan?

    public let value: Document

    public init(key: String, keySpan: SourceSpan? = nil, value: Document) {
      self.key = key
      self.keySpan = keySpan
      self.value = value
    }
  }

  /// What a value is.
  public enum Content: Sendable {
    case null
    case boolean(Bool)
    /// A number exactly as spelled: `1.0` is not `1`, and nothing is too large.
    case number(String)
    case text(String)
    case list([Document])
    /// Members in the order of the source, no key twice.
    case map([Member])
  }

  public let content: Content

  /// Where it stood: a scalar's span covers its spelling, quotes included; nil where it is not known.
  public let span: SourceSpan?

  public init(_ content: Content, span: SourceSpan? = nil) {
    self.content = content
    self.span = span
  }

  /// The member of a map with this key, compared by UTF-8 bytes; nil when absent or when this is no map.
  ///
  /// It looks through the members one by one.
  public subscript(key: String) -> Document? {
    members?.first { $0.key.utf8.elementsEqual(key.utf8) }?.value
  }

  /// The list's item at `index`; nil when there is none or when this is no list.
  public subscript(index: Int) -> Document? {
    guard let list, list.indices.contains(index) else { return nil }
    return list[index]
  }

  /// Whether this is null.
  public var isNull: Bool {
    if case .null = content { true } else { false }
  }

  /// The truth value; nil when this is none.
  public var boolean: Bool? {
    if case .boolean(let value) = content { value } else { nil }
  }

  /// A number's spelling; nil when this is none.
  public var number: String? {
    if case .number(let spelling) = content { spelling } else { nil }
  }

  /// The text; nil when this is none.
  public var text: String? {
    if case .text(let text) = content { text } else { nil }
  }

  /// The items of a list; nil when this is none.
  public var list: [Document]? {
    if case .list(let items) = content { items } else { nil }
  }

  /// The members of a map; nil when this is none.
  public var members: [Member]? {
    if case .map(let members) = content { members } else { nil }
  }
}
