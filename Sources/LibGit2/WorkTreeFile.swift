/// A file of a work tree that belongs to it: tracked, or neither tracked nor ignored.
public struct WorkTreeFile: Equatable, Sendable {
  /// Where its content is.
  public enum Content: Equatable, Sendable {
    /// In a regular file of the work tree.
    case file
    /// Nowhere: it is a symbolic link, which is not followed.
    case link
    /// In this blob, since a sparse checkout leaves the file out of the work tree.
    case blob(ObjectID, EntryMode)
  }

  public let path: RepositoryPath
  public let content: Content
  public let isTracked: Bool
}
