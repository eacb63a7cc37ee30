import ArgumentParser

/// `audit-residue config`: the configuration's format.
struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config", abstract: "About the configuration, audit-residue.yaml.", subcommands: [ConfigSchemaCommand.self])
}
