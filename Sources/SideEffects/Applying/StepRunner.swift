/// Carries out the requests of one step: looks, writes down what is about to be sent, sends it, writes down the answer, looks again.
///
/// Killed at any moment and run again it neither repeats nor skips: where the journal says that a request was about to be sent and not
/// what became of it, reading decides.
struct StepRunner {
  let plan: Text
  let step: Step
  let course: JournalEntry.Course
  let requests: PlannedRequests
  let goal: StepGoal
  /// With its secrets.
  let watch: Watch
  let kind: KindManifest
  /// The watch as the plan saw it; nil where that is not known.
  let ground: PlanGround.Watch?
  let tools: ApplyTools

  /// A service may still be at work on a request whose sender was killed.
  static let grace = 10

  /// - Parameter agree: Asked before anything is sent, when all is as the plan saw it.
  /// - Throws: What kept the journal from being written: nothing is sent then.
  func run(from progress: StepProgress, agree: () async -> Agreement) async throws(Failure) -> StepOutcome {
    var look = await fresh()
    if let ground, let other = look.otherAccount(than: ground) { return .left(other) }
    switch sight(look) {
    case .reached(let made): return progress.isUnsettled ? try await done(made) : .already
    case .unknown(let reasons): return .left(reasons.first)
    case .notReached: break
    }
    let first: Int
    switch progress {
    case .untouched: first = 0
    // Where only an answer tells, nothing tells of one that never came.
    case .inFlight where isByAnswer: return .left(Self.unsettled)
    case .inFlight(let part, _) where isUntold(part): return .left(Self.unsettled)
    case .inFlight(let part, let since):
      switch await settle(since: since, &look) {
      case .reached(let made): return try await done(made)
      case .unknown(let reasons): return .left(reasons.first)
      case .notReached: break
      }
      let isSettled = isDone(part, look) == true
      if isSettled { try await note(.taken(part: part, status: nil)) }
      first = isSettled ? part + 1 : part
    case .sent(let parts):
      guard parts < requests.all.count else { return try await verified(&look, whenNot: Self.untrue) }
      first = parts
    // It was done once, and reading says that it is not so any more.
    case .done, .proposed, .settled: first = 0
    }
    if let obstacle = obstacle(before: first, look) { return .left(obstacle) }
    switch await agree() {
    case .no(let outcome): return outcome
    case .go(let asks):
      // A person may have thought for long: what is acted on is what is there now.
      look = await fresh()
      switch sight(look) {
      case .reached: return .already
      case .unknown(let reasons): return .left(reasons.first)
      case .notReached: break
      }
      if let obstacle = obstacle(before: first, look) { return .left(obstacle) }
      return try await send(from: first, &look, asks, isUnsettled: progress.isUnsettled)
    }
  }

  /// Whether the service's answer is all that tells that it is done.
  private var isByAnswer: Bool { step.isAnsweredFor && course == .remedy }

  /// What reading tells; where only an answer does, nothing.
  private func sight(_ look: FreshLook) -> GoalSight { isByAnswer ? .notReached : goal.sight(look) }

  // Sending ------------------------------------------------------------------------------------------------------

  /// - Parameter isUnsettled: Whether something of an earlier run may have had its effect only now.
  private func send(
    from first: Int, _ look: inout FreshLook, _ asks: [Text: Secret], isUnsettled: Bool
  ) async throws(Failure) -> StepOutcome {
    let execution = RemedyExecution(watch: watch)
    let carrier = tools.carrier(watch)
    for part in first..<requests.all.count {
      if Task.isCancelled { return .left(Self.cancelled) }
      let request: HTTPRequest
      do throws(Failure) {
        let made = try execution.requests(of: requests, item: item(look), asks: asks)
        guard made.indices.contains(part) else {
          throw Failure("request-differs", "the provider's remedy has fewer requests than the plan")
        }
        request = made[part]
      } catch {
        return .refused(error.diagnostics.first)
      }
      try await note(.intended(part: part))
      let verdict: AnswerVerdict
      do throws(Failure) {
        verdict = execution.verdict(on: try await carrier.send(request), to: part, of: requests)
      } catch {
        verdict = Self.wasNeverSent(error) ? .refused(error.diagnostics.first) : .unclear(error.diagnostics.first)
      }
      switch verdict {
      case .taken(let status): try await note(.taken(part: part, status: status))
      case .gone(let status) where part == 0 && !isUnsettled && !isByAnswer:
        // Nothing of ours is under way, so what is gone was taken by somebody else: it is not ours to take back.
        try await note(.refused(part: part, because: Text("answered \(status)")))
        look = await fresh()
        if case .reached = sight(look) { return .already }
        return .failed(Diagnostic("not-found", "\(status): the service does not find it", advice: "Look at it by hand."))
      case .gone(let status):
        // What was to be deleted may have been gone already; what was to be changed is not there.
        try await note(.unclear(part: part, because: Text("answered \(status)")))
        let missing = Diagnostic("not-found", "\(status): the service does not find it", advice: "Look at it by hand.")
        return isByAnswer ? .unknown(NonEmpty(missing)) : try await verified(&look, whenNot: missing)
      case .refused(let diagnostic):
        try await note(.refused(part: part, because: diagnostic.sentence))
        look = await fresh()
        if case .reached(let made) = sight(look) {
          // Refused, with nothing of ours under way: somebody else did it.
          return part > 0 || isUnsettled ? try await done(made) : .already
        }
        return .failed(diagnostic)
      case .unclear(let diagnostic):
        try await note(.unclear(part: part, because: diagnostic.sentence))
        if isByAnswer { return .unknown(NonEmpty(diagnostic)) }
        guard part + 1 < requests.all.count else { return try await verified(&look, whenNot: diagnostic) }
        try await wait(for: part, &look)
        guard isDone(part, look) == true else { return .failed(diagnostic) }
        try await note(.taken(part: part, status: nil))
      }
      if part + 1 < requests.all.count {
        try await wait(for: part, &look)
        if let obstacle = obstacle(before: part + 1, look) { return .left(obstacle) }
      }
    }
    return try await verified(&look, whenNot: Self.untrue)
  }

  /// The resource as it was read just now, with the item that it was made of.
  private func item(_ look: FreshLook) -> (item: FreshItem, resource: Resource)? {
    let address = goal.resource.address
    guard let item = look.items[address], let resource = look.resources[address] else { return nil }
    return (item, resource)
  }

  /// Nothing left this machine.
  private static func wasNeverSent(_ failure: Failure) -> Bool {
    ["unresolvable", "unreachable", "tls-failed", "bad-request", "insecure-url"].contains(failure.diagnostics.first.rule)
  }

  /// Waits until a request that is not the last has had its effect, where the manifest says how that shows.
  private func wait(for part: Int, _ look: inout FreshLook) async throws(Failure) {
    look = await fresh()
    guard requests.all[part].done != nil else { return }
    var pause = Pause()
    while isDone(part, look) == false, pause.waited < step.within {
      guard await pause.next(tools.clock) else { return }
      look = await fresh()
    }
  }

  /// By what the call itself says.
  private func isDone(_ part: Int, _ look: FreshLook) -> Bool? {
    guard let done = requests.all[part].done else { return nil }
    switch look.sight(of: goal.resource) {
    case .present(let found): return done.holds(for: found)
    case .absent: return goal.end == .absent || done == .answered ? nil : false
    case .unknown: return nil
    }
  }

  /// Whether nothing but an answer that never came would tell of a request, and sending it twice is not the same as once
  /// (RFC 9110, section 9.2.2).
  private func isUntold(_ part: Int) -> Bool {
    let request = requests.all[part]
    return request.done == .answered && !["PUT", "DELETE"].contains(request.method)
  }

  /// Why a request may not be sent; those before it have changed the resource.
  private func obstacle(before part: Int, _ look: FreshLook) -> Diagnostic? {
    if part == 0 { return goal.obstacle(look) }
    switch look.sight(of: goal.resource) {
    case .present(let found):
      if goal.isOther(found) {
        return Diagnostic("changed-since", "its id is another thing's now", advice: "Audit again and make the plan anew.")
      }
      if isDone(part - 1, look) == false {
        return Diagnostic("not-yet", "request \(part) of it has not had its effect yet", advice: "Run it again later.")
      }
      return goal.obstacle(amid: found)
    case .absent: return Diagnostic("changed-since", "it is no longer there", advice: "Audit again and make the plan anew.")
    case .unknown(let reasons): return reasons.first
    }
  }

  // Looking ------------------------------------------------------------------------------------------------------

  private func fresh() async -> FreshLook { await tools.looks.look(at: watch, kind: kind, scopes: [goal.resource.address.scope]) }

  /// Reads until it shows, or until a request that was under way when its sender ended has had its time.
  private func settle(since: Instant, _ look: inout FreshLook) async -> GoalSight {
    var pause = Pause()
    while true {
      let sight = goal.sight(look)
      if case .reached = sight { return sight }
      // By the clock, which may have been set back since, and by what was waited.
      let isOver = tools.clock.now().seconds(since: since) >= Int64(Self.grace) || pause.waited >= Self.grace
      guard !isOver, await pause.next(tools.clock) else { return sight }
      look = await fresh()
    }
  }

  /// Reads again until it shows that it is done, or the time for it is over.
  private func verified(_ look: inout FreshLook, whenNot diagnostic: Diagnostic) async throws(Failure) -> StepOutcome {
    // Its answer is all the evidence that the service gives.
    if isByAnswer { return try await done(nil) }
    var pause = Pause()
    while true {
      look = await fresh()
      let sight = goal.sight(look)
      if case .reached(let made) = sight { return try await done(made) }
      guard pause.waited < step.within, await pause.next(tools.clock) else {
        if case .unknown(let reasons) = sight { return .unknown(reasons) }
        return .failed(diagnostic)
      }
    }
  }

  private func done(_ made: ResourceAddress?) async throws(Failure) -> StepOutcome {
    try await note(.done(made: made))
    return .done(made: made)
  }

  private func note(_ event: JournalEntry.Event) async throws(Failure) {
    try await tools.store.write(JournalEntry(plan: plan, step: step.id, course: course, event: event, at: tools.clock.now()))
  }

  private static let cancelled = Diagnostic("cancelled", "it was interrupted before it was sent", advice: "Run it again.")
  private static let unsettled = Diagnostic(
    "not-settled", "it may have been done, and only the answer that never came would tell",
    advice: "Look at it by hand, and say so with `verify --settled`.")
  private static let untrue = Diagnostic(
    "not-so", "the service took it, and reading again does not show it", advice: "Look at it by hand; `verify` reads it again.")
}

/// Pauses between looks, each longer than the one before.
struct Pause {
  /// In seconds, rounded down.
  private(set) var waited = 0
  private var milliseconds = 200
  private var total = 0

  /// False where the task was cancelled.
  mutating func next(_ clock: any ApplyClock) async -> Bool {
    do { try await clock.wait(for: .milliseconds(milliseconds)) } catch { return false }
    total += milliseconds
    waited = total / 1_000
    milliseconds = min(milliseconds * 2, 15_000)
    return true
  }
}
