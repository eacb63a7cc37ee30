/// What became of a plan's steps, as text for a terminal or a pipe.
public struct StepReportText {
  private let reports: StepReports
  private let style: Style
  private static let width = 110

  public init(_ reports: StepReports, style: Style = .plain) { (self.reports, self.style) = (reports, style) }

  /// The whole report, a line feed at its end.
  public func text() -> String {
    let titles = reports.reports.map { Self.title($0.step) }
    let column = min(titles.map(DisplayText.columns).max() ?? 0, 80)
    var blocks = [[style(.bold, DisplayText.terminal(Text(StepReportWords.title(reports))))]]
    blocks.append(
      zip(reports.reports, titles).flatMap { report, title in
        let space = String(repeating: " ", count: max(0, column - DisplayText.columns(title)))
        return ["\(title)\(space)   \(state(report.outcome))"] + details(report)
      })
    if !reports.gaps.isEmpty { blocks.append([style(.yellow, "could not be read now")] + BlindSpotTable(style: style).lines(reports.gaps)) }
    let open = reports.plan.openBlindSpots
    if !open.isEmpty || !reports.plan.unseen.isEmpty {
      blocks.append(
        [style(.yellow, "to check by hand, by the plan")] + BlindSpotTable(style: style).lines(open)
          + reports.plan.unseen.map { "  ! " + DisplayText.terminal($0) })
    }
    blocks.append([StepReportWords.summary(reports)])
    return blocks.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  /// One line of a step that was just settled.
  public static func line(_ report: StepReport, _ work: StepReports.Work) -> String {
    "\(title(report.step).trimmingPrefix { $0 == " " }): \(StepReportWords.state(report.outcome, work))"
  }

  private static func title(_ step: Step) -> String {
    let number = String(repeating: " ", count: max(0, 3 - String(step.number).count)) + "\(step.number)."
    return "\(number) \(ValueText.withShortFingerprints(DisplayText.terminal(step.title)))"
  }

  private func state(_ outcome: StepOutcome) -> String {
    let words = StepReportWords.state(outcome, reports.work)
    return switch outcome {
    case .done, .already, .settled: style(.green, words)
    case .failed, .refused: style(.red, words)
    case .unknown, .left, .proposed, .waits, .byHand: style(.yellow, words)
    case .ready, .forGood: words
    }
  }

  private func details(_ report: StepReport) -> [String] {
    StepReportWords.details(report, reports.work).flatMap { sentence in
      var lines: [String] = []
      var line = ""
      for word in DisplayText.terminal(Text(ValueText.withShortFingerprints(sentence))).split(separator: " ") {
        if !line.isEmpty, DisplayText.columns(line) + 1 + DisplayText.columns(String(word)) > Self.width - 5 {
          lines.append(line)
          line = ""
        }
        line += (line.isEmpty ? "" : " ") + word
      }
      return (lines + [line]).filter { !$0.isEmpty }.map { "     " + style(.dim, $0) }
    }
  }
}
