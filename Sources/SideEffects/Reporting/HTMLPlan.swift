/// A plan as one HTML file: a checklist to work through, on a screen or on paper.
public struct HTMLPlan {
  private let plan: Plan
  private let picture: UpgradePicture?

  /// - Parameter picture: Of the audit that it was made of.
  public init(_ plan: Plan, picture: UpgradePicture? = nil) { (self.plan, self.picture) = (plan, picture) }

  /// The whole page; the same bytes for the same plan.
  public func html() -> String {
    let title = "Plan: \(PlanWords.title(plan))"
    let key = "\(plan.name) \(Digest(of: Array(PlanReport(plan).json().utf8)))"
    var body = ["<main>", "<header>", "<h1>\(HTMLText.text(title))</h1>"]
    let state = PlanWords.state(plan).map { "<p>\(HTMLText.text($0))</p>" }.joined()
    body.append(plan.isPrediction ? "<div class=\"banner\" role=\"note\"><strong>Prediction</strong>\(state)</div>" : state)
    body += [blind, "<p>\(HTMLText.text(PlanWords.summary(plan)))</p>", "</header>", picture.map(HTMLPicture.figure) ?? "", Self.controls]
    for section in PlanWords.sections(plan) {
      let id = section.id
      body += [
        "<section aria-labelledby=\"\(id)\">", "<h2 id=\"\(id)\">\(section.heading)</h2>", "<ol class=\"steps\">",
        section.steps.map(HTMLStep.item).joined(separator: "\n"), "</ol>", "</section>",
      ]
    }
    body += hand + ["</main>"]
    return HTMLPage.of(title: title, body: body.filter { !$0.isEmpty }, key: key)
  }

  /// Above all steps, so that no page with blind spots looks clean at a glance.
  private var blind: String {
    let open = plan.openBlindSpots.count + plan.unseen.count
    guard open > 0 else { return "" }
    return
      "<div class=\"banner\" role=\"note\"><strong>\(Headline.count(open, "thing")) to check by hand:</strong> nobody could look there, "
      + "and this plan does not cover it. <a href=\"#hand\">See below</a></div>"
  }

  /// Shown by the script alone: without it there is nothing that they could do.
  private static let controls =
    "<div class=\"controls\" id=\"controls\" role=\"group\" aria-label=\"Checklist\" hidden><strong id=\"open\" role=\"status\"></strong>"
    + "<span id=\"hidden\" role=\"status\"></span><button type=\"button\" id=\"reset\">Reset</button></div>"

  private var hand: [String] {
    guard !plan.blindSpots.isEmpty || !plan.unseen.isEmpty else { return [] }
    let spots = BlindSpotGroup.of(plan.blindSpots).map { group in
      "<strong>\(HTMLText.text(group.place))</strong> (<code>\(HTMLText.text(group.code))</code>): "
        + [RemedyPlanner.sentence(group.sentence), group.advice.isEmpty ? "" : RemedyPlanner.sentence(group.advice.string)]
        .filter { !$0.isEmpty }.map { HTMLText.text($0) }.joined(separator: " ")
        + (group.acknowledged.map { " Known: \(HTMLText.text($0.because))." } ?? "")
    }
    let items = (spots + plan.unseen.map { HTMLText.text(RemedyPlanner.sentence($0.string)) }).map { words in
      "<li><label><input type=\"checkbox\" data-id=\"\(Digest(of: Array(words.utf8)))\" autocomplete=\"off\"><span>\(words)</span></label></li>"
    }
    return [
      "<section aria-labelledby=\"hand\">", "<h2 id=\"hand\">To check by hand</h2>", "<p>Nobody could look there.</p>",
      "<ul class=\"hand\">", items.joined(separator: "\n"), "</ul>", "</section>",
    ]
  }
}
