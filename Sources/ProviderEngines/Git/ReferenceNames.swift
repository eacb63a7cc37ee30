public import SideEffects

/// The full names of a repository's references, such as `refs/heads/main`.
public struct ReferenceNames: Sendable {
  public let names: [Text]
  /// Those that are no UTF-8, with their odd bytes escaped as git shows them; they can't be asked for.
  public let notText: [Text]

  /// The reference that git means by a short name (gitrevisions(7)); nil where it is none.
  public func full(of name: Text) -> Text? {
    ["", "refs/", "refs/tags/", "refs/heads/", "refs/remotes/"].lazy.map { Text($0 + name.string) }.first { names.contains($0) }
  }
}
