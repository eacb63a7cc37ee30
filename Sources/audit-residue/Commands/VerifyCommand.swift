import ArgumentParser
import SideEffects

/// `audit-residue verify [PLAN]`: which steps of a plan are done, read from the services themselves.
struct VerifyCommand: SessionCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Say which steps of a plan are done, read from the services themselves.",
    discussion: """
      It does not matter how they were done: by apply, by hand, by somebody else. Nothing is changed. It ends with 0 only where every step \
      is done and all could be looked at. What no reading can tell, such as what became of a lost secret, a person says with --settled.
      """)
  static let family = ExitStatus.Family.findings

  @Argument(help: "The plan: its name or a file with its JSON; the newest, if left out.", completion: .file(extensions: ["json"]))
  var plan: String?

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("That these steps are settled, where no reading can tell; it is kept with the plan.", valueName: "number"))
  var settled: [Int] = []

  @OptionGroup var report: StepReportOptions
  @OptionGroup var exit: ExitOptions
  @OptionGroup var options: GlobalOptions

  func run(in session: Session) async throws(Stop) -> ExitStatus.Code {
    let (workspace, store) = try await StoreDesk.open(session)
    let desk = PlanDesk(session: session, workspace: workspace, store: store)
    let found = try await ExitStatus.usage.unless(try await desk.find(plan))
    try await ExitStatus.usage.unless(try await settle(found.plan, store, session))
    let engines = Composition.Engines(environment: session.environment, patience: session.options.timeout?.duration)
    defer { engines.close() }
    let check = PlanCheck(plan: found.plan, bench: try await ExitStatus.failure.unless(try await desk.bench(found, engines)))
    let (result, signal) = await session.hub.cancelledByInterrupt { _ in
    } _: {
      await session.progress.shown { () async -> Result<PlanCheck.Result, Failure> in
        do throws(Failure) { return .success(try await check.check()) } catch { return .failure(error) }
      }
    }
    let checked = try await ExitStatus.failure.unless(try result.get())
    let reports = StepReports(work: .verify, plan: found.plan, reports: checked.reports, gaps: checked.gaps)
    try ReportWriter.put(reports, session: session, options: report)
    return signal.map { 128 + $0 } ?? ExitStatus.of(reports, exit).rawValue
  }

  /// Writes down what a person says; of what reading can tell nobody's word is taken.
  private func settle(_ plan: Plan, _ store: any SnapshotStore, _ session: Session) async throws(Failure) {
    guard !settled.isEmpty else { return }
    let lock = try await store.lockJournal()
    var entries: [JournalEntry] = []
    for number in settled {
      guard let step = plan.steps.first(where: { $0.number == number }) else {
        throw Failure("unknown-step", "the plan has no step \(number)", advice: "It has \(plan.steps.count).")
      }
      guard !step.showsWhenDone else {
        throw Failure(
          "read-instead", "whether step \(number) is done can be read, so nobody's word is taken for it",
          advice: "Leave it out: `verify` reads it.")
      }
      entries.append(JournalEntry(plan: plan.journalKey, step: step.id, course: .remedy, event: .settled, at: session.now))
    }
    for entry in entries { try await store.write(entry) }
    await lock.unlock()
  }
}
