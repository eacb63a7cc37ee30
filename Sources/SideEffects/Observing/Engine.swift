/// Looks at what one watch asks for. A failure is a completeness, so no watch can take another with it; cancelled is a gap like any other.
public protocol Engine: Sendable {
  /// Reads all kinds of a watch; hands over resources as they arrive.
  func observe(_ watch: Watch, with tools: ObservingTools) async -> WatchReport
}

/// What an engine is handed besides the watch.
public struct ObservingTools: Sendable {
  public let sink: any ResourceSink
  public let fingerprinter: Fingerprinter
  /// Called with what the watch is doing now, for people.
  public let progress: @Sendable (WatchProgress) -> Void
  /// The scopes whose listings are read, where only some are of interest; nil for all. What holds several in one file or answer reads it whole.
  public let focus: Set<Scope>?
  /// Where an engine may look up what it kept the last time; nil where nothing is kept.
  public let memory: (any ReadingMemory)?
  /// Whether no snapshot is there that this look could be compared with.
  public let isFirstLook: Bool
  /// What the newest snapshot holds; nil where nothing may be taken from it.
  public let earlier: (any EarlierLook)?
  /// Gets each item that became a resource; nil where nobody wants them.
  let items: (@Sendable (ResourceAddress, FreshItem) -> Void)?

  public init(
    sink: any ResourceSink, fingerprinter: Fingerprinter, memory: (any ReadingMemory)? = nil, isFirstLook: Bool = false,
    earlier: (any EarlierLook)? = nil, progress: @escaping @Sendable (WatchProgress) -> Void
  ) {
    self.init(
      sink: sink, fingerprinter: fingerprinter, memory: memory, isFirstLook: isFirstLook, earlier: earlier, progress: progress, focus: nil,
      items: nil)
  }

  init(
    sink: any ResourceSink, fingerprinter: Fingerprinter, memory: (any ReadingMemory)? = nil, isFirstLook: Bool = false,
    earlier: (any EarlierLook)? = nil, progress: @escaping @Sendable (WatchProgress) -> Void, focus: Set<Scope>?,
    items: (@Sendable (ResourceAddress, FreshItem) -> Void)?
  ) {
    (self.sink, self.fingerprinter, self.progress, self.focus, self.items) = (sink, fingerprinter, progress, focus, items)
    (self.memory, self.isFirstLook, self.earlier) = (memory, isFirstLook, earlier)
  }
}

/// What a watch is doing.
public struct WatchProgress: Hashable, Sendable {
  public let watch: Text
  /// Such as "webhook: 3 requests, 240 items".
  public let doing: Text
  public init(watch: Text, doing: Text) { (self.watch, self.doing) = (watch, doing) }
}

/// Takes the resources of one watch as they are read.
public protocol ResourceSink: Sendable {
  /// All of the same kind.
  func add(_ resources: [Resource], kind: Text) async throws(Failure)
}

/// What a watch saw, besides the resources.
public struct WatchReport: Sendable {
  public let reader: Reader
  public let asked: Asked
  public let kinds: [Text: KindReport]

  public init(reader: Reader, asked: Asked, kinds: [Text: KindReport]) { (self.reader, self.asked, self.kinds) = (reader, asked, kinds) }
}

/// How much of one kind was seen.
public struct KindReport: Sendable {
  public let completeness: Completeness
  /// Standing blind spots that hold for this reader.
  public let standing: [Diagnostic]
  /// What was not read though the watch's files fit it, sorted by path.
  public let leftOut: [LeftOut]
  /// Where not all of it was searched, since when it is told; see `Observation`.
  public let leftOutSince: Text?

  public init(completeness: Completeness, standing: [Diagnostic] = [], leftOut: [LeftOut] = [], leftOutSince: Text? = nil) {
    (self.completeness, self.standing, self.leftOut, self.leftOutSince) = (completeness, standing, leftOut, leftOutSince)
  }
}
