/// A path that a watch's files fit and that was not read: what is missing may stand there.
public struct LeftOut: Hashable, Sendable {
  /// Why; the words are the codes of blind spots.
  public enum Reason: String, Hashable, Sendable, CaseIterable {
    /// A symbolic link in place of a folder.
    case link = "link-not-followed"
    /// A submodule or another repository.
    case repository = "other-repository"
    /// A file or folder that is not tracked and that `.gitignore` names.
    case ignored = "left-out-by-ignore"
    /// A file whose name, or a folder's above it, is one of tests or of copies of other projects.
    case name = "left-out-by-name"
  }

  /// A file, or a folder with all that lies below it.
  public let path: Text
  public let reason: Reason
  /// What the things that stand in it are called; empty for what was not looked into.
  public let names: Set<Text>

  public init(path: Text, reason: Reason, names: Set<Text> = []) { (self.path, self.reason, self.names) = (path, reason, names) }
}

extension LeftOut {
  /// Why nothing is known of what is missing, as it is reported.
  var because: Diagnostic {
    let (sentence, advice) =
      switch reason {
      case .link:
        (
          "the folder is a symbolic link now or was one, and links are not followed",
          "Name the folder that it points to in the watch's files."
        )
      case .repository:
        (
          "the folder is a submodule or another repository now or was one, and these are not read with this one",
          "Watch that repository by itself, and leave the folder out of this watch."
        )
      case .ignored:
        ("what lies there is left out, because .gitignore says so", "Take it out of .gitignore, or name the file in the watch's files.")
      case .name:
        (
          "what is missing stands there, and is left out by the name: a test, or a copy of another project",
          "Set `tests` or `vendored`, or name the folder in the watch's files."
        )
      }
    return Diagnostic(Text(reason.rawValue), sentence, advice: advice, place: .file(path, line: 0, column: 0))
  }
}
