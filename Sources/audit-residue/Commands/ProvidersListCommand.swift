import ArgumentParser
import SideEffects

/// `audit-residue providers list`: the providers by name.
struct ProvidersListCommand: SessionCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the providers: those that came with the program and the configuration's own.")

  static let family = ExitStatus.Family.plain

  @OptionGroup var options: GlobalOptions

  func run(in session: Session) async throws(Stop) -> ExitStatus.Code {
    let catalog = try await ExitStatus.usage.unless(try CatalogOfSession.catalog(session))
    var rows: [[String]] = []
    var status = ExitStatus.clean
    for entry in catalog.entries {
      do throws(Failure) {
        let manifest = try catalog.provider(entry.name).manifest
        let kinds = manifest.kinds.map { $0.name.string }.joined(separator: ", ")
        rows.append([entry.name.string, manifest.title.string, kinds, entry.isBuiltIn ? "" : entry.file.string])
      } catch {
        session.console.tell(error)
        status = .usage
      }
    }
    try session.console.report(TableText.lines(rows))
    return status.rawValue
  }
}
