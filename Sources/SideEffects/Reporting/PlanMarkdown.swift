/// A plan as Markdown: a task list that code hosts show with boxes to tick (GFM, section 5.3).
public struct PlanMarkdown {
  private let plan: Plan

  public init(_ plan: Plan) { self.plan = plan }

  /// The whole plan, a line feed at its end.
  public func text() -> String {
    var blocks = ["# Plan: \(text(PlanWords.title(plan)))"]
    let state = PlanWords.state(plan)
    blocks.append(
      plan.isPrediction ? state.map { "> \(text($0))" }.joined(separator: "\n") : state.map { text($0) }.joined(separator: "\n"))
    blocks.append(text(PlanWords.summary(plan)))
    for section in PlanWords.sections(plan) {
      blocks.append("## \(section.heading)")
      blocks += section.steps.map(item)
    }
    if !plan.blindSpots.isEmpty || !plan.unseen.isEmpty {
      blocks.append("## To check by hand")
      blocks.append("Nobody could look there.")
      blocks.append(
        (BlindSpotGroup.of(plan.blindSpots).map(item) + plan.unseen.map { "- [ ] \(text(RemedyPlanner.sentence($0.string)))" }).joined(
          separator: "\n"))
    }
    return blocks.joined(separator: "\n\n") + "\n"
  }

  /// Nothing in it is mark-up, and nobody whose name stands in it is called.
  private func text(_ text: String) -> String {
    DisplayText.markdown(Text(ValueText.withShortFingerprints(text))).replacing("@", with: "@<!-- -->")
  }

  private func item(_ step: Step) -> String {
    var blocks = ["- [ ] **\(step.number).** \(title(step))"]
    blocks.append(
      list(
        [step.evidence.all.map { text($0.string) }, step.follows.map { "After step \($0.step): \(text($0.because.string))." }].flatMap {
          $0
        }))
    if let first = step.first { blocks.append("Milder, and enough for now:\n\n\(how(first))") }
    blocks.append("\(step.first == nil ? "Do:" : "Then:")\n\n\(how(step.remedy))")
    var rest = ["**Check:** \(text(step.checkWords.string + PlanWords.within(step)))", "**Risk:** \(text(PlanWords.risk(step.risk)))"]
    if let beware = step.beware { rest.append("**Beware:** \(text(RemedyPlanner.sentence(beware.string)))") }
    if let sentence = PlanWords.undo(step) { rest.append("**Undo:** \(text(sentence))") }
    if let owner = step.owner { rest.append("**Owner:** \(text(owner.string))") }
    if let page = step.page { rest.append("**Page:** \(link(page))") }
    blocks.append(list(rest))
    if let undo = step.undo { blocks.append("Undo:\n\n\(how(undo))") }
    return blocks.enumerated().map { index, block in index == 0 ? block : Self.indented(block) }.joined(separator: "\n\n")
  }

  private func item(_ group: BlindSpotGroup) -> String {
    let advice = group.advice.isEmpty ? "" : " \(text(RemedyPlanner.sentence(group.advice.string)))"
    let known = group.acknowledged.map { " Known: \(text($0.because.string))." } ?? ""
    let place = "\(text(group.place)) (\(DisplayText.markdownCode(group.code)))"
    return "- [ ] \(place): \(text(RemedyPlanner.sentence(group.sentence)))\(advice)\(known)"
  }

  /// The name as code, so that it is neither a link nor mark-up.
  private func title(_ step: Step) -> String {
    let (whole, name) = (step.title.string, step.name.string)
    guard !name.isEmpty, let range = whole.range(ofText: name) else { return "**\(text(whole))**" }
    // Strong text can't end with a space (CommonMark 0.31, section 6.2).
    let lead = String(whole[..<range.lowerBound])
    let words = lead.hasSuffix(" ") ? "**\(text(String(lead.dropLast())))** " : text(lead)
    return words + DisplayText.markdownCode(Text(ValueText.withShortFingerprints(name))) + text(String(whole[range.upperBound...]))
  }

  private func list(_ lines: [String]) -> String { lines.map { "- \($0)" }.joined(separator: "\n") }

  private static func indented(_ block: String) -> String {
    block.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? "" : "  \($0)" }.joined(separator: "\n")
  }

  private func how(_ remedy: Remedy) -> String {
    switch remedy {
    case .requests(let planned):
      let requests = planned.requests
      let commands = requests.all.map { RequestText.curl($0).joined(separator: "\n") }.joined(separator: "\n")
      return ([Self.fenced(commands, "sh")] + RequestText.needs(requests.all).map { text($0) }).joined(separator: "\n\n")
    case .patch(let patch):
      return [
        Self.fenced(patch.text.string, "diff"),
        "Give it to \(DisplayText.markdownCode(Text(PlanWords.apply(patch)))) as its input. \(text(PlanWords.made(patch)))",
      ].joined(separator: "\n\n")
    case .manual(let words, let page): return text(words.string) + (page.map { "\n\n\(link($0))" } ?? "")
    }
  }

  /// Only an http or https address is a link.
  private func link(_ url: Text) -> String {
    let isPlain = url.string.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f && !"<>\\".utf8.contains($0) }
    return isPlain && WebOrigin(url.string) != nil ? "<\(url)>" : DisplayText.markdownCode(url)
  }

  /// A block that no line of its own content can end (CommonMark 0.31, section 4.5).
  private static func fenced(_ content: String, _ language: String) -> String {
    var (longest, run) = (2, 0)
    for character in content {
      run = character == "`" ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = String(repeating: "`", count: longest + 1)
    return "\(fence)\(language)\n\(content)\(content.hasSuffix("\n") ? "" : "\n")\(fence)"
  }
}

extension String {
  fileprivate func range(ofText text: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].utf8.starts(with: text.utf8) { return start..<index(start, offsetBy: text.count) }
      start = index(after: start)
    }
    return nil
  }
}
