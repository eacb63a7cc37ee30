import ArgumentParser
import SideEffects

/// `audit-residue providers test DIR`: a provider over its own fixtures.
struct ProvidersTestCommand: SessionCommand {
  static let configuration = CommandConfiguration(
    commandName: "test", abstract: "Read a provider's folder and run it over its fixtures, without a socket.",
    discussion: """
      DIR holds provider.yaml and fixtures/: before.json and after.json with recorded exchanges, or folders before and after with a \
      repository's files. What changed is compared with fixtures/changes.json and the plan for it with fixtures/plan.json; where one is missing it is \
      recorded, and the test fails that once: look at it. Answers are also cut, refused and lost one by one: none of it may make a list look whole.
      """)
  static let family = ExitStatus.Family.plain

  @Argument(help: ArgumentHelp("The provider's folder.", valueName: "dir")) var folder: String
  @Flag(name: .customLong("record"), help: "Record what came out as what is expected from now on.") var isRecording = false
  @Option(help: "In how many places each recorded answer is cut.") var cuts = 24
  @OptionGroup var options: GlobalOptions

  func run(in session: Session) async throws(Stop) -> ExitStatus.Code {
    let path = FileSystem.path(folder, from: session.folder)
    let provider = try await ExitStatus.usage.unless(try Self.provider(at: path))
    let fixtures = FixturesFolder(path: path + "/fixtures")
    let trial = ProviderTrial(provider: provider, fixtures: try await ExitStatus.usage.unless(try fixtures.read()))
    let outcome = try await ExitStatus.usage.unless(try await trial.run())
    if !session.options.isQuiet {
      try session.console.report("\(provider.name)   \(provider.manifest.title)\n\n" + TrialText(outcome).text())
    }
    var problems = Self.problems(of: outcome)
    for (name, text) in [("changes.json", outcome.changesJSON), ("plan.json", outcome.planJSON)] {
      problems += try await ExitStatus.failure.unless(try compare(text, with: name, in: fixtures))
    }
    problems += try await ExitStatus.failure.unless(try await Self.falseClaims(trial, session, cuts: cuts))
    for problem in problems { session.console.tell(problem, .error) }
    return (problems.isEmpty ? ExitStatus.clean : .failure).rawValue
  }

  private static func provider(at path: String) throws(Failure) -> Provider {
    let entry = try ProviderFolders.entry(at: path)
    return try ManifestReader.read(entry.text, name: entry.name, file: entry.file)
  }

  /// What good fixtures show: everything read, something left behind, and something that is no residue.
  private static func problems(of outcome: ProviderTrial.Outcome) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    for snapshot in [outcome.before, outcome.after] {
      for observation in snapshot.observations {
        problems += observation.completeness.gaps.map { gap in
          let scope = gap.scope.label.isEmpty ? "" : " in \(gap.scope.label)"
          return Diagnostic(
            gap.because.rule, "\(snapshot.name): \(observation.kind)\(scope): \(gap.because.sentence)", advice: gap.because.advice.string,
            place: gap.because.place)
        }
      }
    }
    if outcome.audit.residue.isEmpty {
      problems.append(Diagnostic("no-residue", "the fixtures show no residue", advice: "Let the upgrade in them leave something behind."))
    }
    if outcome.harmless.isEmpty {
      problems.append(
        Diagnostic(
          "no-harmless-change", "the fixtures show nothing that differs and is no residue",
          advice: "Let something volatile move, or something that is expected."))
    }
    return problems
  }

  /// Why what came out is not what is expected; nothing where it is.
  private func compare(_ actual: String, with name: String, in fixtures: FixturesFolder) throws(Failure) -> [Diagnostic] {
    let place = Diagnostic.Place.file(Text("\(fixtures.path)/\(name)"), line: 0, column: 0)
    if isRecording {
      try fixtures.record(actual, as: name)
      return []
    }
    guard let expected = try fixtures.expected(name) else {
      try fixtures.record(actual, as: name)
      return [
        Diagnostic(
          "recorded", "what came out was recorded as what is expected", advice: "Look at it, and run the test again.", place: place)
      ]
    }
    guard expected != Array(actual.utf8) else { return [] }
    let lines = LineDifference.lines(expected: expected, actual: Array(actual.utf8)).joined(separator: "; ")
    return [
      Diagnostic(
        "unexpected-result", "something else came out than is expected: \(lines)",
        advice: "Correct the manifest, or record it with --record.", place: place)
    ]
  }

  private static func falseClaims(_ trial: ProviderTrial, _ session: Session, cuts: Int) async throws(Failure) -> [Diagnostic] {
    guard case .exchanges(let before, let after) = trial.fixtures else { return [] }
    let name = trial.provider.name.string
    var claims: [String] = []
    for (recording, side) in [(before, "before"), (after, "after")] {
      session.progress.update(name, "damaging \(side).json")
      claims += try await trial.falseClaims(of: recording, cuts: max(1, cuts)).map { "\(side): \($0)" }
    }
    session.progress.finish(name)
    return claims.map { Diagnostic("false-claim", $0, advice: "Add what proves a good answer: `ok`, `total`, or a closer `empty`.") }
  }
}
