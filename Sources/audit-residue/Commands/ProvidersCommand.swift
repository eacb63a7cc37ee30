import ArgumentParser

/// `audit-residue providers`: the catalogue.
struct ProvidersCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "providers", abstract: "What audit-residue knows how to look at.",
    subcommands: [ProvidersListCommand.self, ProvidersShowCommand.self, ProvidersTestCommand.self, ProvidersSchemaCommand.self])
}
