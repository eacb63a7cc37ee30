/// How a step is carried out.
public enum Remedy: Hashable, Sendable {
  /// Sent in order.
  case requests(NonEmpty<PlannedRequest>)
  /// A patch in unified format, for `git apply` in `repository`.
  case patch(Text, repository: Text)
  /// No provider can do it: in words, with the page where it is done.
  case manual(words: Text, page: Text?)
}

/// How much is at stake when a step is carried out.
public enum Risk: Hashable, Sendable {
  case reversible
  /// What does not come back.
  case losing(NonEmpty<Text>)
  case irreversible(because: Text)

  public var word: Text {
    switch self {
    case .reversible: "reversible"
    case .losing: "reversible-with-loss"
    case .irreversible: "irreversible"
    }
  }
}

/// Absent, or present with these attributes: precondition and check are the same kind of sentence.
public enum Expectation: Hashable, Sendable {
  case absent
  case present([Text: Value])
}

/// One action of a plan.
public struct Step: Hashable, Sendable {
  /// From 1, in the order in which they are done.
  public let number: Int
  /// Stable between plans of the same residue: watch, kind, id and what is done.
  public let id: Text
  public let address: ResourceAddress
  public let sort: KindSchema.Sort
  public let level: KindSchema.Level
  /// One line in the imperative: "Delete the webhook https://…".
  public let title: Text
  /// What was, what is, since when, by whom: a sentence each.
  public let evidence: NonEmpty<Text>
  public let precondition: Expectation
  public let remedy: Remedy
  /// A milder way that may be taken first, such as disabling before deleting.
  public let first: Remedy?
  public let risk: Risk
  /// What else it does; a sentence of the provider's.
  public let beware: Text?
  /// How to see that it is done: in words, and as what a reading must show.
  public let check: Expectation
  public let checkWords: Text
  /// Nil where it can't be undone.
  public let undo: Remedy?
  public let owner: Text?
  /// Numbers of the steps that come before it, and why.
  public let follows: [Dependency]

  public struct Dependency: Hashable, Sendable {
    public let step: Int
    public let because: Text
    public init(step: Int, because: Text) { (self.step, self.because) = (step, because) }
  }

  public init(
    number: Int, id: Text, address: ResourceAddress, sort: KindSchema.Sort, level: KindSchema.Level, title: Text, evidence: NonEmpty<Text>,
    precondition: Expectation, remedy: Remedy, first: Remedy? = nil, risk: Risk, beware: Text? = nil, check: Expectation, checkWords: Text,
    undo: Remedy? = nil, owner: Text? = nil, follows: [Dependency] = []
  ) {
    (self.number, self.id, self.address, self.sort, self.level, self.title) = (number, id, address, sort, level, title)
    (self.evidence, self.precondition, self.remedy, self.first, self.risk) = (evidence, precondition, remedy, first, risk)
    (self.beware, self.check, self.checkWords, self.undo, self.owner, self.follows) = (beware, check, checkWords, undo, owner, follows)
  }
}

/// Ordered remediation steps for the residue.
public struct Plan: Hashable, Sendable {
  public let name: Text
  public let upgrade: Text?
  public let before: Text
  public let after: Text
  public let now: Text?
  public let made: Instant
  /// Before any rollback a plan is a prediction of what will be left.
  public let isPrediction: Bool
  public let steps: [Step]
  /// What could not be looked at and has to be checked by hand.
  public let blindSpots: [BlindSpot]

  public init(
    name: Text, upgrade: Text?, before: Text, after: Text, now: Text?, made: Instant, isPrediction: Bool, steps: [Step], blindSpots: [BlindSpot]
  ) {
    (self.name, self.upgrade, self.before, self.after, self.now) = (name, upgrade, before, after, now)
    (self.made, self.isPrediction, self.steps, self.blindSpots) = (made, isPrediction, steps, blindSpots)
  }
}
