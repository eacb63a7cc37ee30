/// One step of a plan as text: all that a person needs who was not there.
public struct StepText {
  private let style: Style
  private static let width = 110
  private static let indent = 13

  public init(style: Style = .plain) { self.style = style }

  /// The whole step, as a person is asked about it.
  public func block(_ step: Step) -> String { lines(step).joined(separator: "\n") }

  func lines(_ step: Step) -> [String] {
    let number = String(repeating: " ", count: max(0, 3 - String(step.number).count)) + "\(step.number)."
    var lines = [style(.bold, "\(number) \(ValueText.withShortFingerprints(DisplayText.terminal(step.title)))")]
    func add(_ label: String, _ sentences: [String]) {
      for (index, sentence) in sentences.flatMap({ Self.wrapped($0, indent: Self.indent) }).enumerated() {
        let head =
          index == 0
          ? "     " + label + String(repeating: " ", count: Self.indent - 5 - label.count) : String(repeating: " ", count: Self.indent)
        lines.append(head + sentence)
      }
    }
    add("why", step.evidence.all.map(\.string))
    add("after", step.follows.map { "step \($0.step): \($0.because)" })
    add("owner", [step.owner?.string].compactMap { $0 })
    add("risk", [PlanWords.risk(step.risk)])
    add("beware", [step.beware?.string].compactMap { $0 })
    if let first = step.first { lines += how("milder", first) }
    lines += how("do", step.remedy)
    add("check", [step.checkWords.string + PlanWords.within(step)])
    if let undo = step.undo { lines += how("undo", undo) }
    add("undo", [PlanWords.undo(step)].compactMap { $0 })
    add("page", [page(step)?.string].compactMap { $0 })
    return lines
  }

  /// Of a manual step it stands with the words.
  private func page(_ step: Step) -> Text? {
    switch step.remedy {
    case .manual(_, let page): page ?? step.page
    case .requests, .patch: step.page
    }
  }

  /// Commands are not wrapped: they are copied.
  private func how(_ label: String, _ remedy: Remedy) -> [String] {
    let margin = String(repeating: " ", count: Self.indent)
    let head = "     " + label + String(repeating: " ", count: Self.indent - 5 - label.count)
    let body: [String]
    switch remedy {
    case .requests(let planned):
      let requests = planned.requests
      body = requests.all.flatMap { RequestText.curl($0) } + RequestText.needs(requests.all).map { style(.dim, $0) }
    case .patch(let patch):
      body =
        [PlanWords.apply(patch) + " <<'END OF PATCH'"]
        + patch.text.string.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
        + ["END OF PATCH", style(.dim, Self.fit(PlanWords.made(patch)))]
      // The lines of a patch begin at the margin, so that they can be copied as they are.
      return [head + (body.first ?? "")] + body.dropFirst()
    case .manual(let words, _): body = Self.wrapped(words.string, indent: Self.indent)
    }
    return body.enumerated().map { ($0 == 0 ? head : margin) + $1 }
  }

  static func wrapped(_ sentence: String, indent: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in fit(ValueText.withShortFingerprints(sentence)).split(separator: " ") {
      if !line.isEmpty, DisplayText.columns(line) + 1 + DisplayText.columns(String(word)) > width - indent {
        lines.append(line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + word
    }
    return line.isEmpty ? lines : lines + [line]
  }

  static func fit(_ text: String) -> String { DisplayText.terminal(Text(text)) }
}
