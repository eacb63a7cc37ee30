/// Whether a restore puts a change back, as the user declares it.
public enum Coverage: Hashable, Sendable {
  case restored(by: Text)
  /// The restores that say that they leave it.
  case survives([Text])
  /// No restore names it: it counts as residue.
  case unknown

  public var word: Text {
    switch self {
    case .restored: "restored"
    case .survives: "survives"
    case .unknown: "unknown"
    }
  }
}
