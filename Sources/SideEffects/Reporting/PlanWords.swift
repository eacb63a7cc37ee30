/// What the reports of a plan say in the same words.
enum PlanWords {
  static func title(_ plan: Plan) -> String {
    plan.upgrade.map { "upgrade \($0)" } ?? "\(plan.before) -> \(plan.after ?? plan.now ?? plan.before)"
  }

  /// Whether it is a prediction, and what was looked at when.
  static func state(_ plan: Plan) -> [String] {
    let moment = OriginText.moment(plan.seen)
    guard let now = plan.now else {
      return [
        "This is a prediction: nothing has been restored yet as far as this tool knows. After the rollback look again before anything is done.",
        "Made of the snapshots \(plan.before) and \(plan.after ?? plan.before); things were as they are said here on \(moment).",
      ]
    }
    return ["What is left after the rollback, by the snapshot \(now); things were as they are said here on \(moment)."]
  }

  static func summary(_ plan: Plan) -> String {
    let open = plan.openBlindSpots.count + plan.unseen.count
    let blind =
      open == 0 ? "" : " \(Headline.count(open, "thing")) \(open == 1 ? "has" : "have") to be checked by hand: nobody could look there."
    if plan.steps.isEmpty {
      return
        (open == 0 ? "No steps: nothing is left to do." : "No steps for what could be looked at. That does not say that nothing is left:")
        + blind
    }
    let owners = Set(plan.steps.compactMap(\.owner)).sorted().map(\.string)
    let by = owners.isEmpty ? "" : " Owners: \(owners.joined(separator: ", "))."
    let order = plan.steps.count == 1 ? "" : ", in this order: what uses a thing comes before the thing"
    return "\(Headline.count(plan.steps.count, "step"))\(order).\(by)\(blind)"
  }

  /// The steps in their order, cut where the section changes: one goes on further down where its steps depend on those between.
  static func sections(_ plan: Plan) -> [PlanSection] {
    var sections: [PlanSection] = []
    for step in plan.steps {
      if sections.last?.level == step.level {
        sections[sections.count - 1].steps.append(step)
      } else {
        sections.append(PlanSection(level: step.level, part: sections.count { $0.level == step.level } + 1, steps: [step]))
      }
    }
    return sections
  }

  static func risk(_ risk: Risk) -> String {
    switch risk {
    case .reversible: "reversible"
    case .losing(let names):
      "reversible with loss: \(names.all.map(\.string).joined(separator: ", ")) \(names.rest.isEmpty ? "does" : "do") not come back"
    case .irreversible(let because): "irreversible: \(because)"
    }
  }

  static func undo(_ step: Step) -> String? {
    guard step.undo == nil else { return nil }
    switch step.risk {
    case .irreversible: return "It can't be undone."
    case .reversible, .losing: return nil
    }
  }

  static func within(_ step: Step) -> String {
    guard case .requests = step.remedy else { return "" }
    return step.within == 60 ? "" : " It may take \(UpgradeText.duration(Int64(step.within)))."
  }

  /// A patch as commands: git reads it from standard input up to the last line.
  static func apply(_ patch: PlannedPatch) -> String {
    let folder = patch.isForFolder ? "-C \(DisplayText.shell(patch.repository)) " : ""
    return "git \(folder)apply" + (patch.needsUnidiffZero ? " --unidiff-zero" : "")
  }

  static func made(_ patch: PlannedPatch) -> String {
    let made = "The patch was made against \(patch.revision)."
    let revert = patch.reverting.map { " The commit did nothing else, so this does the same: git revert \($0)" } ?? ""
    if patch.isForFolder { return made + revert }
    let branch = patch.reference.map { "On \($0), in" } ?? "In"
    return "\(branch) a checkout of \(patch.repository): commit it there and push it. \(made)\(revert)"
  }
}

/// Steps of one section that follow each other.
struct PlanSection {
  let level: KindSchema.Level
  /// From 1; more where steps of the other section come between.
  let part: Int
  var steps: [Step]

  var heading: String { part == 1 ? word : "\(word), continued" }
  /// For a link within a page.
  var id: String { part == 1 ? level.rawValue : "\(level.rawValue)-\(part)" }

  private var word: String {
    switch level {
    case .data: "Data"
    case .configuration: "Configuration"
    }
  }
}
