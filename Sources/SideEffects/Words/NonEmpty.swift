/// A list with at least one element, so that "failed, for no reason" can't be written down.
public struct NonEmpty<Element: Sendable>: Sendable {
  public let first: Element
  public let rest: [Element]

  public init(_ first: Element, _ rest: [Element] = []) { (self.first, self.rest) = (first, rest) }

  /// Nil for an empty list.
  public init?(_ elements: [Element]) {
    guard let first = elements.first else { return nil }
    self.init(first, Array(elements.dropFirst()))
  }

  public var all: [Element] { [first] + rest }
}

extension NonEmpty: Equatable where Element: Equatable {}
extension NonEmpty: Hashable where Element: Hashable {}
