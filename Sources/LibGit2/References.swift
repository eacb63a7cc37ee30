internal import CGit2

extension Repository {
  /// The full names of all references, sorted by their bytes; `HEAD` is none of them. Those that point to nothing are left out.
  public func references() throws(GitError) -> [String] {
    var names = git_strarray()
    let status = git_reference_list(&names, handle)
    guard status >= 0 else { throw GitError.last(status) }
    defer { git_strarray_dispose(&names) }
    return (0..<names.count).compactMap { index in names.strings?[index].flatMap { String(validatingCString: $0) } }.sorted {
      $0.utf8.lexicographicallyPrecedes($1.utf8)
    }
  }
}
