internal import Documents

/// What became of a plan's steps as JSON, version 1: see docs/exit-statuses-and-json.md. Fields may be added, never renamed or removed.
public struct StepReportJSON {
  private let reports: StepReports

  public init(_ reports: StepReports) { self.reports = reports }

  /// UTF-8, a line feed at the end; the same bytes for the same report.
  public func json() -> String { String(decoding: JSONWriter(.pretty).write(document), as: UTF8.self) + "\n" }

  private var document: Document {
    JSONFields.object([
      ("version", .count(1)), ("work", .text(Text(reports.work.rawValue))), ("plan", .text(reports.plan.name)),
      ("upgrade", .optional(reports.plan.upgrade)), ("dryRun", .boolean(reports.isDryRun)), ("done", .boolean(reports.isDone)),
      ("complete", .boolean(reports.isComplete)), ("steps", .list(reports.reports.map(step))),
      ("blindSpots", .list((reports.gaps + reports.plan.blindSpots).map(BlindSpotFields.document))),
      ("unseen", .texts(reports.plan.unseen)),
    ])
  }

  private func step(_ report: StepReport) -> Document {
    let step = report.step
    return JSONFields.object(
      [
        ("number", .count(step.number)), ("id", .text(step.id)), ("watch", .text(step.address.watch)), ("kind", .text(step.address.kind)),
        ("resource", .text(step.address.id)), ("name", .text(step.name)), ("title", .text(step.title)),
        ("outcome", .text(report.outcome.word)),
      ] + more(report.outcome))
  }

  private func more(_ outcome: StepOutcome) -> [(String, Document?)] {
    switch outcome {
    case .done(let made): [("made", made.map { .text($0.id) })]
    case .proposed(let commit): [("commit", .text(commit.id)), ("branch", .text(commit.branch)), ("repository", .text(commit.repository))]
    case .waits(let steps): [("waitsFor", .list(steps.all.map { .count($0) }))]
    case .left(let diagnostic), .refused(let diagnostic), .failed(let diagnostic):
      [("because", .list([DiagnosticFields.document(diagnostic)]))]
    case .unknown(let reasons): [("because", .list(reasons.all.map { DiagnosticFields.document($0) }))]
    case .already, .settled, .ready, .byHand, .forGood: []
    }
  }
}
