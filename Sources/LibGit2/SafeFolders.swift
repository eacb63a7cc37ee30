/// The folders whose repositories a user trusts though they belong to someone else: git's `safe.directory`.
///
/// The rules are those of git-config(1), `safe.directory`: `*` trusts everything, `/path/*` what lies below a folder, an
/// empty value forgets what came before. Only a user's and the machine's own configuration may say it, never a
/// repository's.
public struct SafeFolders: Equatable, Sendable {
  private var folders: [String] = []

  /// No folder at all.
  public init() {}

  /// Reads the setting from configuration files in git's format, such as `/etc/gitconfig` and `~/.gitconfig`.
  ///
  /// Files that aren't there are empty, and so is one that can't be read: nothing is trusted because of it.
  public init(configurationFiles: [String]) {
    for file in configurationFiles {
      guard let configuration = try? ConfigurationFile(path: file) else { continue }
      add(configuration.values(of: "safe.directory"))
    }
  }

  init(_ values: [String]) { add(values) }

  private mutating func add(_ values: [String]) {
    for value in values {
      if value.isEmpty { folders = [] } else { folders.append(value) }
    }
  }

  /// Whether a folder is trusted, given as an absolute path.
  func contain(_ path: String) -> Bool {
    let path = Self.withoutSlash(path)
    return folders.contains { folder in
      if folder == "*" { return true }
      if folder.hasSuffix("/*") { return path.utf8.starts(with: folder.utf8.dropLast()) }
      return Self.withoutSlash(folder).utf8.elementsEqual(path.utf8)
    }
  }

  private static func withoutSlash(_ path: String) -> String {
    path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
  }
}
