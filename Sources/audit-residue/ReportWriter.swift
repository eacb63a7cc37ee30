import SideEffects

/// Puts reports where the user wants them: on standard output, or into a file.
struct ReportWriter: Sendable {
  let session: Session
  let options: ReportOptions

  /// - Parameter next: Where a person goes on; nil leaves that line out.
  func write(_ audit: Audit, next: Text? = nil) throws(Stop) {
    switch options.format {
    case .text: try put(TextReport(audit, style: Self.style(session, output: options.output), next: next).text())
    case .json: try put(JSONReport(audit).json())
    case .markdown: try put(MarkdownReport(audit, next: next).markdown())
    case .html: try put(HTMLReport(audit, next: next).html())
    case .sarif: try put(SARIFReport(audit, version: Text(AuditResidue.version)).json())
    }
  }

  /// - Parameter picture: Of what it was made of, for a page.
  static func put(_ plan: Plan, picture: UpgradePicture, session: Session, options: PlanOptions) throws(Stop) {
    let style = style(session, output: options.output)
    let text =
      switch options.format {
      case .text: PlanText(plan, style: style).text()
      case .json: PlanReport(plan).json()
      case .markdown: PlanMarkdown(plan).text()
      case .html: HTMLPlan(plan, picture: picture).html()
      }
    if let folder = options.patches { try put(PatchFile.of(plan), in: folder, session) }
    try put(text, to: options.output, session)
  }

  private static func put(_ files: [PatchFile], in folder: String, _ session: Session) throws(Stop) {
    let folder = FileSystem.path(folder, from: session.folder)
    do throws(FileSystem.Problem) {
      try FileSystem.makeFolder(folder)
      for file in files { try FileSystem.write(Array(file.text.string.utf8), to: "\(folder)/\(file.name)", mode: 0o644) }
    } catch {
      throw Stop(
        "unwritable-output", "the patches can't be written to \(folder): \(error.words)", advice: "Name another folder with --patches.",
        .failure)
    }
  }

  /// What became of a plan's steps.
  static func put(_ reports: StepReports, session: Session, options: StepReportOptions) throws(Stop) {
    let style = style(session, output: options.output)
    let text =
      switch options.format {
      case .text: StepReportText(reports, style: style).text()
      case .json: StepReportJSON(reports).json()
      case .markdown: StepReportMarkdown(reports).markdown()
      }
    try put(text, to: options.output, session)
  }

  func put(_ text: String) throws(Stop) { try Self.put(text, to: options.output, session) }

  private static func put(_ text: String, to output: String?, _ session: Session) throws(Stop) {
    guard let output, output != "-" else {
      if output != nil || !session.options.isQuiet { try session.console.report(text) }
      return
    }
    let path = FileSystem.path(output, from: session.folder)
    do throws(FileSystem.Problem) {
      try FileSystem.write(Array(text.utf8), to: path, mode: 0o644)
    } catch {
      throw Stop(
        "unwritable-output", "the report can't be written to \(path): \(error.words)", advice: "Name another file with -o.", .failure)
    }
  }

  /// A file is no terminal, whatever standard output is.
  private static func style(_ session: Session, output: String?) -> Style {
    session.console.isColored && (output ?? "-") == "-" ? .coloured : .plain
  }
}

extension ExitStatus {
  /// The status of a command that found this.
  static func of(_ audit: Audit, _ options: ExitOptions) -> ExitStatus {
    if options.isZero { return .clean }
    if !audit.residue.isEmpty || !audit.stale.isEmpty { return .residue }
    return audit.isComplete ? .clean : .blindSpots
  }
}
