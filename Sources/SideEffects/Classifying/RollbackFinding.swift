/// What became of one change of an upgrade, or of a thing that changed later.
public struct RollbackFinding: Hashable, Sendable {
  /// An attribute with what each look told of it.
  public struct Fact: Hashable, Sendable {
    public let name: Text
    public let before: Reading?
    public let after: Reading?
    public let now: Reading?
    /// One for each element of a set, else one.
    public let histories: Set<History>

    public init(name: Text, before: Reading?, after: Reading?, now: Reading?, histories: Set<History>) {
      (self.name, self.before, self.after, self.now, self.histories) = (name, before, after, now, histories)
    }
  }

  /// Whether the things are there.
  public enum Presence: Hashable, Sendable {
    /// One for each thing that the change is about: two where one was replaced by another.
    case told(Set<History>)
    /// The upgrade deleted it, and it is there again as another thing.
    case recreated
    /// What the upgrade made is gone, and another one like it is there.
    case replaced
  }

  /// The name of the fact for what no attribute shows.
  static let notShown: Text = "(not shown)"

  /// Of the upgrade; or, for what only changed later or was not looked at after it, from before to now.
  public internal(set) var change: Change
  public let presence: Presence
  /// Attributes that are news beside the presence, sorted by name.
  public let facts: [Fact]
  /// What is there now of it.
  public internal(set) var now: Resource?

  public init(change: Change, presence: Presence, facts: [Fact], now: Resource?) {
    (self.change, self.presence, self.facts, self.now) = (change, presence, facts, now)
  }

  /// What became of each part.
  func parts(isCovered: Bool) -> Set<AttributeOutcome> {
    let ofFacts = facts.reduce(into: Set()) { $0.formUnion($1.parts(isCovered: isCovered)) }
    switch presence {
    case .told(let histories): return ofFacts.union(histories.map { AttributeOutcome($0, isCovered: isCovered) })
    case .recreated, .replaced: return ofFacts
    }
  }

  /// `isCovered` tells whether a restore that was done says that it puts this back.
  public func outcome(isCovered: Bool) -> Outcome {
    switch presence {
    case .told: Outcome(of: parts(isCovered: isCovered))
    case .recreated: .recreated
    case .replaced: .diverged
    }
  }
}

extension RollbackFinding.Fact {
  func parts(isCovered: Bool) -> Set<AttributeOutcome> { Set(histories.map { AttributeOutcome($0, isCovered: isCovered) }) }
}
