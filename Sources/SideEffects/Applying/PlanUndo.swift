/// Takes back what a plan's run did, the last step first.
public struct PlanUndo: Sendable {
  let plan: Plan
  let key: Text
  let kept: KeptPlan
  let bench: StepBench
  /// The steps' numbers; nil for all that were done.
  let numbers: Set<Int>?
  let consent: any Consent

  public init(plan: Plan, kept: KeptPlan, bench: StepBench, numbers: Set<Int>?, consent: any Consent) {
    (self.plan, self.kept, self.bench, self.numbers, self.consent) = (plan, kept, bench, numbers, consent)
    key = plan.journalKey
  }

  /// - Parameter tell: Told of each step when it is settled.
  /// - Throws: What kept the journal from being written.
  public func carryOut(tell: @Sendable (StepReport) async -> Void) async throws(Failure) -> [StepReport] {
    let journal = PlanJournal(try await bench.tools.store.journal(of: key))
    var reports: [StepReport] = []
    for step in plan.steps.reversed() where numbers?.contains(step.number) ?? (journal.course(of: step.id) != nil) {
      let report = StepReport(step: step, outcome: try await outcome(of: step, journal, isStopped: Task.isCancelled))
      reports.append(report)
      await tell(report)
      if report.outcome == .left(PlanRun.stopped) { break }
    }
    return reports
  }

  private func outcome(of step: Step, _ journal: PlanJournal, isStopped: Bool) async throws(Failure) -> StepOutcome {
    if isStopped { return .left(PlanRun.stopped) }
    let begun = journal.progress(of: step.id, .undo)
    switch journal.progress(of: step.id, .remedy) {
    case .done, .proposed: break
    case .settled: return .byHand
    case .sent, .inFlight:
      return .left(
        Diagnostic("not-settled", "nobody knows yet whether it was done", advice: "Run `audit-residue apply` first: it finds out."))
    case .untouched: return .left(Diagnostic("not-done", "nothing was done for it", advice: "There is nothing to take back."))
    }
    switch try await way(back: step, journal) {
    case .none:
      guard case .proposed(let commit, let branch) = journal.progress(of: step.id, .remedy) else { return .byHand }
      return .left(
        Diagnostic(
          "merged", "it was the commit \(OriginText.short(commit)) on the branch \(branch), and the file has moved on since",
          advice: "Where that was merged, `git revert \(commit)` takes it back."))
    case .patch(let patch):
      let title = Text("Undo: \(step.title)")
      return try await bench.propose(patch, of: step, .undo, title: title, key, round: journal.rounds(of: step.id)) {
        await agreement(to: step, asks: [])
      }
    case .requests(let requests):
      guard kept.showed(step) else { return .refused(PlanRun.differs) }
      guard let runner = try await bench.runner(for: step, .undo, requests, key) else { return .byHand }
      return try await runner.run(from: begun) { await agreement(to: step, asks: bench.asks(of: requests)) }
    }
  }

  private enum Way {
    case requests(PlannedRequests)
    case patch(PlannedPatch)
    case none
  }

  /// What was made gets its requests now that its id is known.
  private func way(back step: Step, _ journal: PlanJournal) async throws(Failure) -> Way {
    switch step.undo {
    case .requests(let requests): return .requests(requests)
    case .patch(let patch): return .patch(patch)
    case .manual, nil: break
    }
    guard let made = journal.made(by: step.id), let requests = await bench.removal(of: made, step) else { return .none }
    return .requests(requests)
  }

  private func agreement(to step: Step, asks: [Text]) async -> Agreement {
    switch await consent.decide(step, course: .undo, milder: false, asks: asks) {
    case .carryOut(let secrets): .go(secrets)
    case .dryRun: .no(.ready)
    case .leave(let diagnostic): .no(.left(diagnostic))
    case .takeMilder: .no(.byHand)
    case .stop: .no(.left(PlanRun.stopped))
    }
  }
}

extension StepBench {
  /// The requests that delete what a step made; nil where it is not there, or the provider knows none.
  func removal(of made: ResourceAddress, _ step: Step) async -> PlannedRequests? {
    guard let watch = watches[made.watch], let kind = watch.provider.manifest.kind(made.kind), let remedy = kind.remedies.created else {
      return nil
    }
    let look = await tools.looks.look(at: watch, kind: kind, scopes: [made.scope])
    guard let resource = look.resources[made] else { return nil }
    let planner = RemedyPlanner(provider: watch.provider, kind: kind, settings: watch.settings, patches: .none)
    let planned = planner.planned(.created, remedy, resource: resource, wanted: nil, differences: [], words: "")
    if case .requests(let requests) = planned.remedy { return requests }
    return nil
  }
}
