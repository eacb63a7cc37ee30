/// How far a step has come on one of its ways, by the journal.
enum StepProgress: Hashable {
  /// Nothing was sent, or all that was sent was refused.
  case untouched
  /// The request of that position was about to be sent, and nobody knows what became of it.
  case inFlight(part: Int, since: Instant)
  /// The service took that many requests, of which the last need not have had its effect yet.
  case sent(parts: Int)
  /// Reading showed that it is done.
  case done(made: ResourceAddress?)
  /// It waits on a branch to be merged.
  case proposed(commit: Text, branch: Text)
  case settled

  /// - Parameter entries: Those of one step and one way, oldest first.
  init(_ entries: [JournalEntry]) {
    self = entries.reduce(.untouched) { progress, entry in
      switch entry.event {
      case .intended(let part), .unclear(let part, _): .inFlight(part: part, since: entry.at)
      case .taken(let part, _): .sent(parts: part + 1)
      case .refused(let part, _): part == 0 ? .untouched : .sent(parts: part)
      case .done(let made): .done(made: made)
      case .proposed(let commit, let branch): .proposed(commit: commit, branch: branch)
      case .settled: .settled
      }
    }
  }

  /// Whether anything may have been done that the journal has not seen the end of.
  var isUnsettled: Bool {
    switch self {
    case .inFlight, .sent: true
    case .untouched, .done, .proposed, .settled: false
    }
  }
}

/// What the journal of a plan says of its steps.
public struct PlanJournal: Sendable {
  private let entries: [Text: [JournalEntry]]

  /// - Parameter entries: Of one plan, oldest first.
  public init(_ entries: [JournalEntry]) { self.entries = Dictionary(grouping: entries, by: \.step) }

  /// How far a step has come on a way; what was undone since begins anew.
  func progress(of step: Text, _ course: JournalEntry.Course) -> StepProgress {
    StepProgress(current(step).filter { $0.course == course })
  }

  /// The way on which a step was begun last; nil where nothing was done for it, or all of it was undone.
  func course(of step: Text) -> JournalEntry.Course? {
    current(step).last { $0.course != .undo }.map(\.course)
  }

  /// What was made by a step, where it was.
  func made(by step: Text) -> ResourceAddress? {
    current(step).reduce(nil) { made, entry in
      guard case .done(let address?) = entry.event else { return made }
      return address
    }
  }

  /// Whether a step was done by us, and not taken back since.
  func isDone(_ step: Text) -> Bool {
    switch progress(of: step, .remedy) {
    case .done, .sent, .inFlight: true
    case .untouched, .proposed, .settled: false
    }
  }

  /// How often a step was taken back.
  func rounds(of step: Text) -> Int { (entries[step] ?? []).count { Self.isUndone($0) } }

  /// When a step was done last.
  func moment(of step: Text) -> Instant? { current(step).last?.at }

  /// Whether a line says that a step was taken back: read, or on its branch.
  private static func isUndone(_ entry: JournalEntry) -> Bool {
    guard entry.course == .undo else { return false }
    switch entry.event {
    case .done, .proposed: return true
    case .intended, .taken, .refused, .unclear, .settled: return false
    }
  }

  /// Without what came before the last undoing that was finished.
  private func current(_ step: Text) -> [JournalEntry] {
    let all = entries[step] ?? []
    let undone = all.lastIndex { Self.isUndone($0) }
    return undone.map { Array(all[($0 + 1)...]) } ?? all
  }
}
