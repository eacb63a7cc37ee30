import ArgumentParser

/// The options of commands that print a list.
struct ListOptions: ParsableArguments, Sendable {
  enum Format: String, CaseIterable, ExpressibleByArgument, Sendable {
    case text, json
  }

  @Option(help: "The list's form: text or json.")
  var format: Format = .text
}
