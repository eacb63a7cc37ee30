/// What the reports of a plan's run say in the same words.
enum StepReportWords {
  /// In a few words, for a column.
  static func state(_ outcome: StepOutcome, _ work: StepReports.Work) -> String {
    switch outcome {
    case .done: work == .undo ? "undone" : "done"
    case .already: work == .apply ? "done already" : work == .undo ? "undone already" : "done"
    case .proposed: work == .undo ? "taken back on the branch" : "to be merged"
    case .settled: "settled"
    case .ready: work == .verify ? "open" : "would be \(work == .undo ? "undone" : "done")"
    case .byHand: work == .verify ? "open, by hand" : "by hand"
    case .forGood: "stays for good"
    case .left: "left alone"
    case .waits(let steps): "waits for \(steps.rest.isEmpty ? "step" : "steps") \(steps.all.map(String.init).joined(separator: ", "))"
    case .refused: "refused"
    case .failed: "failed"
    case .unknown: "can't be told"
    }
  }

  /// Why, and what to do: a sentence each.
  static func details(_ report: StepReport, _ work: StepReports.Work) -> [String] {
    switch report.outcome {
    case .left(let diagnostic), .refused(let diagnostic), .failed(let diagnostic): sentences(diagnostic)
    case .unknown(let reasons): reasons.all.flatMap(sentences)
    case .proposed(let commit) where work == .undo:
      [
        "The commit \(OriginText.short(commit.id)) on the branch \(commit.branch) of \(commit.repository) takes it back: merge it where the first one was merged; else the branch can be deleted."
      ]
    case .proposed(let commit):
      [
        "It is the commit \(OriginText.short(commit.id)) on the branch \(commit.branch) of \(commit.repository): look at it, merge it and push it."
      ]
    case .byHand where work == .undo:
      switch (report.step.undo, report.step.risk) {
      case (.manual(let words, let page)?, _): [words.string] + (page.map { ["Page: \($0)"] } ?? [])
      case (_, .irreversible(let because)): [RemedyPlanner.sentence("It can't be undone: \(because)")]
      case (_, .reversible), (_, .losing): ["Put it back as the step found it: it was done by hand."]
      }
    case .byHand:
      switch report.step.remedy {
      case .manual(let words, let page): [words.string] + (page.map { ["Page: \($0)"] } ?? [])
      case .requests, .patch: [report.step.checkWords.string]
      }
    case .done(let made): made.map { $0 == report.step.address ? [] : ["It is \($0.id) now."] } ?? []
    case .already, .settled, .ready, .forGood, .waits: []
    }
  }

  private static func sentences(_ diagnostic: Diagnostic) -> [String] {
    let advice = diagnostic.advice.isEmpty ? [] : [RemedyPlanner.sentence(diagnostic.advice.string)]
    return [RemedyPlanner.sentence(diagnostic.sentence.string)] + advice
  }

  static func title(_ reports: StepReports) -> String {
    let of = PlanWords.title(reports.plan)
    return switch reports.work {
    case .apply: reports.isDryRun ? "plan for \(of): what would be done" : "plan for \(of), carried out"
    case .undo: reports.isDryRun ? "plan for \(of): what would be taken back" : "plan for \(of), taken back"
    case .verify: "plan for \(of), checked"
    }
  }

  /// How many are in which state, and whether that is all.
  static func summary(_ reports: StepReports) -> String {
    if reports.reports.isEmpty {
      let nothing = reports.work == .undo ? "Nothing was done that could be taken back." : "The plan has no steps."
      return nothing + rest(reports)
    }
    var counts: [(state: String, count: Int)] = []
    for report in reports.reports {
      var state = state(report.outcome, reports.work)
      if case .waits = report.outcome { state = "waiting for another" }
      if let index = counts.firstIndex(where: { $0.state == state }) { counts[index].count += 1 } else { counts.append((state, 1)) }
    }
    let parts = counts.map { "\($0.count) \($0.state)" }.joined(separator: ", ")
    return "\(Headline.count(reports.reports.count, "step")): \(parts)." + rest(reports)
  }

  private static func rest(_ reports: StepReports) -> String {
    let open = reports.plan.openBlindSpots.count + reports.plan.unseen.count + reports.gaps.count
    if open > 0 { return " \(Headline.count(open, "thing")) could not be looked at, so that nobody can say that nothing is left." }
    guard reports.work == .verify, reports.isDone, reports.isComplete else { return "" }
    return " Nothing is left."
  }
}
