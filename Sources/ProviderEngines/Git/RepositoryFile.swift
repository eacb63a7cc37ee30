internal import LibGit2
internal import SideEffects

/// A file of a repository that a watch reads, and where its content is.
struct RepositoryFile: Hashable, Sendable {
  /// The two places that content can be in.
  enum Content: Hashable, Sendable {
    /// An object, by its name.
    case blob(ObjectID)
    /// The file itself.
    case workTree
  }

  /// From the repository's root.
  let path: String
  let content: Content
  /// The watch's lists that read it; none for a file that is left out.
  var readers = FileWalk.Readers.none
}
