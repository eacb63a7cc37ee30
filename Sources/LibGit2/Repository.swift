internal import CGit2
internal import Glibc
internal import Synchronization

/// An open repository, for one thread at a time.
///
/// It is only read, but by what makes trees, commits and branches for a plan that is carried out. No hook, filter or setting of the
/// repository is run or obeyed, nothing is fetched, and only what lies in the folder itself is opened: folders above it are not searched.
public struct Repository: ~Copyable {
  /// The folder that holds `HEAD`: `.git`, the bare repository itself, or a linked work tree's part of `.git/worktrees`.
  public let gitFolder: String
  /// The folder with the objects and references, which linked work trees share.
  public let commonFolder: String
  /// The folder with the checked-out files, as it was opened, or nil for a bare repository.
  ///
  /// Always the opened folder: where the repository's own configuration moves its work tree (`core.worktree`) it is not
  /// followed.
  public let workFolder: String?
  let handle: OpaquePointer
  let database: OpaquePointer

  /// Opens the repository in a folder: one with a work tree, a linked work tree, a submodule, a bare one or a `.git` folder.
  ///
  /// A repository of another user is refused as git refuses it, unless a safe folder says that it is trusted. Throws
  /// `notARepository`, `ownedByAnother`, `unsupportedFormat`, or `other`.
  public init(at folder: String, safeFolders: SafeFolders = SafeFolders()) throws(GitError) {
    try LibGit2Initialization.once()
    guard !folder.utf8.contains(0) else { throw GitError(.notARepository, message: "the path holds a zero byte") }
    let handle = try Self.open(folder, safeFolders: safeFolders)
    var database: OpaquePointer?
    let status = git_repository_odb(&database, handle)
    guard status >= 0, let database else {
      let error = GitError.last(status)
      git_repository_free(handle)
      throw error
    }
    let common = git_repository_commondir(handle).map { String(cString: $0) } ?? folder
    if let error = Self.problem(withObjectsIn: common) {
      git_odb_free(database)
      git_repository_free(handle)
      throw error
    }
    self.handle = handle
    self.database = database
    gitFolder = git_repository_path(handle).map { String(cString: $0) } ?? folder
    commonFolder = common
    let hasWorkTree = git_repository_is_bare(handle) == 0 && access(folder + "/.git", F_OK) == 0
    workFolder = hasWorkTree ? folder : nil
  }

  /// libgit2 takes what it may not list for nothing, and all that is in it for missing.
  private static func problem(withObjectsIn folder: String) -> GitError? {
    for name in ["objects", "objects/pack"] where access(folder + name, R_OK | X_OK) != 0 && errno != ENOENT {
      let number = errno
      return GitError(.other(number), message: "\(folder)\(name) can't be read: \(String(cString: strerror(number)))")
    }
    return nil
  }

  deinit {
    git_odb_free(database)
    git_repository_free(handle)
  }

  /// Whether there is no work tree, or none here.
  public var isBare: Bool { workFolder == nil }

  /// Whether history was cut off when it was cloned.
  public var isShallow: Bool { git_repository_is_shallow(handle) == 1 }

  /// Whether objects may be missing because they are fetched only when needed (gitrepository-layout(5), "promisor").
  public var isPartialClone: Bool {
    guard let configuration = try? ConfigurationFile(of: handle) else { return false }
    if !configuration.values(of: "extensions.partialclone").isEmpty { return true }
    return configuration.settings(matching: #"^remote\..*\.promisor$"#).contains { setting in
      var isTrue: Int32 = 0
      return git_config_parse_bool(&isTrue, setting.value) >= 0 && isTrue != 0
    }
  }

  /// Whether the current branch has no commit yet.
  public var isHeadUnborn: Bool { git_repository_head_unborn(handle) == 1 }

  private static func open(_ folder: String, safeFolders: SafeFolders) throws(GitError) -> OpaquePointer {
    let attempt = LibGit2Initialization.opening.withLock { _ in attemptToOpen(folder) }
    switch attempt {
    case .success(let handle): return handle
    case .failure(let error):
      guard error.code == .ownedByAnother else { throw error }
      guard safeFolders.contain(absolute(folder)) else { throw error }
    }
    return try LibGit2Initialization.opening.withLock { _ in
      guard audit_git_set_owner_validation(0) >= 0 else { return attemptToOpen(folder) }
      defer { audit_git_set_owner_validation(1) }
      return attemptToOpen(folder)
    }.get()
  }

  private static func attemptToOpen(_ folder: String) -> Result<OpaquePointer, GitError> {
    var handle: OpaquePointer?
    let status = git_repository_open_ext(&handle, folder, GIT_REPOSITORY_OPEN_NO_SEARCH.rawValue, nil)
    if status >= 0, let handle { return .success(handle) }
    let (kind, text) = GitError.lastMessage()
    // When it finds another owner libgit2 looks for `safe.directory`, and 1.5 reports the failure of that search instead.
    if status == GIT_EOWNER.rawValue || (status == GIT_ENOTFOUND.rawValue && kind == GIT_ERROR_CONFIG) {
      let path = absolute(folder)
      return .failure(
        GitError(
          .ownedByAnother,
          message: "\(path) belongs to another user; if you trust it: git config --global --add safe.directory \(shellQuoted(path))"))
    }
    if status == GIT_ENOTFOUND.rawValue { return .failure(GitError(.notARepository, message: text)) }
    if kind == GIT_ERROR_REPOSITORY { return .failure(GitError(.unsupportedFormat, message: text)) }
    return .failure(GitError(.other(status), message: text))
  }

  private static func absolute(_ path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  private static func shellQuoted(_ path: String) -> String {
    "'" + path.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#) + "'"
  }
}
