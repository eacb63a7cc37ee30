/// A plan as text, for a terminal or a pipe.
public struct PlanText {
  private let plan: Plan
  private let style: Style

  public init(_ plan: Plan, style: Style = .plain) { (self.plan, self.style) = (plan, style) }

  /// The whole plan, a line feed at its end.
  public func text() -> String {
    var blocks = [
      [style(.bold, "plan for \(StepText.fit(PlanWords.title(plan)))")], PlanWords.state(plan).flatMap { StepText.wrapped($0, indent: 0) },
      StepText.wrapped(PlanWords.summary(plan), indent: 0),
    ]
    for section in PlanWords.sections(plan) {
      blocks.append([style(.bold, section.heading.lowercased())])
      blocks += section.steps.map { StepText(style: style).lines($0) }
    }
    blocks.append(blindSpots)
    return blocks.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  private var blindSpots: [String] {
    guard !plan.blindSpots.isEmpty || !plan.unseen.isEmpty else { return [] }
    return [style(.yellow, "to check by hand")] + BlindSpotTable(style: style).lines(plan.blindSpots)
      + plan.unseen.map { "  ! " + StepText.fit($0.string) }
  }
}
