import ArgumentParser
import SideEffects

/// `audit-residue apply [PLAN]`: carries out a plan that somebody has read, step by step.
struct ApplyCommand: SessionCommand {
  static let configuration = CommandConfiguration(
    commandName: "apply", abstract: "Carry out a plan: ask, read again, send, and read whether it is done.",
    discussion: """
      Each resource is read again first, and left alone where it is no longer as the plan saw it. At a terminal each step is shown and \
      asked for; in a pipe nothing is done without --yes, and nothing that can't be put back without --accept-risk. What is about to be \
      sent is written down before it is sent, so that apply can be killed at any moment and run again: it neither repeats nor skips. \
      Flags become commits on a branch of their own, audit-residue/PLAN; what is checked out is not touched.
      """)
  static let family = ExitStatus.Family.findings

  @Argument(help: "The plan: its name or a file with its JSON; the newest, if left out.", completion: .file(extensions: ["json"]))
  var plan: String?

  @Flag(name: .customLong("dry-run"), help: "Read everything again, say what would be done, and do nothing.") var isDryRun = false
  @Flag(name: .customLong("yes"), help: "Don't ask for steps that can be put back.") var isYes = false
  @Flag(name: .customLong("accept-risk"), help: "With --yes, don't ask for steps either of which something does not come back.")
  var acceptsRisk = false
  @Option(
    name: .customLong("step"), parsing: .upToNextOption, help: ArgumentHelp("Only these steps, by their numbers.", valueName: "number"))
  var numbers: [Int] = []
  @Flag(name: .customLong("out-of-order"), help: "Carry out steps though others that come before them are not done.") var isOutOfOrder =
    false
  @Flag(name: .customLong("undo"), help: "Take back what this plan's apply has done, the last step first.") var isUndo = false
  @Option(help: ArgumentHelp("How old what the plan saw may be, such as 2h; the configuration's `limits`, if left out.", valueName: "time"))
  var maxAge: Wait?
  @Option(
    name: .customLong("allow-deletions"), parsing: .upToNextOption,
    help: ArgumentHelp("That so many deletions in a watch are right, though they are more than the limit.", valueName: "watch=n"))
  var allowed: [AllowedDeletions] = []
  @Option(
    name: .customLong("ask"), parsing: .upToNextOption,
    help: ArgumentHelp(
      "Where a secret comes from that a step asks for: NAME=env:VARIABLE or NAME=file:PATH, STEP.NAME for one step.",
      valueName: "name=source"))
  var asked: [AskedSecret] = []

  @OptionGroup var report: StepReportOptions
  @OptionGroup var exit: ExitOptions
  @OptionGroup var options: GlobalOptions

  func validate() throws {
    if acceptsRisk, !isYes { throw ValidationError("--accept-risk says how far --yes goes: give both.") }
    if isDryRun, isYes { throw ValidationError("--dry-run does nothing, and --yes asks for doing: give one of them.") }
    if isUndo, isOutOfOrder { throw ValidationError("--out-of-order has no meaning with --undo.") }
  }

  func run(in session: Session) async throws(Stop) -> ExitStatus.Code {
    let (workspace, store) = try await StoreDesk.open(session)
    let lock = try await ExitStatus.failure.unless(try await store.lockJournal())
    let desk = PlanDesk(session: session, workspace: workspace, store: store)
    let found = try await ExitStatus.usage.unless(try await desk.find(plan))
    let numbers = try await ExitStatus.usage.unless(try chosen(of: found.plan, session, workspace))
    let fingerprinter = Fingerprinter(key: try await ExitStatus.failure.unless(try await store.fingerprintKey()))
    let engines = Composition.Engines(environment: session.environment, patience: session.options.timeout?.duration)
    defer { engines.close() }
    let bench = try await ExitStatus.failure.unless(try await desk.bench(found, engines))
    let consent = TerminalConsent(
      session: session, isDryRun: isDryRun, isYes: isYes, acceptsRisk: acceptsRisk, asked: asked, folder: session.folder)
    let work: StepReports.Work = isUndo ? .undo : .apply
    let tell: @Sendable (StepReport) async -> Void = { session.console.note(StepReportText.line($0, work)) }
    let (result, signal) = await session.hub.cancelledByInterrupt(announce: Self.announce(session)) { [self] in
      await outcome(found, bench, numbers, limits(workspace), consent, fingerprinter, tell)
    }
    await lock.unlock()
    let reports = StepReports(
      work: work, plan: found.plan, reports: try Self.reports(result), isDryRun: isDryRun)
    try ReportWriter.put(reports, session: session, options: report)
    return signal.map { 128 + $0 } ?? ExitStatus.of(reports, exit).rawValue
  }

  private func outcome(
    _ found: PlanDesk.Found, _ bench: StepBench, _ numbers: Set<Int>?, _ limits: ApplyLimits, _ consent: TerminalConsent,
    _ fingerprinter: Fingerprinter, _ tell: @Sendable (StepReport) async -> Void
  ) async -> Result<[StepReport], Failure> {
    do throws(Failure) {
      if isUndo {
        return .success(
          try await PlanUndo(plan: found.plan, kept: found.kept, bench: bench, numbers: numbers, consent: consent).carryOut(tell: tell))
      }
      let run = PlanRun(
        plan: found.plan, kept: found.kept, bench: bench, choice: .init(numbers: numbers, isOutOfOrder: isOutOfOrder), limits: limits,
        consent: consent, fingerprinter: fingerprinter)
      return .success(try await run.carryOut(tell: tell))
    } catch {
      return .failure(error)
    }
  }

  /// A limit that refused, or the tool that failed.
  private static func reports(_ result: Result<[StepReport], Failure>) throws(Stop) -> [StepReport] {
    do throws(Failure) { return try result.get() } catch {
      throw Stop(error, error.diagnostics.first.rule == "too-old" ? .refused : .failure)
    }
  }

  private func limits(_ workspace: Workspace) -> ApplyLimits {
    let declared = workspace.configuration.limits
    return ApplyLimits(
      age: maxAge.map { Int($0.duration.components.seconds) } ?? declared.age, share: declared.deletions,
      allowed: Dictionary(allowed.map { ($0.watch, $0.count) }, uniquingKeysWith: { _, last in last }))
  }

  /// The numbers that `--step` and `--watch` leave; nil for all.
  private func chosen(of plan: Plan, _ session: Session, _ workspace: Workspace) throws(Failure) -> Set<Int>? {
    _ = try workspace.watches(named: session.options.watches)
    let known = Set(plan.steps.map(\.number))
    if let unknown = numbers.first(where: { !known.contains($0) }) {
      throw Failure(
        "unknown-step", "the plan has no step \(unknown)", advice: known.isEmpty ? "It has none." : "It has the steps 1 to \(known.count).")
    }
    let watches = Set(session.options.watches.map { Text($0) })
    guard !numbers.isEmpty || !watches.isEmpty else { return nil }
    return Set(
      plan.steps.filter { step in
        (numbers.isEmpty || numbers.contains(step.number)) && (watches.isEmpty || WatchTarget.isNamed(step.address.watch, by: watches))
      }.map(\.number))
  }

  private static func announce(_ session: Session) -> @Sendable (Int32) -> Void {
    { _ in
      session.console.note("stopping after what is under way; what was done is written down. Once more within 2 seconds to end at once")
    }
  }
}

extension ExitStatus {
  /// The status of a command that worked on a plan's steps.
  static func of(_ reports: StepReports, _ options: ExitOptions) -> ExitStatus {
    if reports.isRefused { return .refused }
    if options.isZero { return .clean }
    switch reports.work {
    case .undo: return reports.isDone ? .clean : .residue
    case .apply, .verify:
      // What nobody could tell is no residue, and no sign of its absence.
      guard reports.reports.allSatisfy({ $0.outcome.isDone || !$0.outcome.isTold }) else { return .residue }
      return reports.isDone && reports.isComplete ? .clean : .blindSpots
    }
  }
}
