/// Where a listing stands among its parents (an organization, a repository, a file); empty for one that has none.
public struct Scope: Hashable, Comparable, Sendable {
  /// One parent: the list it was found in, the service's own id, and what people call it.
  public struct Step: Hashable, Comparable, Sendable {
    public let list: Text
    public let id: Text
    /// For people; no part of the identity, since a parent may be renamed.
    public let label: Text

    public init(list: Text, id: Text, label: Text? = nil) { (self.list, self.id, self.label) = (list, id, label ?? id) }

    public static func == (a: Self, b: Self) -> Bool { a.list == b.list && a.id == b.id }
    public static func < (a: Self, b: Self) -> Bool { (a.list, a.id) < (b.list, b.id) }
    public func hash(into hasher: inout Hasher) {
      hasher.combine(list)
      hasher.combine(id)
    }
  }

  public let steps: [Step]

  public init(_ steps: [Step] = []) { self.steps = steps }

  /// The whole observation.
  public static let whole = Scope()

  /// The scope of one of this scope's own items.
  public func appending(_ step: Step) -> Scope { Scope(steps + [step]) }

  /// Whether `other` is this scope or lies below it.
  public func contains(_ other: Scope) -> Bool { other.steps.starts(with: steps) }

  public static func < (a: Self, b: Self) -> Bool { a.steps.lexicographicallyPrecedes(b.steps) }

  /// The parents' labels with slashes between, empty for the whole.
  public var label: Text { Text(steps.map(\.label.string).joined(separator: " / ")) }
}
