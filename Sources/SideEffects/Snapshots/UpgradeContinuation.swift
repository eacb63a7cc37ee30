extension Upgrade {
  /// Whether this is the same upgrade as an earlier record of it, which knew as much or less of its end.
  ///
  /// The look after a rollback may be another one: each audit takes its own.
  public func continues(_ earlier: Upgrade) -> Bool {
    name == earlier.name && command == earlier.command && before == earlier.before && began == earlier.began
      && (earlier.after == nil || earlier.after == after) && (earlier.ended == nil || earlier.ended == ended)
      && (earlier.end == nil || earlier.end == end) && (earlier.rollback == nil || rollback != nil)
  }
}
