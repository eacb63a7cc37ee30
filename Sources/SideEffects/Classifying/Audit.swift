/// Changes sorted into what a restore undoes and what it doesn't, with all that could not be seen.
public struct Audit: Hashable, Sendable {
  /// A change with what the restores, and after a rollback the facts, say of it.
  public struct Entry: Hashable, Sendable {
    public let change: Change
    public let coverage: Coverage
    /// Nil before a rollback: then what is residue is a prediction.
    public let outcome: Outcome?
    /// What is there now; nil before a rollback, and for what is gone.
    public let now: Resource?
    /// After a rollback, the attributes that tell more than whether it is there; sorted by name.
    public let facts: [Fact]
    /// The restore that was done and said that it covers this, where the fact says otherwise.
    public let wrongDeclaration: Text?
    /// Who does the steps, by the watch's `owner`.
    public let owner: Text?
    /// Whose the upgrade's change is; nil for what only changed later, and where no upgrade was recorded.
    public let attribution: Attribution?
    /// Other things that hold the same secret, id or URL; sorted by address.
    public let ties: [Reference]

    public init(
      change: Change, coverage: Coverage, outcome: Outcome? = nil, now: Resource? = nil, facts: [Fact] = [], wrongDeclaration: Text? = nil,
      owner: Text? = nil, attribution: Attribution? = nil, ties: [Reference] = []
    ) {
      (self.change, self.coverage, self.outcome, self.now, self.facts) = (change, coverage, outcome, now, facts)
      (self.wrongDeclaration, self.owner, self.attribution, self.ties) = (wrongDeclaration, owner, attribution, ties)
    }

    /// The same, tied to other things.
    func tied(to ties: [Reference]) -> Entry {
      Entry(
        change: change, coverage: coverage, outcome: outcome, now: now, facts: facts, wrongDeclaration: wrongDeclaration, owner: owner,
        attribution: attribution, ties: ties)
    }

    /// Whether somebody else made it between the two looks, and a restore that was done took it away with the upgrade's changes.
    public var isOthersLoss: Bool { outcome == .collateral && attribution?.by == .other }

    /// By the fact where there is one, else by the prediction.
    public var isResidue: Bool {
      if let outcome { return !outcome.isClean && outcome != .blind }
      switch coverage {
      case .restored: return false
      case .survives, .unknown: return true
      }
    }
  }

  /// What became of one attribute after a rollback. A side is nil where it was not told, and where it was not there.
  public struct Fact: Hashable, Sendable {
    public let name: Text
    public let before: Reading?
    public let after: Reading?
    public let now: Reading?
    public let outcome: Outcome

    public init(name: Text, before: Reading?, after: Reading?, now: Reading?, outcome: Outcome) {
      (self.name, self.before, self.after, self.now, self.outcome) = (name, before, after, now, outcome)
    }
  }

  /// A change that a rule of the configuration or of a provider says to ignore.
  public struct Ignored: Hashable, Sendable {
    public let change: Change
    public let because: Text
    public let until: Text?
    public init(change: Change, because: Text, until: Text?) { (self.change, self.because, self.until) = (change, because, until) }
  }

  public let before: Text
  /// Nil where nobody looked after the upgrade.
  public let after: Text?
  /// The snapshot taken after the rollback; nil where there was none.
  public let now: Text?
  /// The restores that are said to have been done.
  public let restored: [Text]
  public let upgrade: Upgrade?
  /// Readers and revisions of the newest snapshot, by watch, for the headings of a report.
  public let subjects: [Text: Subject]
  public let entries: [Entry]
  public let ignored: [Ignored]
  public let blindSpots: [BlindSpot]
  /// Such as an ignore rule that has expired.
  public let remarks: [Diagnostic]
  /// For each restore that was done and did not put back what it says it covers: where that is declared.
  public let wrongDeclarations: [Diagnostic]
  /// What refers to something that is gone or another now; sorted by address.
  public let stale: [Stale]

  /// What a watch looked at: its address or repository, as whom, and at which revision.
  public struct Subject: Hashable, Sendable {
    public let place: Text?
    public let account: Text?
    public let revision: Text?
    /// The revision before, where it was another one.
    public internal(set) var revisionBefore: Text?

    public init(place: Text?, account: Text?, revision: Text?) { (self.place, self.account, self.revision) = (place, account, revision) }
  }

  public init(
    before: Text, after: Text?, now: Text? = nil, restored: [Text] = [], upgrade: Upgrade? = nil, subjects: [Text: Subject] = [:],
    entries: [Entry], ignored: [Ignored] = [], blindSpots: [BlindSpot], remarks: [Diagnostic] = [], wrongDeclarations: [Diagnostic] = [],
    stale: [Stale] = []
  ) {
    (self.before, self.after, self.now, self.restored, self.upgrade, self.subjects) = (before, after, now, restored, upgrade, subjects)
    (self.entries, self.ignored, self.blindSpots, self.remarks) = (entries, ignored, blindSpots, remarks)
    (self.wrongDeclarations, self.stale) = (wrongDeclarations, stale)
  }

  public var residue: [Entry] { entries.filter(\.isResidue) }
  /// Those that decide the exit status: acknowledged ones are printed all the same.
  public var openBlindSpots: [BlindSpot] { blindSpots.filter { $0.acknowledged == nil } }
  /// Of an upgrade's changes that can't be looked at now; acknowledging why doesn't tell what became of them.
  public var unseen: [Entry] { entries.filter { $0.outcome == .blind } }
  public var isComplete: Bool { openBlindSpots.isEmpty && unseen.isEmpty }
}
