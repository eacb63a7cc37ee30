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

  /// Whether its blob is a file's content.
  public var isFile: Bool { self == .file || self == .executable }

  /// Takes a mode as git writes it (gitformat-index(5)); the group-writable files of old repositories count as files.
  init(mode: UInt32) {
    self =
      switch mode & 0o170000 {
      case 0o040000: .folder
      case 0o120000: .link
      case 0o160000: .submodule
      default: mode & 0o111 == 0 ? .file : .executable
      }
  }
}
