/// Why a list is known to have ended.
public enum End: String, Hashable, Comparable, Sendable, CaseIterable {
  case singleAnswer = "single-answer"
  case noNextPage = "no-next-page"
  case emptyPage = "empty-page"
  case totalReached = "total-reached"
  case noMore = "no-more"
  /// The answer that the manifest says means an empty list.
  case saidEmpty = "said-empty"
  /// The values of a setting, or a sequence of the manifest.
  case constant
  case treeWalked = "tree-walked"
  case fileRead = "file-read"

  public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}

/// What a listing's completeness rests on.
public struct Evidence: Hashable, Sendable {
  /// Requests answered, or files read.
  public var reads: Int
  public var items: Int
  public var ends: Set<End>

  public init(reads: Int = 0, items: Int = 0, ends: Set<End> = []) { (self.reads, self.items, self.ends) = (reads, items, ends) }

  public mutating func add(_ other: Evidence) {
    reads += other.reads
    items += other.items
    ends.formUnion(other.ends)
  }
}

/// A part that could not be read, or not to its end.
public struct Gap: Hashable, Sendable {
  public let scope: Scope
  /// Its rule is the blind spot's code, such as `forbidden`.
  public let because: Diagnostic

  public init(scope: Scope, because: Diagnostic) { (self.scope, self.because) = (scope, because) }
}

/// How much of a kind was seen. A failed read is never an empty list.
public enum Completeness: Hashable, Sendable {
  case complete(Evidence)
  case partial(Evidence, NonEmpty<Gap>)
  case failed(NonEmpty<Diagnostic>)

  /// `complete` where there is no gap, `failed` where a gap covers everything and nothing was read.
  public init(evidence: Evidence, gaps: [Gap]) {
    guard let some = NonEmpty(gaps) else {
      self = .complete(evidence)
      return
    }
    if evidence.items == 0, let whole = NonEmpty(gaps.filter { $0.scope == .whole }.map(\.because)) {
      self = .failed(whole)
    } else {
      self = .partial(evidence, some)
    }
  }

  /// Whether an absence in `scope` is evidence: one repository that could not be read doesn't blind the others.
  public func proves(absenceIn scope: Scope) -> Bool {
    switch self {
    case .complete: true
    case .partial(_, let gaps): !gaps.all.contains { $0.scope.contains(scope) }
    case .failed: false
    }
  }

  /// Whether nothing of it was read.
  public var isFailed: Bool {
    switch self {
    case .complete, .partial: false
    case .failed: true
    }
  }

  public var isComplete: Bool {
    switch self {
    case .complete: true
    case .partial, .failed: false
    }
  }

  /// Each part that was not read; a failure is a gap of the whole.
  public var gaps: [Gap] {
    switch self {
    case .complete: []
    case .partial(_, let gaps): gaps.all
    case .failed(let diagnostics): diagnostics.all.map { Gap(scope: .whole, because: $0) }
    }
  }
}
