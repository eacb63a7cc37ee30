internal import LibPCRE2

/// The ignore rules of a configuration on one day.
struct IgnoreRules {
  private let rules: [IgnoreRule]
  /// One for each rule that has ended.
  let remarks: [Diagnostic]

  init(_ rules: [IgnoreRule], file: Text, today: Instant) {
    let day = Text(today.day)
    self.rules = rules.filter { rule in rule.until.map { day <= $0 } ?? true }
    remarks = rules.compactMap { rule in
      guard let until = rule.until, until < day else { return nil }
      return Diagnostic(
        "ignore-expired", "this rule (\(rule.because)) ended on \(until) and ignores nothing any more",
        advice: "take it out, or give it another `until`", place: .file(file, line: rule.line, column: 0))
    }
  }

  /// The first rule that fits every side of the change that is there, what is there now too.
  func rule(for change: Change, now: Resource? = nil) -> IgnoreRule? {
    rules.first { rule in
      [change.before, change.after, now].compactMap { $0 }.allSatisfy { Self.fits(rule, $0) }
    }
  }

  private static func fits(_ rule: IgnoreRule, _ resource: Resource) -> Bool {
    guard rule.selector.fits(resource.address) else { return false }
    guard let attribute = rule.attribute, let pattern = rule.matching else { return true }
    switch resource.attributes[attribute] {
    case nil, .withheld: return false
    case .value(let value):
      let texts = value.scalars.map(\.plainText)
      return !texts.isEmpty && texts.allSatisfy { $0.map { matches(pattern, $0) } ?? false }
    }
  }

  /// A pattern that gives up ignores nothing.
  private static func matches(_ pattern: Pattern, _ text: Text) -> Bool { (try? pattern.matches(text.string)) ?? false }
}

extension Scalar {
  /// As conditions and patterns see it; nil for null and for what stands for a secret.
  var plainText: Text? {
    switch self {
    case .null, .secret: nil
    case .boolean(let value): value ? "true" : "false"
    case .number(let text), .text(let text), .structure(let text): text
    }
  }
}
