internal import SideEffects

/// The files of a repository that a watch wants.
struct RepositoryListing: Sendable {
  /// To be read.
  var files: [RepositoryFile] = []
  /// Wanted, and left out because the repository's own attributes say that they are copies of other projects.
  var vendored: [RepositoryFile] = []
  /// What could not be listed, each with the path of the file or folder.
  var gaps: [(path: String, because: Diagnostic)] = []
}
