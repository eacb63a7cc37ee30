/// A stretch of a source text, its end not included.
public struct SourceSpan: Hashable, Sendable {
  /// The first byte.
  public let start: Position

  /// The byte after the last one.
  public let end: Position

  public init(start: Position, end: Position) {
    self.start = start
    self.end = end
  }

  /// The byte offsets, to slice the source with.
  public var offsets: Range<Int> { start.offset..<max(start.offset, end.offset) }
}
