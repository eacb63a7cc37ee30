import ArgumentParser
import SideEffects

/// `audit-residue providers show NAME`: a provider's manifest as it is.
struct ProvidersShowCommand: SessionCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Print a provider's manifest.", discussion: HelpText.statuses(.plain))

  @Argument(help: "The provider's name.") var name: String
  @OptionGroup var options: GlobalOptions

  func run(in session: Session) async throws(Stop) -> ExitStatus.Code {
    let provider = try await ExitStatus.usage.unless(try CatalogOfSession.catalog(session).provider(Text(name)))
    try session.console.report(provider.text)
    return ExitStatus.clean.rawValue
  }
}
