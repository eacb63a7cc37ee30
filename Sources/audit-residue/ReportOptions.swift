import ArgumentParser

/// The options of commands that print a report.
struct ReportOptions: ParsableArguments, Sendable {
  enum Format: String, CaseIterable, ExpressibleByArgument, Sendable {
    case text, json, markdown, html
  }

  @Option(help: "The report's form: text, json, markdown or html.")
  var format: Format = .text

  @Option(name: .customShort("o"), help: ArgumentHelp("Write the report to this file.", valueName: "file"), completion: .file())
  var output: String?
}

/// For those who only want the report.
struct ExitOptions: ParsableArguments, Sendable {
  @Flag(name: .customLong("exit-zero"), help: "End with 0 whatever was found; failures keep their status.")
  var isZero = false
}
