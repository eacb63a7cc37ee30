/// A file under two names, which a repository is asked about.
public struct FilePair: Hashable, Sendable {
  public let from: Text
  public let to: Text
  public init(from: Text, to: Text) { (self.from, self.to) = (from, to) }
}

/// Which files of a watch moved from the one name to the other between two revisions, as its repository tells; none where it can't.
public typealias MoveProof = @Sendable (_ pairs: [FilePair], _ watch: Text, _ before: Text?, _ after: Text?) async -> Set<FilePair>

/// A file that stands under another name, with the flags in it. That alone is no change of any of them.
public struct FileMove: Hashable, Sendable {
  public let watch: Text
  public let kind: Text
  public let from: Text
  public let to: Text
  /// How many flags are set as they were.
  public let unchanged: Int

  public init(watch: Text, kind: Text, from: Text, to: Text, unchanged: Int) {
    (self.watch, self.kind, self.from, self.to, self.unchanged) = (watch, kind, from, to, unchanged)
  }
}

extension [FileMove] {
  /// So many files are named.
  private static var mostNamed: Int { 3 }

  /// What is to be said of them, for each watch and kind.
  var remarks: [Diagnostic] {
    let groups = Dictionary(grouping: self) { [$0.watch, $0.kind] }
    return groups.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { key, moves in
      let count = moves.reduce(0) { $0 + $1.unchanged }
      let named = moves.prefix(Self.mostNamed).map { "\($0.from) -> \($0.to)" }.joined(separator: ", ")
      let others = moves.count > Self.mostNamed ? " and \(moves.count - Self.mostNamed) more" : ""
      return Diagnostic(
        "file-moved",
        "\(key[0]) · \(key[1]): \(moves.count == 1 ? "a file" : "\(moves.count) files") moved, and \(count) of the kind in \(moves.count == 1 ? "it" : "them") \(count == 1 ? "is" : "are") set as before: \(named)\(others)"
      )
    }
  }
}
