internal import CGit2

/// Why something could not be read from a repository.
public struct GitError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What a caller may have to tell apart.
  public enum Code: Equatable, Sendable {
    /// There is no repository in the folder; folders above it are not searched.
    case notARepository
    /// The repository belongs to another user, and no safe folder names it.
    case ownedByAnother
    /// The repository is of a format or uses an extension that libgit2 can't read, such as SHA-256 object names.
    case unsupportedFormat
    /// Nothing has this name: no branch, tag or object, or not as many ancestors.
    case missingRevision
    /// An abbreviated object name that begins several objects' names.
    case ambiguousRevision
    /// The text is no revision by gitrevisions(7), or names neither a commit nor a tree.
    case invalidRevision
    /// The current branch has no commit yet.
    case unbornHead
    /// The object is not in the repository, as happens in partial and shallow clones.
    case missingObject(ObjectID)
    /// The object is there but damaged: it doesn't inflate, doesn't parse, is of another kind, or isn't what its name says.
    case corruptObject(ObjectID)
    /// The object is larger than what the caller allows, in bytes.
    case tooLarge(ObjectID, size: Int, limit: Int)
    /// A folder holds more entries or a path more bytes than the caller allows.
    case limitReached(Int)
    /// A patch doesn't fit what it is to be applied to.
    case unfitPatch
    /// Anything else, such as a file that can't be read; the number is libgit2's own, or that of errno(3), which is positive.
    case other(Int32)
  }

  public let code: Code
  /// libgit2's own words for it where it has any, without a full stop.
  public let message: String

  public init(_ code: Code, message: String) {
    self.code = code
    self.message = message
  }

  public var description: String { message }

  /// The error of the call that has just failed on this thread.
  static func last(_ status: Int32) -> GitError {
    GitError(.other(status), message: lastMessage().text)
  }

  /// The same, as a code that is already known.
  static func last(as code: Code) -> GitError {
    GitError(code, message: lastMessage().text)
  }

  /// The same, for a call that read one object.
  static func last(_ status: Int32, reading id: ObjectID) -> GitError {
    let (kind, text) = lastMessage()
    // libgit2 says "not found" also of an object of another kind; only its object database says so of a missing one.
    if status == GIT_ENOTFOUND.rawValue, kind == GIT_ERROR_ODB { return GitError(.missingObject(id), message: text) }
    if status == GIT_ERROR.rawValue, kind == GIT_ERROR_OS || kind == GIT_ERROR_NOMEMORY {
      return GitError(.other(status), message: text)
    }
    return GitError(.corruptObject(id), message: "object \(id): \(text)")
  }

  /// What kind of error libgit2 remembers for this thread, and its words.
  static func lastMessage() -> (kind: git_error_t, text: String) {
    // libgit2 keeps it until the thread's next failure, so it must be read before anything else is called.
    guard let error = git_error_last()?.pointee else { return (GIT_ERROR_NONE, "libgit2 gives no reason") }
    let text = error.message.map { String(cString: $0) } ?? "libgit2 gives no reason"
    return (git_error_t(UInt32(bitPattern: error.klass)), text)
  }
}
