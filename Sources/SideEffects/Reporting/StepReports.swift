/// What became of the steps of a plan, with all that a report of it says.
public struct StepReports: Hashable, Sendable {
  /// What was done with the plan.
  public enum Work: String, Hashable, Sendable { case apply, undo, verify }

  public let work: Work
  public let plan: Plan
  public let reports: [StepReport]
  /// What could not be read now.
  public let gaps: [BlindSpot]
  /// Whether nothing was to be done.
  public let isDryRun: Bool

  public init(work: Work, plan: Plan, reports: [StepReport], gaps: [BlindSpot] = [], isDryRun: Bool = false) {
    (self.work, self.plan, self.reports, self.gaps, self.isDryRun) = (work, plan, reports, gaps, isDryRun)
  }

  /// Whether every step is done.
  public var isDone: Bool { reports.allSatisfy(\.outcome.isDone) }

  /// Whether a safety limit kept one from being carried out.
  public var isRefused: Bool {
    reports.contains { report in
      if case .refused = report.outcome { true } else { false }
    }
  }

  /// Whether all could be looked at, by the plan and now.
  public var isComplete: Bool { plan.isComplete && gaps.isEmpty && reports.allSatisfy(\.outcome.isTold) }
}

extension StepOutcome {
  /// Whether reading could tell.
  public var isTold: Bool {
    switch self {
    case .unknown: false
    case .done, .already, .proposed, .settled, .ready, .byHand, .forGood, .left, .waits, .refused, .failed: true
    }
  }
}
