/// Carries out a plan step by step, in its order; a step that goes wrong stops only those that depend on it.
public struct PlanRun: Sendable {
  /// Which steps, and how freely.
  public struct Choice: Sendable {
    /// Their numbers; nil for all.
    public let numbers: Set<Int>?
    /// Whether steps that come before a chosen one may be undone yet.
    public let isOutOfOrder: Bool
    public init(numbers: Set<Int>? = nil, isOutOfOrder: Bool = false) { (self.numbers, self.isOutOfOrder) = (numbers, isOutOfOrder) }
  }

  let plan: Plan
  /// What the journal knows the plan by.
  let key: Text
  let kept: KeptPlan
  let bench: StepBench
  let choice: Choice
  let limits: ApplyLimits
  let consent: any Consent
  private let own: OwnCredential

  public init(
    plan: Plan, kept: KeptPlan, bench: StepBench, choice: Choice, limits: ApplyLimits, consent: any Consent, fingerprinter: Fingerprinter
  ) {
    (self.plan, self.kept, self.bench, self.choice, self.limits, self.consent) = (plan, kept, bench, choice, limits, consent)
    key = plan.journalKey
    own = OwnCredential(watches: bench.watches, ground: plan.ground, fingerprinter: fingerprinter)
  }

  /// - Parameter tell: Told of each chosen step when it is settled.
  /// - Throws: `too-old` where nothing of the plan may be carried out, and what kept the journal from being written.
  public func carryOut(tell: @Sendable (StepReport) async -> Void) async throws(Failure) -> [StepReport] {
    if let diagnostic = limits.tooOld(plan, now: bench.tools.clock.now()) { throw Failure(diagnostic) }
    let chosen = plan.steps.filter { choice.numbers?.contains($0.number) ?? true }
    let journal = PlanJournal(try await bench.tools.store.journal(of: key))
    // What was deleted step by step counts together.
    let tooMany = limits.tooMany(
      plan.steps.filter { choice.numbers?.contains($0.number) ?? true || journal.isDone($0.id) }, in: plan)
    var outcomes: [Int: StepOutcome] = [:]
    var isStopped = false
    for step in plan.steps {
      let isChosen = choice.numbers?.contains(step.number) ?? true
      // What was not chosen counts as done only where reading shows it.
      guard isChosen else {
        let read = await bench.reading(of: step, journal)
        outcomes[step.number] = read == .ready ? .left(Self.notChosen) : read
        continue
      }
      let outcome: StepOutcome
      if isStopped || Task.isCancelled {
        outcome = .left(Self.stopped)
      } else if let refusal = refusal(of: step) ?? tooMany[step.id] {
        let read = await bench.reading(of: step, journal)
        outcome = read.isDone ? read : .refused(refusal)
      } else {
        let waits = choice.isOutOfOrder ? [] : step.follows.map(\.step).filter { outcomes[$0]?.letsOthersGoOn != true }
        (outcome, isStopped) = try await self.outcome(of: step, journal, waits: NonEmpty(waits))
      }
      outcomes[step.number] = outcome
      await tell(StepReport(step: step, outcome: outcome))
    }
    return chosen.compactMap { step in outcomes[step.number].map { StepReport(step: step, outcome: $0) } }
  }

  static let differs = Diagnostic(
    "plan-differs", "what would be done now is not what the plan shows: the configuration, the provider or a file has changed",
    advice: "Make the plan anew and read it.")
  private static let notChosen = Diagnostic("not-chosen", "it was not chosen, and is not done")
  static let stopped = Diagnostic("stopped", "it was not reached", advice: "Run it again.")

  /// Why a step is not to be carried out at all.
  private func refusal(of step: Step) -> Diagnostic? {
    if !kept.holds(step.id) {
      return Diagnostic("not-in-plan", "it is not in the plan that was kept", advice: "Make the plan anew and read it.")
    }
    if !kept.showed(step) { return Self.differs }
    return own.refusal(of: step)
  }

  private func outcome(
    of step: Step, _ journal: PlanJournal, waits: NonEmpty<Int>?
  ) async throws(Failure) -> (outcome: StepOutcome, isStopped: Bool) {
    let read = await bench.reading(of: step, journal)
    let isBegun = journal.progress(of: step.id, .remedy).isUnsettled
    switch read {
    case .ready: break
    // What was begun is brought to its end in the journal too.
    case .already where isBegun: break
    case .done, .already, .proposed, .settled, .byHand, .forGood, .left, .waits, .refused, .failed, .unknown: return (read, false)
    }
    if let waits, read == .ready { return (.waits(waits), false) }
    let box = DecisionBox()
    let outcome: StepOutcome
    switch step.remedy {
    case .manual: outcome = read
    case .patch(let patch):
      outcome = try await bench.propose(patch, of: step, key, round: journal.rounds(of: step.id)) {
        await agreement(to: step, asks: [], box)
      }
    case .requests(let requests):
      guard let runner = try await bench.runner(for: step, .remedy, requests, key) else { return (.left(Self.stopped), false) }
      outcome = try await runner.run(from: journal.progress(of: step.id, .remedy)) {
        await agreement(to: step, asks: bench.asks(of: requests), box)
      }
    }
    if box.takesMilder { return (try await milder(step, journal), false) }
    return (outcome, box.isStopped)
  }

  private func agreement(to step: Step, asks: [Text], _ box: DecisionBox) async -> Agreement {
    let milder = if case .requests? = step.first { true } else { false }
    switch await consent.decide(step, course: .remedy, milder: milder, asks: asks) {
    case .carryOut(let secrets): return .go(secrets)
    case .dryRun: return .no(.ready)
    case .leave(let diagnostic): return .no(.left(diagnostic))
    case .takeMilder:
      box.takesMilder = true
      return .no(.ready)
    case .stop:
      box.isStopped = true
      return .no(.left(Self.stopped))
    }
  }

  /// It is there all the same, so that the step is not done.
  private func milder(_ step: Step, _ journal: PlanJournal) async throws(Failure) -> StepOutcome {
    guard case .requests(let requests)? = step.first, let runner = try await bench.runner(for: step, .milder, requests, key) else {
      return .byHand
    }
    let outcome = try await runner.run(from: journal.progress(of: step.id, .milder)) { .go([:]) }
    guard outcome.isDone else { return outcome }
    return .left(
      Diagnostic(
        "milder", "the milder way was taken: it is still there",
        advice: "Do the step itself by hand, or audit again and make the plan anew."))
  }
}

/// What a decision says besides yes and no.
private final class DecisionBox {
  var takesMilder = false
  var isStopped = false
}

extension Plan {
  /// What the journal knows it by: the upgrade, and the look that it is made of. After another look it is another plan.
  public var journalKey: Text { Text("\(name)@\(basis)") }
}
