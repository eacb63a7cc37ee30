/// One entry of a tree, under its path from the root.
public struct TreeEntry: Hashable, Sendable {
  public let path: RepositoryPath
  public let mode: EntryMode
  /// The blob, the tree or, for a submodule, the other repository's commit.
  public let id: ObjectID

  public init(path: RepositoryPath, mode: EntryMode, id: ObjectID) {
    self.path = path
    self.mode = mode
    self.id = id
  }
}
