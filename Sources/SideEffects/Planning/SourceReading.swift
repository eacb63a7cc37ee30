/// A file of a repository as it is now.
public struct SourceFile: Hashable, Sendable {
  public let bytes: [UInt8]
  /// The repository's folder.
  public let repository: Text
  /// What it was read at: a commit, with `+index` or `+worktree` where it is what follows that commit.
  public let revision: Text

  /// The branch or other reference that the watch names; nil for what is checked out, and where it names a commit.
  public let reference: Text?

  public init(bytes: [UInt8], repository: Text, revision: Text, reference: Text? = nil) {
    (self.bytes, self.repository, self.revision, self.reference) = (bytes, repository, revision, reference)
  }
}

/// Brings files of repositories, for patches; only reads.
public protocol SourceReading: Sendable {
  /// A file of a watch's repository, at the moment that the watch looks at, as it is now.
  ///
  /// Throws why it can't be had.
  func file(_ path: Text, of watch: Watch) async throws(Failure) -> SourceFile
}
