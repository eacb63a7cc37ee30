internal import LibGit2
public import SideEffects

/// The repository that a folder lies in, as far as `init` wants to know it.
public struct RepositorySurroundings: Sendable {
  /// Absolute.
  public let folder: String
  /// Names and URLs, which may hold passwords: never to be printed or stored as they are.
  public let remotes: [(name: String, url: String)]

  /// Looks in the folder and in those above it; nil where none is a repository.
  ///
  /// - Parameters:
  ///   - folder: Absolute.
  ///   - configurationFiles: As for `GitEngine`.
  /// - Throws: Why the nearest repository can't be read, such as that it belongs to another user.
  public static func find(from folder: String, configurationFiles: [String]) async throws(Failure) -> RepositorySurroundings? {
    var parts = folder.split(separator: "/")
    while true {
      let path = "/" + parts.joined(separator: "/")
      do throws(Failure) {
        let remotes = try await RepositoryWorker(folder: path, configurationFiles: configurationFiles).remotes()
        return RepositorySurroundings(folder: path, remotes: remotes.map { ($0.name, $0.url) })
      } catch {
        guard error.diagnostics.first.rule == "not-a-repository" else { throw error }
      }
      if parts.isEmpty { return nil }
      parts.removeLast()
    }
  }
}
