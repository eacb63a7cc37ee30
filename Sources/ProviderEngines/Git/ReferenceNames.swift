public import SideEffects

/// The full names of a repository's references, such as `refs/heads/main`.
public struct ReferenceNames: Sendable {
  /// A name that is no UTF-8; it can't be asked for.
  public struct OddName: Sendable {
    public let bytes: [UInt8]
    /// With its odd bytes escaped as git shows them.
    public let shown: Text
  }

  public let names: [Text]
  public let notText: [OddName]

  public init(names: [Text], notText: [OddName]) { (self.names, self.notText) = (names, notText) }

  /// The reference that git means by a short name (gitrevisions(7)); nil where it is none.
  public func full(of name: Text) -> Text? {
    ["", "refs/", "refs/tags/", "refs/heads/", "refs/remotes/"].lazy.map { Text($0 + name.string) }.first { names.contains($0) }
  }
}

/// The submodules that a repository names at a revision.
public struct SubmoduleList: Sendable {
  /// Where they are, from the repository's root, and the commits that are named; nil instead of a commit where the work tree is meant.
  public internal(set) var found: [(path: Text, commit: Text?)] = []
  /// Those of which the index has several.
  public internal(set) var conflicts: [Text] = []
  /// Why there may be more.
  public internal(set) var problem: Diagnostic?
}
