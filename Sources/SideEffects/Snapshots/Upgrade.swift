/// A before snapshot, an after snapshot, and the command that ran between; recorded before the command starts.
public struct Upgrade: Hashable, Sendable {
  /// How the command ended.
  public enum End: Hashable, Sendable {
    case exited(Int32)
    case signalled(Int32)
    /// `begin` and `end` by hand: there was no command to end.
    case byHand
  }

  /// The latest look after a rollback.
  public struct Rollback: Hashable, Sendable {
    /// The snapshot that was taken then.
    public let now: Text
    /// The restores that were said to have been done.
    public let restored: [Text]

    public init(now: Text, restored: [Text]) { (self.now, self.restored) = (now, restored) }
  }

  public let name: Text
  /// The command's first word; its arguments are not stored, since they may hold secrets. Nil for one begun by hand.
  public let command: Text?
  public let before: Text
  public let began: Instant
  /// Nil until it is taken: a crash or a reboot leaves an upgrade without an after, not nothing.
  public var after: Text?
  public var ended: Instant?
  public var end: End?
  /// Nil until somebody audits it after a rollback.
  public var rollback: Rollback?

  public init(
    name: Text, command: Text?, before: Text, began: Instant, after: Text? = nil, ended: Instant? = nil, end: End? = nil,
    rollback: Rollback? = nil
  ) {
    (self.name, self.command, self.before, self.began) = (name, command, before, began)
    (self.after, self.ended, self.end, self.rollback) = (after, ended, end, rollback)
  }
}
