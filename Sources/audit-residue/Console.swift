import Glibc
import SideEffects

/// Where a command's words go: the report to standard output, all else to standard error.
struct Console: Sendable {
  /// Whether reports on standard output are coloured.
  let isColored: Bool
  let isVerbose: Bool
  let isQuiet: Bool
  /// Whether there is a person to ask.
  let isInteractive: Bool

  /// Whether questions on standard error are coloured.
  let isColoredOnError: Bool

  private let diagnostics: DiagnosticText
  private let progress: Progress

  init(options: GlobalOptions, environment: [String: String], progress: Progress) {
    let output = Terminal(descriptor: STDOUT_FILENO, environment: environment)
    let error = Terminal(descriptor: STDERR_FILENO, environment: environment)
    isColored = output.isColored(options.color)
    isVerbose = options.isVerbose
    isQuiet = options.isQuiet
    isInteractive = error.isTerminal && isatty(STDIN_FILENO) == 1
    isColoredOnError = error.isColored(options.color)
    diagnostics = DiagnosticText(isColored: isColoredOnError, isVerbose: options.isVerbose)
    self.progress = progress
  }

  /// Writes a report.
  func report(_ text: String) throws(Stop) {
    do throws(StandardStream.WriteError) {
      try StandardStream.output.write(text)
    } catch {
      throw Stop(
        "unwritable-output", "standard output can't be written: \(String(cString: strerror(error.code)))", advice: "see where it leads to",
        .failure)
    }
  }

  /// Says why something was not done; of what is no error, nothing where the user wants quiet.
  func tell(_ failure: Failure, _ severity: DiagnosticText.Severity = .error) {
    for diagnostic in failure.diagnostics.all { tell(diagnostic, severity) }
  }

  func tell(_ diagnostic: Diagnostic, _ severity: DiagnosticText.Severity) {
    if severity == .error || !isQuiet { say(diagnostics.line(diagnostic, severity) + "\n") }
  }

  /// Says what is good to know, unless the user wants quiet.
  func note(_ sentence: String) {
    if !isQuiet { say("audit-residue: \(DisplayText.terminal(Text(sentence)))\n") }
  }

  /// Says what only those want to know who ask for more.
  func detail(_ sentence: String) {
    if isVerbose { say("audit-residue: \(DisplayText.terminal(Text(sentence)))\n") }
  }

  /// Asks at the terminal; only `y` and `yes` are a yes.
  func confirm(_ question: String) -> Bool {
    ["y", "yes"].contains(ask("\(question) [y/N] ").lowercased())
  }

  /// Asks at the terminal for a line; empty where the input ends.
  func ask(_ question: String) -> String { askForLine(question) ?? "" }

  /// The same; nil where the input ends.
  func askForLine(_ question: String) -> String? {
    say(question)
    return readLine().map { $0.trimmingPrefix { $0 == " " }.description }
  }

  /// Asks for a line that the terminal does not show; nil where nothing is typed.
  func askSecretly(_ question: String) -> Secret? {
    say(question)
    let modes = TerminalModes(hidingInput: ())
    defer {
      modes?.restore()
      say("\n")
    }
    guard modes != nil, let typed = readLine(), !typed.isEmpty else { return nil }
    return Secret(typed)
  }

  /// Shows a step that a person is asked about.
  func tell(_ step: Step, _ style: Style) { say("\n" + StepText(style: style).block(step) + "\n") }

  /// Says something that belongs to a question.
  func say(_ text: String) {
    // Standard error is the last place to complain at: where it is closed, nobody is listening.
    try? progress.write(text)
  }
}
