internal import CGit2

/// Another repository that this one knows by a name.
public struct Remote: Equatable, Sendable {
  public let name: String
  /// As it is configured, which may hold a password: never to be printed or stored as it is.
  public let url: String
}

extension Repository {
  /// The remotes that the repository's own configuration names, sorted by name.
  public func remotes() throws(GitError) -> [Remote] {
    try ConfigurationFile(of: handle).settings(matching: #"^remote\..*\.url$"#).map { setting in
      Remote(name: String(setting.name.dropFirst("remote.".count).dropLast(".url".count)), url: setting.value)
    }.sorted { ($0.name, $0.url) < ($1.name, $1.url) }
  }
}
