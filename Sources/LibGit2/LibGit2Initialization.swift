internal import CGit2
internal import Glibc
internal import Synchronization

/// Makes libgit2 ready once for the process: nobody's configuration is obeyed, and what is read is verified.
enum LibGit2Initialization {
  /// Opening takes turns, because the check of the owner can only be switched off for the whole process.
  static let opening = Mutex(())

  private static let outcome: Result<Void, GitError> = {
    guard git_libgit2_init() >= 0 else { return .failure(GitError.last(GIT_ERROR.rawValue)) }
    // Filters, aliases, excludes and rewritten URLs of this machine's users must not decide what a repository holds.
    let levels = [GIT_CONFIG_LEVEL_PROGRAMDATA, GIT_CONFIG_LEVEL_SYSTEM, GIT_CONFIG_LEVEL_XDG, GIT_CONFIG_LEVEL_GLOBAL]
    for level in levels {
      let status = audit_git_set_search_path(level.rawValue, "")
      guard status >= 0 else { return .failure(GitError.last(status)) }
    }
    // A damaged object passes unnoticed without it.
    let verified = audit_git_set_strict_hash_verification(1)
    guard verified >= 0 else { return .failure(GitError.last(verified)) }
    let validated = audit_git_set_owner_validation(1)
    guard validated >= 0 else { return .failure(GitError.last(validated)) }
    return allowExtensions()
  }()

  static func once() throws(GitError) { try outcome.get() }

  /// Allows the repository extensions that change nothing about reading objects, references and the index.
  ///
  /// Their meaning is in git's `Documentation/technical/repository-version.txt`. A partial clone lacks objects, which is
  /// seen object by object; settings of their own for linked work trees hold nothing that is read here.
  private static func allowExtensions() -> Result<Void, GitError> {
    let names = ["partialclone", "preciousobjects", "worktreeconfig", "relativeworktrees"]
    let copies = names.map { strdup($0) }
    defer { for copy in copies { free(copy) } }
    let status = copies.map { UnsafePointer($0) }.withUnsafeBufferPointer {
      audit_git_set_extensions($0.baseAddress, $0.count)
    }
    return status >= 0 ? .success(()) : .failure(GitError.last(status))
  }
}
