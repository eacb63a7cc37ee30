internal import CGit2
internal import Glibc

extension Repository {
  /// The full names of all references, sorted by their bytes; `HEAD` is none of them. Those that point to nothing are left out.
  public func references() throws(GitError) -> [RepositoryPath] {
    var names = git_strarray()
    let status = git_reference_list(&names, handle)
    guard status >= 0 else { throw GitError.last(status) }
    defer { git_strarray_dispose(&names) }
    return (0..<names.count).compactMap { index in
      names.strings?[index].map { name in RepositoryPath(Array(UnsafeRawBufferPointer(start: name, count: strlen(name)))) }
    }.sorted()
  }
}
