/// Finds the files that a command's name may mean, as execvp(3) does.
enum ExecutableSearch {
  /// The paths to try, in order; none for an empty name.
  ///
  /// A name with a slash is itself the path. An empty entry of the search path is the working directory.
  /// - Parameters:
  ///   - name: the command's first word, ended by a zero.
  ///   - path: the value of PATH, ended by a zero; nil where it is not set, which means the default of glibc's execvp(3).
  static func candidates(for name: [CChar], path: [CChar]?) -> [[CChar]] {
    guard let first = name.first, first != 0 else { return [] }
    let slash = CChar(bitPattern: UInt8(ascii: "/"))
    guard !name.contains(slash) else { return [name] }
    let folders = path.map { $0.dropLast() } ?? "/bin:/usr/bin".utf8CString.dropLast()
    return folders.split(separator: CChar(bitPattern: UInt8(ascii: ":")), omittingEmptySubsequences: false).map { folder in
      folder.isEmpty ? name : Array(folder) + [slash] + name
    }
  }
}
