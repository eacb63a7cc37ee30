/// What a work tree holds, as far as it could be read.
public struct WorkTreeListing: Equatable, Sendable {
  /// Sorted by the bytes of their paths.
  public internal(set) var files: [WorkTreeFile] = []
  /// Folders and `.gitignore` files that could not be read; what lies below such a folder is not known.
  public internal(set) var unreadable: [(path: RepositoryPath, error: WorkTreeError)] = []

  /// Submodules and other repositories inside the folder, which are not looked into.
  public internal(set) var repositories: [RepositoryPath] = []
  /// Files and links that are ignored and not tracked. Those below `ignoredFolders` are not among them.
  public internal(set) var ignoredFiles: [RepositoryPath] = []
  /// Ignored folders without tracked files, which are not looked into.
  public internal(set) var ignoredFolders: [RepositoryPath] = []

  public static func == (one: WorkTreeListing, other: WorkTreeListing) -> Bool {
    one.files == other.files && one.repositories == other.repositories && one.ignoredFiles == other.ignoredFiles
      && one.ignoredFolders == other.ignoredFolders && one.unreadable.elementsEqual(other.unreadable) { $0 == $1 }
  }
}

extension Repository {
  /// Lists a work tree's files: tracked ones and those that are neither tracked nor ignored.
  ///
  /// The repository's `.gitignore` files and its `info/exclude` decide what is ignored; a user's own `core.excludesFile` does
  /// not, so that everybody sees the same. Submodules and other repositories inside the folder are named and not looked into;
  /// `.git` itself, pipes, sockets and devices are left out. Folders for which `prune` is true are not
  /// looked into. Throws for an index that can't be read; what else can't be is in the listing.
  public func list(
    _ workTree: borrowing WorkTree, limits: TreeWalk.Limits = TreeWalk.Limits(), prune: (RepositoryPath) -> Bool = { _ in false }
  ) throws(GitError) -> WorkTreeListing {
    let excluded = GitFolderFile.read(commonFolder + "info/exclude")
    var walk = WorkTreeWalk(index: try indexEntries(), excluded: excluded ?? [], limits: limits)
    try walk.run(through: workTree, prune: prune)
    return walk.listing
  }
}
