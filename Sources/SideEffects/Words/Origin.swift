/// When and by whom a resource or its last change came to be, as far as the service or the history tells.
public struct Origin: Hashable, Sendable {
  /// The time of creation as the service spells it; another one under the same id is another thing.
  public let at: Text?
  public let by: Text?
  /// The time of the last change, as the service spells it.
  public let changed: Text?
  /// When it ends by itself.
  public let until: Text?
  /// The commit that changed it.
  public let commit: Text?

  public init(at: Text? = nil, by: Text? = nil, changed: Text? = nil, until: Text? = nil, commit: Text? = nil) {
    (self.at, self.by, self.changed, self.until, self.commit) = (at, by, changed, until, commit)
  }

  public static let unknown = Origin()

  public var createdAt: Instant? { at.flatMap { Instant(told: $0.string) } }
  public var changedAt: Instant? { changed.flatMap { Instant(told: $0.string) } }
}
