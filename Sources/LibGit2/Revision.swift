internal import CGit2

/// What a revision's text stood for when it was resolved.
public struct Revision: Equatable, Sendable {
  /// The text as it was given, by gitrevisions(7).
  public let text: String
  /// The commit, or nil where the text names a tree by itself.
  public let commit: ObjectID?
  /// The tree of that commit.
  public let tree: ObjectID
  /// The full name of the branch or tag that the text names, such as `refs/heads/main`; for `HEAD` the current branch's.
  public let reference: String?

  /// The reference as people write it, such as `main`.
  public var name: String? {
    guard let reference else { return nil }
    for prefix in ["refs/heads/", "refs/tags/", "refs/remotes/", "refs/"] where reference.hasPrefix(prefix) {
      return String(reference.dropFirst(prefix.count))
    }
    return reference
  }
}

extension Repository {
  /// Resolves a revision's text to a commit and its tree; an annotated tag stands for its commit.
  ///
  /// Throws `missingRevision`, `ambiguousRevision`, `invalidRevision` or `unbornHead`, or `corruptObject` where the commit is
  /// damaged. In a shallow clone an ancestor beyond the boundary is missing.
  public func revision(_ text: String) throws(GitError) -> Revision {
    guard !text.isEmpty, !text.utf8.contains(0) else {
      throw GitError(.invalidRevision, message: "a revision is a name or an object's id, not empty text")
    }
    var object: OpaquePointer?
    var reference: OpaquePointer?
    let status = git_revparse_ext(&object, &reference, handle, text)
    guard status >= 0, let object else { throw revisionError(status, text) }
    defer {
      git_object_free(object)
      git_reference_free(reference)
    }
    let name = reference.flatMap { git_reference_name($0) }.map { String(cString: $0) }
    let id = ObjectID(git_object_id(object).pointee)
    for (kind, isCommit) in [(GIT_OBJECT_COMMIT, true), (GIT_OBJECT_TREE, false)] {
      var peeled: OpaquePointer?
      let status = git_object_peel(&peeled, object, kind)
      if status >= 0, let peeled {
        defer { git_object_free(peeled) }
        let id = ObjectID(git_object_id(peeled).pointee)
        return isCommit
          ? Revision(text: text, commit: id, tree: ObjectID(git_commit_tree_id(peeled).pointee), reference: name)
          : Revision(text: text, commit: nil, tree: id, reference: name)
      }
      let cannotBe = [GIT_EPEEL.rawValue, GIT_EINVALIDSPEC.rawValue, GIT_EAMBIGUOUS.rawValue].contains(status)
      guard cannotBe else { throw GitError.last(status, reading: id) }
    }
    throw GitError(.invalidRevision, message: "\(text) names neither a commit nor a tree")
  }

  private func revisionError(_ status: Int32, _ text: String) -> GitError {
    let (_, message) = GitError.lastMessage()
    switch status {
    case GIT_ENOTFOUND.rawValue where isHeadUnborn && text.utf8.starts(with: "HEAD".utf8):
      return GitError(.unbornHead, message: "the current branch has no commit yet")
    case GIT_ENOTFOUND.rawValue: return GitError(.missingRevision, message: message)
    case GIT_EAMBIGUOUS.rawValue: return GitError(.ambiguousRevision, message: message)
    case GIT_EINVALIDSPEC.rawValue, GIT_EPEEL.rawValue, GIT_EINVALID.rawValue:
      return GitError(.invalidRevision, message: message)
    default: return GitError(.other(status), message: message)
    }
  }
}
