internal import Glibc
internal import LibGit2
internal import SideEffects
internal import Threads

/// Reads one repository on a thread of its own: libgit2 blocks, and keeps its errors by thread.
actor RepositoryWorker {
  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }
  private let executor: ThreadExecutor
  private let folder: String
  private let configurationFiles: [String]
  private var repository: Repository?

  /// The largest file that is read, in bytes.
  static let largestFile = 16 << 20

  /// Prepares to read the repository in a folder.
  ///
  /// - Parameter configurationFiles: the user's and the machine's git configuration, which say whose repositories are safe.
  init(folder: String, configurationFiles: [String]) throws(Failure) {
    executor = try ThreadExecutor()
    self.folder = folder
    self.configurationFiles = configurationFiles
  }

  // Closing a repository gives back what was mapped of it, which nobody need wait for.
  isolated deinit { repository = nil }

  /// Finds what is to be read; without a reference the work tree where there is one, else `HEAD`.
  func state(at reference: String?) throws(Failure) -> RepositoryState {
    let folder = folder
    return try reading(asking: reference) { (repository) throws(GitError) in
      let moment = reference.map { RepositoryMoment($0) } ?? (repository.isBare ? .revision("HEAD") : .workTree)
      switch moment {
      case .revision(let text):
        let revision = try repository.revision(text)
        return RepositoryState(
          folder: Self.realPath(folder), moment: moment, commit: revision.commit?.description, tree: revision.tree.description)
      case .index, .workTree:
        if repository.isBare, moment == .workTree {
          throw GitError(.invalidRevision, message: "the repository is bare and has no work tree")
        }
        let commit = repository.isHeadUnborn ? nil : try repository.revision("HEAD").commit?.description
        return RepositoryState(folder: Self.realPath(folder), moment: moment, commit: commit, tree: nil)
      }
    }
  }

  /// The branch that a revision's text names, as people write it; nil where it names something else.
  func branch(named text: String) throws(Failure) -> Text? {
    let reference = try reading(asking: text) { (repository) throws(GitError) in try repository.revision(text).reference }
    return reference.flatMap { $0.hasPrefix("refs/heads/") ? ReferencePattern.shown(Text($0)) : nil }
  }

  /// The full names of all references.
  func references() throws(Failure) -> [RepositoryPath] {
    try reading(asking: nil) { (repository) throws(GitError) in try repository.references() }
  }

  /// The submodules of a revision, of the index or of what was checked out. What can't be listed is told in it.
  func submodules(at state: RepositoryState) throws(Failure) -> SubmoduleList {
    let folder = folder
    return try reading(asking: nil) { (repository) throws(GitError) in
      var list = SubmoduleList()
      if case .revision = state.moment, let tree = state.tree.flatMap({ ObjectID($0) }) {
        var walk = TreeWalk(tree)
        do throws(GitError) {
          while let step = try walk.next(in: repository) {
            switch step {
            case .entry(let entry) where entry.mode == .submodule: list.found.append((Text(entry.path.text), Text(entry.id.description)))
            case .entry: break
            case .unreadable(let path, let error):
              list.problem = list.problem ?? error.diagnostic(ofFile: path == .root ? folder : path.description)
            }
          }
        } catch { list.problem = error.diagnostic(in: folder, asking: nil, isShallow: false) }
        return list
      }
      let isChecked = state.moment == .workTree
      for entry in try repository.indexEntries() where entry.mode == .submodule {
        let path = Text(entry.path.text)
        if entry.stage == 0 {
          list.found.append((path, isChecked ? nil : Text(entry.id.description)))
        } else if list.conflicts.last != path {
          list.conflicts.append(path)
        }
      }
      return list
    }
  }

  /// The other repositories that this one knows, by the names that it gives them. Their URLs may hold passwords.
  func remotes() throws(Failure) -> [Remote] { try reading(asking: nil) { (repository) throws(GitError) in try repository.remotes() } }

  /// Lists the files that a watch wants. No file's content is read, but that of `.gitattributes` and of links.
  func listing(of state: RepositoryState, for walk: FileWalk) throws(Failure) -> RepositoryListing {
    let folder = folder
    return try reading(asking: nil) { (repository) throws(GitError) in
      var lister = RepositoryLister(walk: walk)
      switch state.moment {
      case .revision: try lister.add(treeOf: state, in: repository)
      case .index: try lister.add(indexOf: repository)
      case .workTree: try lister.add(Self.workTree(folder), of: repository)
      }
      return lister.listing()
    }
  }

  /// Lists what has to be read of a tree after an earlier look at another one; nil where only a listing of all files can tell.
  func listing(after changes: RepositoryChanges, isKeepingFlags: Bool) throws(Failure) -> RepositoryListing? {
    try reading(asking: nil) { (repository) throws(GitError) in try changes.listing(isKeepingFlags: isKeepingFlags, in: repository) }
  }

  /// Compares folders where a watch's files can lie, until all is compared or as many are left as other threads can share.
  ///
  /// - Parameter entries: The most entries that all of their trees may have.
  func compare(
    _ folders: [FolderChange], for walk: FileWalk, until enough: Int = .max, entries: Int = TreeWalk.Limits().entries
  ) throws(Failure) -> TreeDiff.Part {
    try reading(asking: nil) { (repository) throws(GitError) in
      try TreeDiff(limits: TreeWalk.Limits(entries: entries)) { !walk.mayFit(below: $0.text) }.compare(
        folders, until: enough, in: repository)
    }
  }

  /// One file by its path, or nil where there is none.
  func file(_ path: String, of state: RepositoryState) throws(Failure) -> RepositoryFile? {
    try reading(asking: nil) { (repository) throws(GitError) in
      switch state.moment {
      case .workTree: return RepositoryFile(path: path, content: .workTree)
      case .index:
        let entry = try repository.indexEntries().first { $0.stage == 0 && $0.path == RepositoryPath(path) }
        return entry.map { RepositoryFile(path: path, content: .blob($0.id)) }
      case .revision:
        guard let tree = state.tree.flatMap({ ObjectID($0) }), let entry = try repository.entry(at: RepositoryPath(path), of: tree) else {
          return nil
        }
        return RepositoryFile(path: path, content: .blob(entry.id))
      }
    }
  }

  /// The commits that made flags what they are, as far as history tells; see `FlagHistory`.
  ///
  /// - Parameters:
  ///   - start: The commit that was read after the changes.
  ///   - end: The one that was read before them, where it is known.
  func history(of changes: [Change], in watch: Watch, for walk: FileWalk, from start: String, to end: String?) throws(Failure)
    -> ToldOfChanges
  {
    guard let start = ObjectID(start) else { return ToldOfChanges() }
    return try reading(asking: nil) { (repository) throws(GitError) in
      try FlagHistory(of: changes, in: watch, walk: walk).told(from: start, to: end.flatMap { ObjectID($0) }, in: repository)
    }
  }

  /// The commit that a reference named at a moment; nil where history doesn't reach back so far.
  func commit(of reference: String, atSecond moment: Int64) throws(Failure) -> PastRevision? {
    try reading(asking: reference) { (repository) throws(GitError) in
      let revision = try repository.revision(reference)
      let names = [revision.reference, reference == "HEAD" ? "HEAD" : nil].compactMap(\.self)
      for name in names.reversed() {
        if let id = repository.commit(of: name, atSecond: moment) { return PastRevision(commit: Text(id.description), source: .reflog) }
      }
      guard let tip = revision.commit, let id = try repository.commit(before: moment, from: tip) else { return nil }
      return PastRevision(commit: Text(id.description), source: .dates)
    }
  }

  /// Takes groups of things until there are none left, all on this thread.
  func take<Thing, Made>(
    _ groups: Groups<Thing>, into start: Made,
    _ work: @Sendable (isolated RepositoryWorker, ArraySlice<Thing>, _ done: Int, inout Made) -> Void
  ) -> Made {
    var made = start
    while !Task.isCancelled, let (group, done) = groups.next() { work(self, group, done, &made) }
    return made
  }

  /// The content of one file.
  func bytes(of file: RepositoryFile) throws(Failure) -> [UInt8] {
    switch content(of: file) {
    case .success(let bytes): return bytes
    case .failure(let diagnostic): throw Failure(diagnostic)
    }
  }

  /// The same, or why it can't be had.
  func content(of file: RepositoryFile, limit: Int = largestFile) -> Result<[UInt8], Diagnostic> {
    switch file.content {
    case .blob(let id):
      do throws(GitError) {
        try open()
        switch repository {
        case .some(let repository): return .success(try repository.blob(id, limit: limit))
        case nil: throw GitError(.notARepository, message: "the repository is not open")
        }
      } catch { return .failure(error.diagnostic(ofFile: file.path)) }
    case .workTree:
      do { return .success(try WorkTree(at: folder).read(RepositoryPath(file.path), limit: limit)) } catch {
        return .failure(error.diagnostic(ofFile: file.path))
      }
    }
  }

  private func open() throws(GitError) {
    if repository == nil { repository = try Repository(at: folder, safeFolders: SafeFolders(configurationFiles: configurationFiles)) }
  }

  /// Lends the repository, opened on this thread; its errors become what a person has to know.
  func reading<Result>(asking reference: String?, _ body: (borrowing Repository) throws(GitError) -> Result) throws(Failure)
    -> Result
  {
    do throws(GitError) {
      try open()
      switch repository {
      case .some(let repository): return try body(repository)
      case nil: throw GitError(.notARepository, message: "the repository is not open")
      }
    } catch {
      throw Failure(error.diagnostic(in: Self.realPath(folder), asking: reference ?? "HEAD", isShallow: repository?.isShallow ?? false))
    }
  }

  private static func workTree(_ folder: String) throws(GitError) -> WorkTree {
    do { return try WorkTree(at: folder) } catch { throw GitError(.other(-1), message: error.description) }
  }

  private static func realPath(_ path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}
