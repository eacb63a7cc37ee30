import ArgumentParser

/// `audit-residue`: the commands.
struct AuditResidue: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit-residue",
    abstract: "What an upgrade changes outside of what a restore puts back: flags, webhooks, credentials.",
    version: Self.version,
    subcommands: [
      InitCommand.self, CheckCommand.self, SnapshotCommand.self, RunCommand.self, BeginCommand.self, EndCommand.self, DiffCommand.self,
      AuditCommand.self, PlanCommand.self, ApplyCommand.self, VerifyCommand.self, ListCommand.self, ShowCommand.self, ForgetCommand.self,
      ImportCommand.self,
      ProvidersCommand.self,
      ConfigCommand.self,
    ])

  static let version = "0.1.0"
}
