internal import LibGit2
public import SideEffects

/// What a watch's repository was at some moment, and how that is known.
public struct PastRevision: Hashable, Sendable {
  /// Which evidence there is.
  public enum Source: Hashable, Sendable {
    /// The repository's own log of the reference.
    case reflog
    /// Dates of commits, which can lie.
    case dates
  }

  /// The commit's id.
  public let commit: Text
  public let source: Source
}

extension GitEngine {
  /// A repository's submodules at a revision, or as they are checked out where the work tree is meant. Throws the errors of observing.
  public func submodules(in folder: Text, at reference: Text?) async throws(Failure) -> SubmoduleList {
    let worker = try RepositoryWorker(folder: folder.string, configurationFiles: configurationFiles)
    return try await worker.submodules(at: try await worker.state(at: reference?.string))
  }

  /// The names of a repository's references. Throws the errors of observing.
  public func references(in folder: Text) async throws(Failure) -> ReferenceNames {
    let paths = try await RepositoryWorker(folder: folder.string, configurationFiles: configurationFiles).references()
    let names = paths.map { (isText: String(validating: $0.bytes, as: UTF8.self) != nil, path: $0) }
    return ReferenceNames(
      names: names.filter(\.isText).map { Text($0.path.text) },
      // Without the quotes around it.
      notText: names.filter { !$0.isText }
        .map { .init(bytes: $0.path.bytes, shown: Text(String($0.path.description.dropFirst().dropLast()))) })
  }

  /// The commit that a watch would have seen at a moment.
  ///
  /// Throws the errors of observing, and `no-revision` where history doesn't reach back so far.
  public func revision(of watch: Watch, at moment: Instant) async throws(Failure) -> PastRevision {
    let worker = try RepositoryWorker(folder: try Self.folder(of: watch), configurationFiles: configurationFiles)
    let reference = try Self.reference(of: watch)
    let isPlain = reference == nil || ["index", "worktree"].contains(reference)
    return try await worker.revision(of: isPlain ? "HEAD" : reference ?? "HEAD", at: moment)
  }
}

extension RepositoryWorker {
  /// The commit that a reference named at a moment.
  func revision(of reference: String, at moment: Instant) throws(Failure) -> PastRevision {
    let found = try commit(of: reference, atSecond: moment.seconds)
    guard let found else {
      throw Failure(
        "no-revision", "the history of `\(reference)` does not reach back to \(moment.rfc3339)",
        advice: "Fetch more of it, or name a revision: --since-revision WATCH=REVISION")
    }
    return found
  }
}
