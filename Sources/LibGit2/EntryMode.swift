internal import CGit2

/// What a path of a tree or of the index stands for.
public enum EntryMode: Hashable, Sendable {
  case file
  case executable
  /// A symbolic link; its blob is the path that it points to.
  case link
  /// Another repository's commit; its objects are not in this one.
  case submodule
  /// A tree within the tree.
  case folder

  /// The modes are those of `git ls-tree`; the group-writable files of old repositories count as files.
  init(_ mode: git_filemode_t) {
    self =
      switch mode {
      case GIT_FILEMODE_TREE: .folder
      case GIT_FILEMODE_BLOB_EXECUTABLE: .executable
      case GIT_FILEMODE_LINK: .link
      case GIT_FILEMODE_COMMIT: .submodule
      default: .file
      }
  }
}
