/// What became of a plan's steps, as a Markdown task list whose boxes are ticked where a step is done.
public struct StepReportMarkdown {
  private let reports: StepReports

  public init(_ reports: StepReports) { self.reports = reports }

  /// The whole report, a line feed at its end.
  public func markdown() -> String {
    var blocks = [
      "# \(MarkdownText.words(RemedyPlanner.capitalized(StepReportWords.title(reports))))",
      MarkdownText.words(StepReportWords.summary(reports)),
    ]
    let steps = reports.reports.map { report in
      let box = report.outcome.isDone ? "[x]" : "[ ]"
      let state = MarkdownText.words(StepReportWords.state(report.outcome, reports.work))
      let head =
        "- \(box) **\(report.step.number).** \(MarkdownText.words(ValueText.withShortFingerprints(report.step.title.string))): \(state)"
      return ([head] + StepReportWords.details(report, reports.work).map { "  \(MarkdownText.words(ValueText.withShortFingerprints($0)))" })
        .joined(
          separator: "\n")
    }
    if !steps.isEmpty { blocks.append(steps.joined(separator: "\n")) }
    let open = reports.gaps + reports.plan.openBlindSpots
    if !open.isEmpty || !reports.plan.unseen.isEmpty {
      blocks.append("## To check by hand")
      let spots = open.map { spot in
        let place = ([spot.watch, spot.kind] + (spot.scope == .whole ? [] : [spot.scope.label])).map(\.string).joined(separator: " · ")
        return "- [ ] \(MarkdownText.words("\(place): \(spot.because.sentence)"))"
      }
      blocks.append((spots + reports.plan.unseen.map { "- [ ] \(MarkdownText.words($0.string))" }).joined(separator: "\n"))
    }
    return blocks.joined(separator: "\n\n") + "\n"
  }
}
