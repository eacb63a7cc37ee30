import ArgumentParser

/// The options of commands that print a report.
struct ReportOptions: ParsableArguments, Sendable {
  enum Format: String, CaseIterable, ExpressibleByArgument, Sendable {
    case text, json, markdown, html, sarif
  }

  @Option(help: "The report's form: text, json, markdown, html or sarif.")
  var format: Format = .text

  @Option(name: .customShort("o"), help: ArgumentHelp("Write the report to this file.", valueName: "file"), completion: .file())
  var output: String?
}

/// The options of the command that prints a plan.
struct PlanOptions: ParsableArguments, Sendable {
  enum Format: String, CaseIterable, ExpressibleByArgument, Sendable {
    case text, json, markdown, html
  }

  @Option(help: "The plan's form: text, json, markdown or html.")
  var format: Format = .text

  @Option(name: .customShort("o"), help: ArgumentHelp("Write the plan to this file.", valueName: "file"), completion: .file())
  var output: String?

  @Option(
    help: ArgumentHelp("Write the patch of each step that has one into this folder, as NUMBER-NAME.patch.", valueName: "folder"),
    completion: .directory)
  var patches: String?
}

/// For those who only want the report.
struct ExitOptions: ParsableArguments, Sendable {
  @Flag(name: .customLong("exit-zero"), help: "End with 0 whatever was found; failures keep their status.")
  var isZero = false
}
