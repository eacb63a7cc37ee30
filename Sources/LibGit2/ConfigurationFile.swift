internal import CGit2

/// One configuration in git's format, with the files that it includes.
struct ConfigurationFile: ~Copyable {
  private let handle: OpaquePointer

  /// Opens the file at a path; one that isn't there is empty.
  init(path: String) throws(GitError) {
    try LibGit2Initialization.once()
    var handle: OpaquePointer?
    let status = git_config_open_ondisk(&handle, path)
    guard status >= 0, let handle else { throw GitError.last(status) }
    self.handle = handle
  }

  /// Takes the repository's own configuration; users' and the machine's are not part of it.
  init(of repository: OpaquePointer) throws(GitError) {
    var handle: OpaquePointer?
    let status = git_repository_config_snapshot(&handle, repository)
    guard status >= 0, let handle else { throw GitError.last(status) }
    self.handle = handle
  }

  deinit { git_config_free(handle) }

  /// All values of one setting, in order.
  func values(of name: String) -> [String] {
    var iterator: OpaquePointer?
    guard git_config_multivar_iterator_new(&iterator, handle, name, nil) >= 0 else { return [] }
    return Self.rest(of: iterator).map(\.value)
  }

  /// All settings whose normalised names match a POSIX pattern, in order.
  func settings(matching pattern: String) -> [(name: String, value: String)] {
    var iterator: OpaquePointer?
    guard git_config_iterator_glob_new(&iterator, handle, pattern) >= 0 else { return [] }
    return Self.rest(of: iterator)
  }

  private static func rest(of iterator: OpaquePointer?) -> [(name: String, value: String)] {
    defer { git_config_iterator_free(iterator) }
    var entry: UnsafeMutablePointer<git_config_entry>?
    var settings: [(name: String, value: String)] = []
    while git_config_next(&entry, iterator) == 0, let found = entry?.pointee {
      // A setting without `=` has no value and means true (git-config(1), "Syntax").
      settings.append((String(cString: found.name), found.value.map { String(cString: $0) } ?? "true"))
    }
    return settings
  }
}
