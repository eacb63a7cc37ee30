internal import LibGit2
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

  /// A file that is left out.
  struct File {
    let file: RepositoryFile
    let reason: LeftOut.Reason
    /// What stood at its path before, where only what is new in it is of interest.
    var before: RepositoryFile?
  }

  /// To be read.
  var files: [RepositoryFile] = []
  /// Wanted, and left out because the repository's own attributes say that they are copies of other projects.
  var vendored: [RepositoryFile] = []
  /// What fits the watch's files and is not read: ignored files, and those whose names are of tests or of copies of other projects.
  var leftOut: [File] = []
  /// Folders that the watch could read below and that are not looked into.
  var leftOutFolders: [LeftOut] = []
  var gaps: [Gap] = []
  /// The `.gitattributes` files that were read.
  var attributeFiles: Set<Text> = []
  /// The symbolic links that the watch's files fit, and where they point to.
  var links: [Text: [UInt8]] = [:]
  /// Whether all of it can be noted for the next look: nothing is unknown but where links lead to.
  var isNotable = false
  /// What is known of files that need not be read again.
  struct Known {
    /// For each kind how many files hold nothing.
    var empty: [Text: Int]
    /// For each kind what stands in files that are left out and didn't change.
    var leftOut: [Text: [LeftOut]]
    /// The same of all files as it was before.
    let told: [Text: [LeftOut]]
    /// The tree since which it is known what came to stand in files that are left out by name; nil where it is known of all.
    let leftOutSince: ObjectID?
    /// The files that held something and did not change, where it is known what.
    var kept: Set<Text> = []
  }

  /// Nil where all files are listed.
  var known: Known?
}
