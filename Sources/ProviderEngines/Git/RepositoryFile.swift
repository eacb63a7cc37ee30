/// A file of a repository that a watch reads, and where its content is.
struct RepositoryFile: Hashable, Sendable {
  /// The two places that content can be in.
  enum Content: Hashable, Sendable {
    /// An object, by its full name.
    case blob(String)
    /// The file itself.
    case workTree
  }

  /// From the repository's root.
  let path: String
  let content: Content
}
