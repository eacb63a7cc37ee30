/// Something that a person has to know: what is wrong, where, and what to do.
public struct Diagnostic: Hashable, Sendable, Error {
  /// Where it is.
  public enum Place: Hashable, Sendable {
    /// `line` and `column` from 1; 0 where only the file is known.
    case file(Text, line: Int, column: Int)
    /// Without user information and query values.
    case url(Text)
    case nowhere
  }

  /// Names the rule, such as `forbidden` or `unknown-key`; an acknowledgement refers to it.
  public let rule: Text
  /// What is wrong, in a plain sentence without the final full stop of a label.
  public let sentence: Text
  /// What to do, as verbs; may be empty.
  public let advice: Text
  public let place: Place

  public init(_ rule: Text, _ sentence: String, advice: String = "", place: Place = .nowhere) {
    self.init(rule: rule, sentence: Text(sentence), advice: Text(advice), place: place)
  }

  /// For one that was stored.
  init(rule: Text, sentence: Text, advice: Text, place: Place) {
    (self.rule, self.sentence, self.advice, self.place) = (rule, sentence, advice, place)
  }
}

/// Why something could not be done: every reason, not the first.
public struct Failure: Error, Sendable, Hashable {
  public let diagnostics: NonEmpty<Diagnostic>

  public init(_ diagnostics: NonEmpty<Diagnostic>) { self.diagnostics = diagnostics }
  public init(_ diagnostic: Diagnostic) { diagnostics = NonEmpty(diagnostic) }
  public init(_ rule: Text, _ sentence: String, advice: String = "", place: Diagnostic.Place = .nowhere) {
    self.init(Diagnostic(rule, sentence, advice: advice, place: place))
  }
}
