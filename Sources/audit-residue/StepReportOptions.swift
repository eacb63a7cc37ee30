import ArgumentParser

/// The options of commands that say what became of a plan's steps.
struct StepReportOptions: ParsableArguments, Sendable {
  enum Format: String, CaseIterable, ExpressibleByArgument, Sendable {
    case text, json, markdown
  }

  @Option(help: "The report's form: text, json or markdown.")
  var format: Format = .text

  @Option(name: .customShort("o"), help: ArgumentHelp("Write the report to this file.", valueName: "file"), completion: .file())
  var output: String?
}
