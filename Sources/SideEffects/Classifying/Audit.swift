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
    /// The restore that was done and said that it covers this, where the fact says otherwise.
    public let wrongDeclaration: Text?
    /// Who does the steps, by the watch's `owner`.
    public let owner: Text?

    public init(
      change: Change, coverage: Coverage, outcome: Outcome? = nil, now: Resource? = nil, wrongDeclaration: Text? = nil, owner: Text? = nil
    ) {
      (self.change, self.coverage, self.outcome, self.now) = (change, coverage, outcome, now)
      (self.wrongDeclaration, self.owner) = (wrongDeclaration, owner)
    }

    /// By the fact where there is one, else by the prediction.
    public var isResidue: Bool {
      if let outcome { return !outcome.isClean && outcome != .blind }
      switch coverage {
      case .restored: return false
      case .survives, .unknown: return true
      }
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
  public let after: Text
  /// The snapshot taken after the rollback; nil where there was none.
  public let now: Text?
  public let upgrade: Upgrade?
  /// Readers and revisions of the newest snapshot, by watch, for the headings of a report.
  public let subjects: [Text: Subject]
  public let entries: [Entry]
  public let ignored: [Ignored]
  public let blindSpots: [BlindSpot]
  /// Such as an ignore rule that has expired.
  public let remarks: [Diagnostic]

  /// What a watch looked at: its address or repository, as whom, and at which revision.
  public struct Subject: Hashable, Sendable {
    public let place: Text?
    public let account: Text?
    public let revision: Text?
    public init(place: Text?, account: Text?, revision: Text?) { (self.place, self.account, self.revision) = (place, account, revision) }
  }

  public init(
    before: Text, after: Text, now: Text? = nil, upgrade: Upgrade? = nil, subjects: [Text: Subject] = [:], entries: [Entry],
    ignored: [Ignored] = [], blindSpots: [BlindSpot], remarks: [Diagnostic] = []
  ) {
    (self.before, self.after, self.now, self.upgrade, self.subjects) = (before, after, now, upgrade, subjects)
    (self.entries, self.ignored, self.blindSpots, self.remarks) = (entries, ignored, blindSpots, remarks)
  }

  public var residue: [Entry] { entries.filter(\.isResidue) }
  /// Those that decide the exit status: acknowledged ones are printed all the same.
  public var openBlindSpots: [BlindSpot] { blindSpots.filter { $0.acknowledged == nil } }
  public var isComplete: Bool { openBlindSpots.isEmpty }
}
