/// A file of a repository as it is now.
public struct SourceFile: Hashable, Sendable {
  public let bytes: [UInt8]
  /// The repository's folder.
  public let repository: Text
  /// What it was read at: a commit, with `+index` or `+worktree` where it is what follows that commit.
  public let revision: Text

  public init(bytes: [UInt8], repository: Text, revision: Text) {
    (self.bytes, self.repository, self.revision) = (bytes, repository, revision)
  }
}

/// Brings files of repositories, for patches; only reads.
public protocol SourceReading: Sendable {
  /// A file of a watch's repository, at the moment that the watch looks at, as it is now.
  ///
  /// Throws why it can't be had.
  func file(_ path: Text, of watch: Watch) async throws(Failure) -> SourceFile
}
