internal import Documents

/// A blind spot that is known and may be passed over, by its code and that code only.
public struct Acknowledgement: Hashable, Sendable {
  public let watch: Text
  public let kind: Text?
  public let code: Text
  public let because: Text
  public let until: Text?
  public let line: Int

  public init(watch: Text, kind: Text?, code: Text, because: Text, until: Text?, line: Int) {
    (self.watch, self.kind, self.code, self.because, self.until, self.line) = (watch, kind, code, because, until, line)
  }
}

extension Acknowledgement {
  static let keys = KeyTable(
    "acknowledgement", help: "A blind spot that is known: it is still printed and no longer decides the exit status.",
    keys: [
      Selector.watchKey, Selector.kindKey,
      .init(
        "code", .text(named: "a blind spot's code"), isRequired: true,
        help: "The code that the report shows; another one on the same listing is not covered.",
        example: "not-listable"),
      IgnoreRule.becauseKey, IgnoreRule.untilKey,
    ])

  /// Reads one whose form was checked; nil where a problem is noted.
  init?(_ document: Document, watches: [Text], checker: inout KeyChecker) {
    let watch = checker.knownWatch(document["watch"], among: watches)
    let until = checker.day(document["until"])
    for key in ["kind", "code", "because"] { checker.checkNotEmpty(document[key], called: "`\(key)`") }
    guard let watch, let code = document["code"]?.text, let because = document["because"]?.text else { return nil }
    self.init(
      watch: watch, kind: document["kind"]?.text.map { Text($0) }, code: Text(code), because: Text(because), until: until,
      line: document.span?.start.line ?? 0)
  }
}
