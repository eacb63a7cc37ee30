import ArgumentParser
import SideEffects

/// `audit-residue providers list`: the providers by name.
struct ProvidersListCommand: SessionCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the providers: those that came with the program and the configuration's own.",
    discussion: HelpText.statuses(.plain))

  @OptionGroup var options: GlobalOptions

  func run(in session: Session) async throws(Stop) -> ExitStatus.Code {
    let catalog = try await ExitStatus.usage.unless(try CatalogOfSession.catalog(session))
    var rows: [[String]] = []
    for entry in catalog.entries {
      let provider = try await ExitStatus.usage.unless(try catalog.provider(entry.name))
      let kinds = provider.manifest.kinds.map(\.name.string).joined(separator: ", ")
      rows.append([entry.name.string, provider.manifest.title.string, kinds, entry.isBuiltIn ? "" : entry.file.string])
    }
    try session.console.report(TableText.lines(rows))
    return ExitStatus.clean.rawValue
  }
}
