/// How a kind's resources are compared; kept with the observation, since the manifest may change before the next one.
public struct KindSchema: Hashable, Sendable {
  /// What sort of thing a kind is; it orders the plan.
  public enum Sort: String, Hashable, Sendable, CaseIterable { case flag, webhook, credential, other }
  /// Which section of the plan a change goes to.
  public enum Level: String, Hashable, Sendable, CaseIterable { case data, configuration }
  /// How an attribute is compared and kept.
  public enum Role: String, Hashable, Sendable, CaseIterable { case value, set, volatile, secret }

  public let sort: Sort
  public let level: Level
  /// Over the manifest's bytes.
  public let manifest: Digest
  /// Paths of attributes, or of kept values, that say "the same thing under another id".
  public let naturalKey: [Text]
  /// Declared paths, as written in the manifest; one path may stand for many attributes.
  public let attributes: [Text: Role]
  /// Over what decides which resources are listed and under which ids; nil where an earlier version of this tool looked.
  public let listing: Digest?
  /// Of the declared paths, sorted.
  private let patterns: [AttributePattern]

  public init(sort: Sort, level: Level, manifest: Digest, naturalKey: [Text], attributes: [Text: Role], listing: Digest? = nil) {
    (self.sort, self.level, self.manifest, self.naturalKey, self.attributes) = (sort, level, manifest, naturalKey, attributes)
    self.listing = listing
    patterns = attributes.keys.sorted().map { AttributePattern($0) }
  }

  /// Whether both list the same things in the same way, so that what only one of them holds was looked for by the other.
  func listsAlike(_ other: KindSchema) -> Bool { manifest == other.manifest || listing != nil && listing == other.listing }

  /// The role of an attribute by the declared path that it was read by; nil for one that this schema doesn't declare.
  public func role(of attribute: Text) -> Role? {
    if let role = attributes[attribute] { return role }
    return patterns.first { $0.covers(attribute) }.flatMap { attributes[$0.path] }
  }
}

/// A declared path, against the names of the attributes that it gives: `value` gives `value.a`, `hooks[name=*].url` gives `hooks[name=x].url`.
struct AttributePattern: Hashable, Sendable {
  let path: Text
  private let pieces: [Substring]

  init(_ path: Text) {
    self.path = path
    pieces = path.string.split(separator: "*", omittingEmptySubsequences: false)
  }

  func covers(_ attribute: Text) -> Bool {
    var rest = Substring(attribute.string)
    guard let first = pieces.first, rest.utf8.starts(with: first.utf8) else { return false }
    rest = rest.dropFirst(first.count)
    for piece in pieces.dropFirst() {
      guard let next = piece.isEmpty ? rest.endIndex..<rest.endIndex : rest.firstRange(of: piece) else { return false }
      rest = rest[next.upperBound...]
    }
    return rest.isEmpty || rest.first == "." || rest.first == "["
  }
}

extension Substring {
  fileprivate func firstRange(of piece: Substring) -> Range<Index>? {
    var start = startIndex
    while start <= endIndex {
      if self[start...].utf8.starts(with: piece.utf8) { return start..<index(start, offsetBy: piece.count) }
      guard start < endIndex else { return nil }
      start = index(after: start)
    }
    return nil
  }
}
