public import Documents
public import LibPCRE2

/// Paths and what must stand there; all must hold.
public struct Condition: Sendable {
  /// What a value must be.
  public indirect enum Matcher: Hashable, Sendable {
    /// Values compare as text: `0` is `"0"`, `true` is `"true"`.
    case equals(Text)
    case any([Matcher])
    case emptyList
    /// An object without members.
    case emptyMap
    case absentOrNull
    case not(Matcher)
    case matches(Pattern)
  }

  /// One value, and what it must be.
  public struct Test: Sendable {
    public let reference: Reference
    public let matcher: Matcher
    public init(reference: Reference, matcher: Matcher) { (self.reference, self.matcher) = (reference, matcher) }
  }

  public let tests: [Test]

  public init(tests: [Test]) { self.tests = tests }

  public var references: [Reference] { tests.map(\.reference) }

  /// Whether every test holds; nil where a pattern that decides gives up. `value` finds what a reference points at, nil where it is absent.
  public func verdict(_ value: (Reference) -> Document?) -> Bool? {
    tests.allHold { $0.matcher.fits(value($0.reference)) }
  }

  /// Whether every test is known to hold.
  public func holds(_ value: (Reference) -> Document?) -> Bool { verdict(value) == true }
}

extension Condition {
  /// Whether no value fits both, as far as single values tell.
  func excludes(_ other: Condition) -> Bool {
    tests.contains { test in
      other.tests.contains { $0.reference.text == test.reference.text && test.matcher.excludes($0.matcher) }
    }
  }
}

extension Condition.Matcher {
  fileprivate func excludes(_ other: Self) -> Bool {
    switch (self, other) {
    case (.not(let inner), let matcher), (let matcher, .not(let inner)): inner == matcher
    case (.any(let matchers), let matcher), (let matcher, .any(let matchers)): matchers.allSatisfy { $0.excludes(matcher) }
    case (.equals(let text), .equals(let another)): text != another
    case (.equals, .absentOrNull), (.absentOrNull, .equals): true
    default: false
    }
  }

  /// Whether a value is such a one; nil where a pattern gives up on it.
  func fits(_ document: Document?) -> Bool? {
    switch self {
    case .equals(let text): document?.plainText.map { Text($0) == text } ?? false
    case .any(let matchers): matchers.anyHolds { $0.fits(document) }
    case .emptyList: document?.list.map(\.isEmpty) ?? false
    case .emptyMap: document?.members.map(\.isEmpty) ?? false
    case .absentOrNull: document?.isNull ?? true
    case .not(let matcher): matcher.fits(document).map { !$0 }
    case .matches(let pattern): document?.plainText.map { try? pattern.matches($0) } ?? false
    }
  }
}
