/// How a step is carried out.
public enum Remedy: Hashable, Sendable {
  /// Sent in order.
  case requests(NonEmpty<PlannedRequest>)
  case patch(PlannedPatch)
  /// No provider can do it: in words, with the page where it is done.
  case manual(words: Text, page: Text?)
}

/// How much is at stake when a step is carried out.
public enum Risk: Hashable, Sendable {
  case reversible
  /// What does not come back.
  case losing(NonEmpty<Text>)
  case irreversible(because: Text)

  public var word: Text {
    switch self {
    case .reversible: "reversible"
    case .losing: "reversible-with-loss"
    case .irreversible: "irreversible"
    }
  }
}

/// Absent, or present with these attributes: precondition and check are the same kind of sentence.
public enum Expectation: Hashable, Sendable {
  case absent
  /// An attribute whose value is null is absent or null.
  case present([Text: Value])
}
