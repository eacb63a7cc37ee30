import ArgumentParser
import Documents
import SideEffects

/// `audit-residue providers schema`: the language of manifests, for editors.
struct ProvidersSchemaCommand: SessionCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "Print the JSON Schema of provider.yaml, for editors.", discussion: HelpText.statuses(.plain))

  @OptionGroup var options: GlobalOptions

  func run(in session: Session) async throws(Stop) -> ExitStatus.Code {
    let schema = JSONSchema.schema(for: ManifestTables.top, title: "A provider of audit-residue")
    try session.console.report(String(decoding: JSONWriter(.pretty).write(schema), as: UTF8.self) + "\n")
    return ExitStatus.clean.rawValue
  }
}
