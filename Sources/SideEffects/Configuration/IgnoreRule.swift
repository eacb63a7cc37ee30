internal import Documents
public import LibPCRE2

/// Changes that are not worth a line, with the reason and until when.
public struct IgnoreRule: Sendable {
  public let selector: Selector
  /// An attribute whose value must fit `matching` on every side of the change that is present.
  public let attribute: Text?
  public let matching: Pattern?
  public let because: Text
  /// The last day on which it holds, `2027-01-31`.
  public let until: Text?
  public let line: Int

  public init(selector: Selector, attribute: Text?, matching: Pattern?, because: Text, until: Text?, line: Int) {
    (self.selector, self.attribute, self.matching) = (selector, attribute, matching)
    (self.because, self.until, self.line) = (because, until, line)
  }
}

extension IgnoreRule {
  static let becauseKey = KeyTable.Key(
    "because", .text(named: "a reason"), isRequired: true, help: "Why, for those who read the report.", example: "made by CI")
  static let untilKey = KeyTable.Key(
    "until", .text(named: "a day"), help: "The last day on which it holds, in UTC; without it, it holds for good.", example: "2027-01-31")

  static let keys = KeyTable(
    "ignore", help: "Changes that are expected: they are counted and decide nothing.",
    keys: [
      Selector.watchKey, Selector.kindKey, Selector.idKey,
      .init(
        "attribute", .text(named: "an attribute's name"),
        help: "An attribute that has to fit `matching` on every side of the change that is present.",
        example: "config.url"),
      .init(
        "matching", .text(named: "a pattern"),
        help: "A Perl-compatible pattern; it may match anywhere in the value, so begin with `^` and end with `$`.",
        example: #""^https://ci\\.example\\.com/""#),
      becauseKey, untilKey,
    ])

  /// Reads one whose form was checked; nil where a problem is noted.
  init?(_ document: Document, watches: [Text], checker: inout KeyChecker) {
    let selector = Selector(document, watches: watches, checker: &checker)
    let pattern = Self.pattern(document["matching"], checker: &checker)
    let until = checker.day(document["until"])
    for (key, other) in [("attribute", "matching"), ("matching", "attribute")] where document[key] != nil && document[other] == nil {
      checker.note(
        "missing-key", "`\(key)` needs `\(other)` beside it", advice: "Add `\(other)`, or leave `\(key)` out.", at: document[key]?.span)
    }
    checker.checkNotEmpty(document["attribute"], called: "`attribute`")
    checker.checkNotEmpty(document["because"], called: "`because`")
    guard let selector, let because = document["because"]?.text else { return nil }
    self.init(
      selector: selector, attribute: document["attribute"]?.text.map { Text($0) }, matching: pattern, because: Text(because), until: until,
      line: document.span?.start.line ?? 0)
  }

  private static func pattern(_ document: Document?, checker: inout KeyChecker) -> Pattern? {
    guard let document, let source = document.text else { return nil }
    do throws(PatternError) {
      return try Pattern(source)
    } catch {
      let place = error.offset.map { " after \($0) bytes" } ?? ""
      checker.note(
        "wrong-pattern", "`matching` is no pattern: \(error.problem)\(place)",
        advice: "Put a backslash before a character that is meant as itself, and the whole into single quotes.", at: document.span)
      return nil
    }
  }
}
