/// What one watch saw of one kind.
public struct Observation: Hashable, Sendable {
  public let watch: Text
  public let kind: Text
  public let reader: Reader
  public let asked: Asked
  public let schema: KindSchema
  public let completeness: Completeness
  /// What the provider says it can't see, for this reader: the rule is the code, `not-listable` or `not-shown`.
  public let standing: [Diagnostic]
  /// What was not read though the watch's files fit it, sorted by path; a blind spot only where it is news.
  public let leftOut: [LeftOut]
  /// The tree whose files were not searched where they are left out by name: of these `leftOut` tells only what came since. Nil where
  /// all were searched.
  public let leftOutSince: Text?
  /// Sorted by address; their lines are in the store.
  public let chunks: [ChunkReference]

  public init(
    watch: Text, kind: Text, reader: Reader, asked: Asked, schema: KindSchema, completeness: Completeness, standing: [Diagnostic] = [],
    leftOut: [LeftOut] = [], leftOutSince: Text? = nil, chunks: [ChunkReference] = []
  ) {
    (self.watch, self.kind, self.reader, self.asked, self.schema) = (watch, kind, reader, asked, schema)
    (self.completeness, self.standing, self.leftOut, self.leftOutSince) = (completeness, standing, leftOut, leftOutSince)
    self.chunks = chunks
  }

  /// How many resources were seen.
  public var count: Int { chunks.reduce(0) { $0 + $1.count } }
}
