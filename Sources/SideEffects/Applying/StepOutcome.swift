/// What became of one step when a plan was carried out or checked.
public enum StepOutcome: Hashable, Sendable {
  /// It was done just now, and reading shows it; `made` is what came to be by it.
  case done(made: ResourceAddress?)
  /// Reading shows that nothing is left to do.
  case already
  /// A commit is on a branch, which somebody has to merge.
  case proposed(BranchCommit)
  /// A person said that it is settled.
  case settled
  /// It would be done.
  case ready
  /// Only a person can do it.
  case byHand
  /// It stays as it is for good.
  case forGood
  /// It was not touched: it is no longer as the plan saw it, can't be read, or nobody agreed.
  case left(Diagnostic)
  /// Steps that come before it are not done.
  case waits(NonEmpty<Int>)
  /// A safety limit forbids it.
  case refused(Diagnostic)
  /// It was tried, and reading doesn't show that it is done.
  case failed(Diagnostic)
  /// Nobody can tell whether it is done.
  case unknown(NonEmpty<Diagnostic>)

  /// Whether nothing is left to do, so that what depends on it may go on.
  public var isDone: Bool {
    switch self {
    case .done, .already, .settled: true
    case .proposed, .ready, .byHand, .forGood, .left, .waits, .refused, .failed, .unknown: false
    }
  }

  /// The same of a run that does nothing: what would be done counts as done.
  var letsOthersGoOn: Bool { isDone || self == .ready }

  /// In JSON.
  public var word: Text {
    switch self {
    case .done: "done"
    case .already: "already-done"
    case .proposed: "proposed"
    case .settled: "settled"
    case .ready: "ready"
    case .byHand: "by-hand"
    case .forGood: "for-good"
    case .left: "left"
    case .waits: "waits"
    case .refused: "refused"
    case .failed: "failed"
    case .unknown: "unknown"
    }
  }
}

/// A step with what became of it.
public struct StepReport: Hashable, Sendable {
  public let step: Step
  public let outcome: StepOutcome
  public init(step: Step, outcome: StepOutcome) { (self.step, self.outcome) = (step, outcome) }
}
