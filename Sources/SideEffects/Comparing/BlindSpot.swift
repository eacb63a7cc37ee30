/// What could not be compared, and why: it makes an audit not clean.
public struct BlindSpot: Hashable, Sendable {
  /// A known one that may be passed over: its code was acknowledged, and no other.
  public struct Acknowledged: Hashable, Sendable {
    public let because: Text
    public let until: Text?
    public init(because: Text, until: Text?) { (self.because, self.until) = (because, until) }
  }

  /// Which of the snapshots couldn't see.
  public enum Side: String, Hashable, Sendable, CaseIterable { case before, after, now, both }

  public let watch: Text
  public let kind: Text
  public let scope: Scope
  public let side: Side
  /// Its rule is the code, such as `forbidden`, `first-look`, `other-reader` or `not-listable`.
  public let because: Diagnostic
  /// Resources that the other snapshot holds there and about which nothing can be said.
  public let unknown: Int
  public let acknowledged: Acknowledged?

  public init(
    watch: Text, kind: Text, scope: Scope = .whole, side: Side, because: Diagnostic, unknown: Int = 0, acknowledged: Acknowledged? = nil
  ) {
    (self.watch, self.kind, self.scope, self.side) = (watch, kind, scope, side)
    (self.because, self.unknown, self.acknowledged) = (because, unknown, acknowledged)
  }

  public var code: Text { because.rule }

  /// The same blind spot, known to somebody who wrote down why.
  public func acknowledged(_ how: Acknowledged) -> BlindSpot {
    BlindSpot(watch: watch, kind: kind, scope: scope, side: side, because: because, unknown: unknown, acknowledged: how)
  }
}

extension BlindSpot {
  /// The order of a report: by watch, kind, scope and code.
  static func precedes(_ a: BlindSpot, _ b: BlindSpot) -> Bool {
    let (left, right) = ((a.watch, a.kind, a.scope, a.code), (b.watch, b.kind, b.scope, b.code))
    return left == right ? (Text(a.side.rawValue), a.because.sentence) < (Text(b.side.rawValue), b.because.sentence) : left < right
  }
}
