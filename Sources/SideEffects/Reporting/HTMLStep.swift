import LibPCRE2

/// A step of a plan as an item of a checklist.
enum HTMLStep {
  static func item(_ step: Step) -> String {
    var rows = [row("Why", step.evidence.all.map { "<p>\(HTMLText.text($0))</p>" }.joined())]
    if !step.follows.isEmpty {
      let after = step.follows.map { "<p><a href=\"#step-\($0.step)\">Step \($0.step)</a>: \(HTMLText.text($0.because))</p>" }
      rows.append(row("After", after.joined()))
    }
    if let owner = step.owner { rows.append(row("Owner", HTMLText.text(owner))) }
    rows.append(row("Risk", "<span class=\"risk \(step.risk.word)\">\(mark(step.risk))\(HTMLText.text(PlanWords.risk(step.risk)))</span>"))
    if let beware = step.beware { rows.append(row("Beware", HTMLText.text(RemedyPlanner.sentence(beware.string)))) }
    rows.append(row("Only if", HTMLText.text(precondition(step.precondition))))
    if let first = step.first { rows.append(row("Milder", how(first, "milder way of step \(step.number)"))) }
    rows.append(row(step.first == nil ? "Do" : "Then", how(step.remedy, "step \(step.number)")))
    rows.append(row("Check", HTMLText.text(step.checkWords.string + PlanWords.within(step))))
    if let undo = step.undo { rows.append(row("Undo", how(undo, "undoing step \(step.number)"))) }
    if let sentence = PlanWords.undo(step) { rows.append(row("Undo", HTMLText.text(sentence))) }
    if let page = step.page { rows.append(row("Page", HTMLText.link(page))) }
    let place = HTMLText.text("\(step.address.watch) · \(step.address.kind)")
    let owner = step.owner.map { " data-owner=\"\(HTMLText.text($0))\"" } ?? ""
    let box =
      "<input type=\"checkbox\" id=\"box-\(step.number)\" data-id=\"\(Digest(of: Array(step.id.string.utf8)))\" autocomplete=\"off\">"
    return [
      "<li class=\"step\" id=\"step-\(step.number)\" data-kind=\"\(place)\"\(owner)>",
      "<div class=\"head\">\(box)<h3><label for=\"box-\(step.number)\">\(step.number). \(HTMLText.text(step.title))</label></h3></div>",
      "<p class=\"soft\">\(place)</p>", "<dl>", rows.joined(separator: "\n"), "</dl>", "</li>",
    ].joined(separator: "\n")
  }

  private static func row(_ label: String, _ content: String) -> String { "<dt>\(label)</dt><dd>\(content)</dd>" }

  private static func mark(_ risk: Risk) -> String {
    switch risk {
    case .reversible: ""
    case .losing: "⚠ "
    case .irreversible: "⛔ "
    }
  }

  /// What has to be so before it is done; else someone has changed it since.
  private static func precondition(_ expectation: Expectation) -> String {
    switch expectation {
    case .absent: "it is not there"
    case .answered: "the service answers"
    case .meets(let requirements): "it is there with " + requirements.all.map { "\($0.name): \(words($0.matcher))" }.joined(separator: "; ")
    case .present(let values):
      values.isEmpty
        ? "it is there"
        : "it is there with "
          + values.sorted { $0.key < $1.key }.map { "\($0.key): \(ValueText.of($0.value))" }.joined(separator: "; ")
    }
  }

  private static func words(_ matcher: Condition.Matcher) -> String {
    switch matcher {
    case .equals(let text): ValueText.of(.scalar(.text(text)))
    case .any(let matchers): matchers.map { words($0) }.joined(separator: " or ")
    case .emptyList, .emptyMap: "(empty)"
    case .absentOrNull: "(none)"
    case .not(let inner): "not \(words(inner))"
    case .matches(let pattern): "like \(pattern.source)"
    }
  }

  private static func how(_ remedy: Remedy, _ label: String) -> String {
    switch remedy {
    case .requests(let planned):
      let commands = planned.requests.all.map { RequestText.curl($0).joined(separator: "\n") }.joined(separator: "\n")
      return block(commands, "command, \(label)") + RequestText.needs(planned.requests.all).map { "<p>\(HTMLText.text($0))</p>" }.joined()
    case .patch(let patch):
      return block(patch.text.string, "patch, \(label)")
        + "<p>Give it to <code>\(HTMLText.text(PlanWords.apply(patch)))</code> as its input. \(HTMLText.text(PlanWords.made(patch)))</p>"
    case .manual(let words, let page): return "<p>\(HTMLText.text(words))</p>" + (page.map { "<p>\(HTMLText.link($0))</p>" } ?? "")
    }
  }

  /// The keyboard reaches it, for it may be wider than the window.
  private static func block(_ content: String, _ label: String) -> String {
    "<pre tabindex=\"0\" role=\"region\" aria-label=\"\(HTMLText.text(label))\">\(HTMLText.block(content))</pre>"
  }
}
