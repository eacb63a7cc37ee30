internal import LibGit2
internal import SideEffects

extension GitError {
  /// The error as a person has to know it: which repository, what is wrong, and what to do.
  func diagnostic(in folder: String, asking revision: String?, isShallow: Bool) -> Diagnostic {
    let asked = revision.map { "`\($0)`" } ?? "the revision"
    let place = Diagnostic.Place.file(Text(folder), line: 0, column: 0)
    func make(_ rule: Text, _ sentence: String, _ advice: String) -> Diagnostic { Diagnostic(rule, sentence, advice: advice, place: place) }
    switch code {
    case .notARepository:
      return make(
        "not-a-repository", "there is no git repository in this folder",
        "Set `repository` to the folder that holds `.git`, or to a bare repository.")
    case .ownedByAnother:
      return make(
        "unsafe-ownership", "the repository belongs to another user",
        "If you trust it: git config --global --add safe.directory \(Self.quoted(folder))")
    case .unsupportedFormat:
      return make(
        "unsupported-object-format", "the repository is of a format that is not read: \(message)",
        "Use a clone with SHA-1 object names and reference files.")
    case .missingRevision:
      let advice =
        isShallow
        ? "The clone is shallow: fetch more of its history (git fetch --unshallow), or set `ref` to what it has."
        : "Set `ref` to a branch, a tag or a commit that is there, or fetch it."
      return make("missing-revision", "\(asked) is not in the repository", advice)
    case .ambiguousRevision: return make("ambiguous-revision", "\(asked) begins the names of several objects", "Write more of the name.")
    case .invalidRevision:
      return make(
        "invalid-revision", "\(asked) is no revision with files: \(message)",
        "Set `ref` to a branch, a tag, a commit, `index` or `worktree`.")
    case .unbornHead: return make("unborn-branch", "the current branch has no commit yet", "Commit something, or set `ref` to `worktree`.")
    case .missingObject(let id):
      return make(
        "missing-object", "the object \(id) is not in the repository",
        "It may be a partial or an interrupted clone: fetch it whole (git fetch --refetch).")
    case .corruptObject(let id):
      return make("damaged-object", "the object \(id) is damaged", "Look at `git fsck`, and clone the repository again.")
    case .tooLarge(_, let size, let limit):
      return make("too-large", "the file has \(size) bytes, more than the \(limit) that are read", "Leave the file out of the watch.")
    case .limitReached: return make("too-many-files", message, "Name the watch's files more closely.")
    case .unfitPatch: return make("patch-unfit", "the patch does not fit: \(message)", "Audit again, and make the plan anew.")
    case .other:
      return make(
        "unreadable-repository", "the repository can't be read: \(message)", "Look at `git fsck`, and at its files and their permissions.")
    }
  }

  /// For a shell.
  private static func quoted(_ path: String) -> String { "'" + path.replacing("'", with: #"'\''"#) + "'" }

  /// The same for one file of the repository.
  func diagnostic(ofFile path: String) -> Diagnostic {
    let found = diagnostic(in: path, asking: nil, isShallow: false)
    return Diagnostic(found.rule, found.sentence.string, advice: found.advice.string, place: .file(Text(path), line: 0, column: 0))
  }
}

extension WorkTreeError {
  /// The error as a person has to know it, for a file or folder of a work tree.
  func diagnostic(ofFile path: String) -> Diagnostic {
    let rule: Text
    let advice: String
    switch code {
    case .missing: (rule, advice) = ("changed-while-read", "Take the snapshot again when nobody writes there.")
    case .link: (rule, advice) = ("link-not-followed", "Watch the file that it points to, or leave the link out of the watch.")
    case .notAFile, .invalidPath: (rule, advice) = ("unreadable-file", "Leave it out of the watch.")
    case .tooLarge: (rule, advice) = ("too-large", "Leave the file out of the watch.")
    case .limitReached: (rule, advice) = ("too-many-files", "Name the watch's files more closely.")
    case .system: (rule, advice) = ("unreadable-file", "Give the caller the right to read it.")
    }
    return Diagnostic(rule, "it can't be read: \(description)", advice: advice, place: .file(Text(path), line: 0, column: 0))
  }
}
