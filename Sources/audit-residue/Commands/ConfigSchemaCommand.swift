import ArgumentParser
import Documents
import SideEffects

/// `audit-residue config schema`: the configuration's keys, for editors.
struct ConfigSchemaCommand: SessionCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "Print the JSON Schema of audit-residue.yaml, for editors.", discussion: HelpText.statuses(.plain))

  @OptionGroup var options: GlobalOptions

  func run(in session: Session) async throws(Stop) -> ExitStatus.Code {
    let schema = JSONSchema.schema(for: Configuration.keys, title: "audit-residue.yaml")
    try session.console.report(String(decoding: JSONWriter(.pretty).write(schema), as: UTF8.self) + "\n")
    return ExitStatus.clean.rawValue
  }
}
