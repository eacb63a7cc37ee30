/// Ticks off the steps of a plan from the services themselves, however they were done.
public struct PlanCheck: Sendable {
  /// What was found.
  public struct Result: Sendable {
    public let reports: [StepReport]
    /// Parts that could not be read, by watch and kind: with one of these nothing can be called done.
    public let gaps: [BlindSpot]
  }

  private let plan: Plan
  private let bench: StepBench

  public init(plan: Plan, bench: StepBench) { (self.plan, self.bench) = (plan, bench) }

  /// - Parameter tell: Told of each look's watch and kind before it.
  /// - Throws: What kept the journal from being read.
  public func check() async throws(Failure) -> Result {
    let journal = PlanJournal(try await bench.tools.store.journal(of: plan.journalKey))
    var looks: [Place: FreshLook] = [:]
    var gaps: [BlindSpot] = []
    for place in Set(plan.steps.filter(\.showsWhenDone).map(Place.init)).sorted() {
      guard let look = await bench.look(at: place.watch, kind: place.kind) else { continue }
      looks[place] = look
      gaps += look.observation.completeness.gaps.map { gap in
        BlindSpot(watch: place.watch, kind: place.kind, scope: gap.scope, side: .after, because: gap.because)
      }
    }
    var reports: [StepReport] = []
    for step in plan.steps {
      reports.append(StepReport(step: step, outcome: await bench.settled(step, looks[Place(step)], journal)))
    }
    return Result(reports: reports, gaps: gaps)
  }

  private struct Place: Hashable, Comparable {
    let watch: Text
    let kind: Text
    init(_ step: Step) { (watch, kind) = (step.address.watch, step.address.kind) }
    static func < (a: Self, b: Self) -> Bool { (a.watch, a.kind) < (b.watch, b.kind) }
  }
}

extension StepBench {
  /// Everything of a kind; nil where its watch can't be set up.
  func look(at name: Text, kind: Text) async -> FreshLook? {
    guard problems[name] == nil, let watch = watches[name], let kind = watch.provider.manifest.kind(kind) else { return nil }
    return await tools.looks.look(at: watch, kind: kind, scopes: nil)
  }

  /// What reading tells of a step whose kind was looked at, or why it could not be.
  func settled(_ step: Step, _ look: FreshLook?, _ journal: PlanJournal) async -> StepOutcome {
    if step.check != nil, step.showsWhenDone, look == nil, case .failure(let unreadable) = place(of: step) {
      return .unknown(unreadable.reasons)
    }
    return await reading(of: step, look, journal)
  }
}
