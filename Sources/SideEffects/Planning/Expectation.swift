import Documents

/// What reading must show: preconditions and checks are the same kind of sentence.
public enum Expectation: Hashable, Sendable {
  case absent
  /// An attribute whose value is null is absent or null.
  case present([Text: Value])
  /// Each of these holds for what is kept of it.
  case meets(NonEmpty<Requirement>)
  /// The service's answer is all the evidence: it goes on showing what was deleted, or never shows it.
  case answered
}

/// One value that a manifest's condition is about, and what it must be.
public struct Requirement: Hashable, Sendable {
  /// An attribute's name, or the path of a value that is kept beside them.
  public let name: Text
  public let matcher: Condition.Matcher

  public init(name: Text, matcher: Condition.Matcher) { (self.name, self.matcher) = (name, matcher) }

  init(_ test: Condition.Test) { self.init(name: test.reference.text, matcher: test.matcher) }
}

extension Expectation {
  /// What a manifest calls done.
  init?(_ done: Condition) {
    guard let requirements = NonEmpty(done.tests.map { Requirement($0) }) else { return nil }
    self = .meets(requirements)
  }

  /// Whether a resource that is there is as expected; nil where that can't be told, since a value is masked or only an answer tells.
  public func holds(for resource: Resource) -> Bool? {
    switch self {
    case .absent: return false
    case .answered: return nil
    case .present(let values): return values.allHold { Self.holds($0.key, $0.value, resource) }
    case .meets(let requirements): return requirements.all.allHold { $0.holds(for: resource) }
    }
  }

  private static func holds(_ name: Text, _ value: Value, _ resource: Resource) -> Bool? {
    switch (value, resource.attributes[name]) {
    case (_, .withheld): nil
    case (.scalar(.null), nil), (.scalar(.null), .value(.scalar(.null))): true
    case (_, nil): false
    case (let wanted, .value(let found)): wanted == found
    }
  }

  /// Whether it says only what may not be.
  var onlyForbids: Bool {
    guard case .meets(let requirements) = self else { return false }
    return requirements.all.allSatisfy { requirement in if case .not = requirement.matcher { true } else { false } }
  }

  /// The first thing in which a resource is not as expected, in words.
  func mismatch(with resource: Resource) -> String? {
    switch self {
    case .absent: return "it is there"
    case .answered: return nil
    case .present(let values):
      let wrong = values.sorted { $0.key < $1.key }.first { Self.holds($0.key, $0.value, resource) == false }
      return wrong.map { name, value in
        let found: Value? = if case .value(let value)? = resource.attributes[name] { value } else { nil }
        return "\(name) is \(ValueText.of(found)) and not \(value == .scalar(.null) ? ValueText.of(nil) : ValueText.of(value))"
      }
    case .meets(let requirements):
      return requirements.all.first { $0.holds(for: resource) == false }.map { "\($0.name) is not as it has to be" }
    }
  }

  /// The same without what is lost on the way.
  func without(_ names: [Text]) -> Expectation {
    switch self {
    case .absent, .answered, .meets: return self
    case .present(let values):
      let patterns = names.map { AttributePattern($0) }
      return .present(values.filter { name, _ in !patterns.contains { $0.covers(name) } })
    }
  }
}

extension Requirement {
  /// Nil where the value is masked.
  func holds(for resource: Resource) -> Bool? {
    if case .withheld? = resource.attributes[name] { return nil }
    let document: Document? =
      if case .value(let value)? = resource.attributes[name] { value.document } else { resource.kept[name]?.document }
    return matcher.fits(document)
  }
}
