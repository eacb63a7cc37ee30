/// What `init` sees of the place where it runs.
public struct Surroundings: Sendable {
  /// The repository that the folder lies in.
  public struct Repository: Sendable {
    /// As seen from the configuration's folder.
    public let path: String
    /// Names and URLs, which may hold passwords.
    public let remotes: [(name: String, url: String)]

    public init(path: String, remotes: [(name: String, url: String)]) { (self.path, self.remotes) = (path, remotes) }
  }

  public let repository: Repository?
  /// The environment; of variables that give secrets no more is used than that they are set.
  public let variables: [String: String]

  public init(repository: Repository?, variables: [String: String]) { (self.repository, self.variables) = (repository, variables) }

  /// The first of some variables that is set and not empty.
  func firstSet(of names: [String]) -> String? { names.first { variables[$0]?.isEmpty == false } }
}
