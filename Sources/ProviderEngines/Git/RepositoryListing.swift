internal import SideEffects

/// The files of a repository that a watch wants.
struct RepositoryListing: Sendable {
  /// What could not be listed, and why.
  struct Gap: Sendable {
    /// How far what is not known reaches.
    enum Extent: Hashable, Sendable {
      /// One file.
      case file(String)
      /// All that may lie below a folder: nobody knows which files those are.
      case folder
    }

    let extent: Extent
    let because: Diagnostic
  }

  /// To be read.
  var files: [RepositoryFile] = []
  /// Wanted, and left out because the repository's own attributes say that they are copies of other projects.
  var vendored: [RepositoryFile] = []
  /// What fits the watch's files and is not read: ignored files, and those whose names are of tests or of copies of other projects.
  var leftOut: [(file: RepositoryFile, reason: LeftOut.Reason)] = []
  /// Folders that the watch could read below and that are not looked into.
  var leftOutFolders: [LeftOut] = []
  var gaps: [Gap] = []
}
