/// How a step is carried out.
public enum Remedy: Hashable, Sendable {
  case requests(PlannedRequests)
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

  /// What does not come back, by name.
  var lost: [Text] {
    switch self {
    case .losing(let names): names.all
    case .reversible, .irreversible: []
    }
  }

  public var word: Text {
    switch self {
    case .reversible: "reversible"
    case .losing: "reversible-with-loss"
    case .irreversible: "irreversible"
    }
  }
}
