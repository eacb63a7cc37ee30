/// Where steps are read and carried out: the watches with their secrets, what was there when the plan was made, and the tools.
public struct StepBench: Sendable {
  /// With their secrets.
  let watches: [Text: Watch]
  /// Watches that can't be set up, and why.
  let problems: [Text: NonEmpty<Diagnostic>]
  let ground: PlanGround?
  /// The newest snapshot that the plan is made of.
  let basis: Snapshot
  let tools: ApplyTools

  public init(
    watches: [Text: Watch], problems: [Text: NonEmpty<Diagnostic>], ground: PlanGround?, basis: Snapshot, tools: ApplyTools
  ) {
    (self.watches, self.problems, self.ground, self.basis, self.tools) = (watches, problems, ground, basis, tools)
  }

  /// The watch and kind of a step, if it can be read at all.
  func place(of step: Step) -> Result<(Watch, KindManifest), UnreadableStep> {
    let name = step.address.watch
    if let problems = problems[name] { return .failure(UnreadableStep(reasons: problems)) }
    guard let watch = watches[name] else {
      return .failure(UnreadableStep("unknown-watch", "the watch `\(name)` is in the configuration no more", "Put it back."))
    }
    guard let kind = watch.provider.manifest.kind(step.address.kind) else {
      return .failure(
        UnreadableStep("unknown-kind", "the provider of `\(name)` has no `\(step.address.kind)` any more", "Make the plan anew."))
    }
    return .success((watch, kind))
  }

  /// What reading alone tells of a step: done, open, or not to be told.
  func reading(of step: Step, _ journal: PlanJournal) async -> StepOutcome {
    guard step.check != nil else { return await reading(of: step, nil, journal) }
    switch place(of: step) {
    case .failure(let unreadable): return .unknown(unreadable.reasons)
    case .success(let (watch, kind)):
      guard step.showsWhenDone else { return await reading(of: step, nil, journal) }
      let look = await tools.looks.look(at: watch, kind: kind, scopes: [step.address.scope])
      return await reading(of: step, look, journal)
    }
  }

  /// The same by a look that was taken.
  func reading(of step: Step, _ look: FreshLook?, _ journal: PlanJournal) async -> StepOutcome {
    let progress = journal.progress(of: step.id, .remedy)
    guard let end = step.check else { return progress == .settled ? .settled : .forGood }
    if progress == .settled { return .settled }
    guard step.showsWhenDone, let look else { return step.isAnsweredFor ? answered(step, progress) : .byHand }
    if let watch = ground?.watch(step.address.watch), let other = look.otherAccount(than: watch) { return .unknown(NonEmpty(other)) }
    let old: Set<ResourceAddress>
    do throws(Failure) {
      let observation = basis.observation(watch: step.address.watch, kind: step.address.kind)
      old = step.precondition == .absent ? try await self.old(observation, like: end) : []
    } catch {
      return .unknown(error.diagnostics)
    }
    let goal = StepGoal(
      resource: step.resource, start: step.precondition, end: end, compared: .only([]), old: old,
      mayGetOtherID: !step.isMadeUnderItsID, schema: look.observation.schema)
    switch goal.sight(look) {
    case .reached: return .already
    case .unknown(let reasons): return .unknown(reasons)
    case .notReached:
      // What is only not to hold something any more does so too where it was taken out whole.
      if case .manual = step.remedy, end.onlyForbids, case .absent = look.sight(of: step.resource) { return .already }
    }
    if case .proposed(let commit, let branch) = progress, case .patch(let patch) = step.remedy {
      return .proposed(BranchCommit(id: commit, branch: branch, repository: patch.repository))
    }
    if case .manual = step.remedy { return .byHand }
    return .ready
  }

  private func answered(_ step: Step, _ progress: StepProgress) -> StepOutcome {
    if case .done = progress { .already } else { .ready }
  }

  /// What carries out one way of a step; nil where it has nothing to reach.
  func runner(for step: Step, _ course: JournalEntry.Course, _ requests: PlannedRequests, _ key: Text) async throws(Failure) -> StepRunner?
  {
    guard case .success(let (watch, kind)) = place(of: step), let (start, end) = step.ends(of: course, kind)
    else { return nil }
    let resource = requests.use.resource
    let observation = basis.observation(watch: watch.name, kind: kind.name)
    let goal = StepGoal(
      resource: resource, start: start, end: end, compared: compared(requests, course, watch),
      old: start == .absent ? try await old(observation, like: end) : [], mayGetOtherID: !requests.areUnderTheirID,
      schema: kind.schema(manifest: watch.provider.digest))
    return StepRunner(
      plan: key, step: step, course: course, requests: requests, goal: goal, watch: watch, kind: kind, ground: ground?.watch(watch.name),
      tools: tools)
  }

  private func compared(_ requests: PlannedRequests, _ course: JournalEntry.Course, _ watch: Watch) -> ComparedAttributes {
    switch requests.use.name {
    case .created: course == .remedy ? .all : .only([])
    case .updated, .disable: RemedyExecution(watch: watch).written(by: requests)
    case .deleted: .only([])
    }
  }

  /// What looked so already when the plan was made.
  private func old(_ observation: Observation?, like end: Expectation) async throws(Failure) -> Set<ResourceAddress> {
    guard let observation else { return [] }
    var stream = ChunkStream(observation) { [tools] digest async throws(Failure) in try await tools.store.chunk(digest) }
    var addresses: Set<ResourceAddress> = []
    while let line = try await stream.next() {
      let resource = try stream.resource(of: line)
      if end.holds(for: resource) == true { addresses.insert(resource.address) }
    }
    return addresses
  }

  /// The names of what requests need from a person.
  func asks(of requests: PlannedRequests) -> [Text] {
    watches[requests.use.resource.address.watch].map { RemedyExecution(watch: $0).asks(of: requests) } ?? []
  }

  /// Puts a flag's patch on the branch of the plan, once.
  ///
  /// - Parameter round: How often it was taken back before.
  func propose(
    _ patch: PlannedPatch, of step: Step, _ key: Text, round: Int, agree: () async -> Agreement
  ) async throws(Failure) -> StepOutcome {
    try await propose(patch, of: step, .remedy, title: step.title, key, round: round, agree: agree)
  }

  func propose(
    _ patch: PlannedPatch, of step: Step, _ course: JournalEntry.Course, title: Text, _ key: Text, round: Int,
    agree: () async -> Agreement
  ) async throws(Failure) -> StepOutcome {
    let branch = Self.branch(of: key, step.address.watch)
    // A commit of an earlier plan, or one that was taken back, is not this one.
    let look = key.string.drop { $0 != "@" }.dropFirst()
    let mark = Text("\(step.id) \(look)" + (round > 0 ? " round \(round + 1)" : "") + (course == .undo ? " undo" : ""))
    func note(_ event: JournalEntry.Event) async throws(Failure) {
      try await tools.store.write(JournalEntry(plan: key, step: step.id, course: course, event: event, at: tools.clock.now()))
    }
    do throws(Failure) {
      if let there = try await tools.branches.commit(marked: mark, on: branch, in: patch.repository) {
        try await note(.proposed(commit: there.id, branch: there.branch))
        return .proposed(there)
      }
    } catch {
      return .failed(error.diagnostics.first)
    }
    if case .no(let outcome) = await agree() { return outcome }
    try await note(.intended(part: 0))
    let commit: BranchCommit
    do throws(Failure) {
      commit = try await tools.branches.write(patch, title: title, mark: mark, on: branch)
    } catch {
      try await note(.refused(part: 0, because: error.diagnostics.first.sentence))
      return .failed(error.diagnostics.first)
    }
    try await note(.proposed(commit: commit.id, branch: commit.branch))
    return .proposed(commit)
  }

  /// `audit-residue/2026-11-23-1`; what a plan's name holds fits a branch's. Each target of a watch has one of its own, such as
  /// `audit-residue/2026-11-23-1@release-1.2`: two references of one repository may have nothing in common.
  static func branch(of key: Text, _ watch: Text) -> Text {
    let plan = "audit-residue/" + key.string.prefix { $0 != "@" }
    guard let target = WatchTarget.target(of: watch) else { return Text(plan) }
    let fit = Self.fitForBranch(target.string)
    // What two targets have in common after that is told apart.
    return Text("\(plan)@\(fit)" + (Text(fit) == target ? "" : "-" + Digest(of: Array(target.string.utf8)).description.prefix(8)))
  }

  /// A text as a part of a reference's name may be (git-check-ref-format(1)); no branch can lie below another one.
  private static func fitForBranch(_ part: String) -> String {
    var fit = String(
      String.UnicodeScalarView(
        part.unicodeScalars.map {
          $0.properties.isAlphabetic || $0.properties.numericType != nil || "-_.+@".unicodeScalars.contains($0) ? $0 : "-"
        }))
    fit.replace("..", with: "--")
    if fit.hasPrefix(".") { fit = "-" + fit.dropFirst() }
    return fit.hasSuffix(".") || fit.hasSuffix(".lock") ? fit + "-" : fit
  }
}

/// Why nothing of a step can be read.
struct UnreadableStep: Error {
  let reasons: NonEmpty<Diagnostic>
  init(reasons: NonEmpty<Diagnostic>) { self.reasons = reasons }
  init(_ rule: Text, _ sentence: String, _ advice: String) { reasons = NonEmpty(Diagnostic(rule, sentence, advice: advice)) }
}

extension Step {
  /// Whether reading again can tell that it is done.
  public var showsWhenDone: Bool {
    guard let check, !isAnsweredFor else { return false }
    if check == .absent || precondition == .absent { return check != precondition }
    return check != .present([:]) && check != precondition
  }

  /// Whether the service's answer is all the evidence that there is.
  var isAnsweredFor: Bool { check == .answered }

  /// Whether its requests put a thing where they say, so that it can't come to be under another id.
  var isMadeUnderItsID: Bool {
    guard case .requests(let requests) = remedy else { return false }
    return requests.areUnderTheirID
  }

  /// What has to be so before one of its ways, and after it; nil where it has nothing to reach.
  func ends(of course: JournalEntry.Course, _ kind: KindManifest) -> (start: Expectation, end: Expectation)? {
    guard let check else { return nil }
    switch course {
    case .remedy: return (precondition, check)
    case .milder:
      guard case .condition(let done)? = kind.remedies.disable?.done else { return nil }
      return Expectation(done).map { (precondition, $0) }
    case .undo: return (check, precondition.without(risk.lost))
    }
  }
}
