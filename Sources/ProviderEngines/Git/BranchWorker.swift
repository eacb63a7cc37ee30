internal import Glibc
internal import LibGit2
internal import SideEffects
internal import Threads

/// Writes commits on branches of one repository, on a thread of its own: libgit2 blocks, and keeps its errors by thread.
actor BranchWorker {
  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }
  private let executor: ThreadExecutor
  private let folder: String
  private let configurationFiles: [String]

  /// The line of a commit's message that says for which step it was made (git-interpret-trailers(1)).
  static let trailer = "Audit-Residue-Step: "
  /// No plan has more steps.
  private static let mostCommits = 100_000

  init(folder: String, configurationFiles: [String]) throws(Failure) {
    executor = try ThreadExecutor()
    (self.folder, self.configurationFiles) = (folder, configurationFiles)
  }

  /// The commit of a step among ours at a branch's end; nil where there is none.
  func commit(marked mark: String, on branch: String) throws(Failure) -> String? {
    try working { (repository) throws(GitError) in
      guard let tip = try repository.branchTip(branch) else { return nil }
      return try Self.own(from: tip, in: repository).commits.first { $0.mark == mark }?.id.description
    }
  }

  /// Adds a commit with a patch; the branch begins at the commit that the patch was made against.
  func write(_ patch: PlannedPatch, title: String, mark: String, on branch: String) throws(Failure) -> String {
    let folder = folder
    guard Repository.isBranchName(branch) else {
      throw Failure("wrong-branch", "`\(branch)` can't be a branch's name", advice: "Give the upgrade another name.")
    }
    guard let base = ObjectID(GitEngine.commit(of: patch.revision)) else {
      throw Failure(
        "patch-unfit", "the repository has no commit yet that the patch could follow", advice: "Apply the patch in the folder: git apply.",
        place: .file(Text(folder), line: 0, column: 0))
    }
    let written = try working { (repository) throws(GitError) -> Written in
      guard !repository.isCheckedOut(branch) else {
        throw GitError(.other(-1), message: "the branch \(branch) is checked out, and what is checked out is not touched")
      }
      let tip = try repository.branchTip(branch)
      var behind = 0
      if let tip {
        let own = try Self.own(from: tip, in: repository)
        if let there = own.commits.first(where: { $0.mark == mark }) { return .commit(there.id.description) }
        behind = own.root == base ? 0 : own.commits.count
        let common = try repository.mergeBase(of: own.root, and: base)
        guard common == own.root else {
          throw GitError(.other(-1), message: "the branch \(branch) holds commits that are not of this plan")
        }
      }
      let parent = tip ?? base
      let tree: ObjectID
      do throws(GitError) {
        tree = try repository.tree(try repository.commit(parent).tree, patchedBy: Array(patch.text.string.utf8))
      } catch {
        guard error.code == .unfitPatch else { throw error }
        return .unfit(error.message, behind: behind)
      }
      let author = repository.identity(files: configurationFiles) ?? (name: "audit-residue", email: "audit-residue@localhost")
      let message = "\(title)\n\nSets a flag back that an upgrade left behind; nothing else is changed.\n\n\(Self.trailer)\(mark)\n"
      let commit = try repository.makeCommit(tree: tree, parent: parent, message: message, author: author)
      try repository.setBranch(branch, to: commit, from: tip, reason: "audit-residue apply: \(title)")
      return .commit(commit.description)
    }
    let place = Diagnostic.Place.file(Text(folder), line: 0, column: 0)
    switch written {
    case .commit(let id): return id
    case .unfit(_, let behind) where behind > 0:
      throw Failure(
        "branch-behind",
        "the branch \(branch) holds \(behind) \(behind == 1 ? "commit" : "commits") made on an older revision, and the file has moved on since",
        advice: "Merge that branch, or delete it (git branch -D \(branch)), and run it again.", place: place)
    case .unfit where patch.isForFolder:
      throw Failure(
        "patch-unfit", "what it takes back, or what stands beside it, is not committed, so that the patch fits no commit",
        advice: "Apply it in the folder itself, as the plan shows: git apply.", place: place)
    case .unfit(let message, _):
      throw Failure(
        "patch-unfit", "the patch does not fit the branch: \(message)", advice: "Audit again, and make the plan anew.", place: place)
    }
  }

  private enum Written {
    case commit(String)
    /// The patch fits nothing there; on a branch of an earlier revision stand so many commits.
    case unfit(String, behind: Int)
  }

  /// The commits that were made for steps, from the tip on, and the first that was not.
  private static func own(
    from tip: ObjectID, in repository: borrowing Repository
  ) throws(GitError) -> (commits: [(id: ObjectID, mark: String)], root: ObjectID) {
    var commits: [(id: ObjectID, mark: String)] = []
    var id = tip
    while commits.count < mostCommits, let mark = mark(in: try repository.message(of: id)),
      let parent = try repository.commit(id).parents.first
    {
      commits.append((id, mark))
      id = parent
    }
    return (commits, id)
  }

  private static func mark(in message: String) -> String? {
    message.split(separator: "\n").last { $0.hasPrefix(trailer) }.map { String($0.dropFirst(trailer.count)) }
  }

  /// Lends the repository, opened on this thread; its errors become what a person has to know.
  private func working<Result>(_ body: (borrowing Repository) throws(GitError) -> Result) throws(Failure) -> Result {
    do throws(GitError) {
      return try body(try Repository(at: folder, safeFolders: SafeFolders(configurationFiles: configurationFiles)))
    } catch {
      let place = Diagnostic.Place.file(Text(folder), line: 0, column: 0)
      switch error.code {
      case .other(-1):
        throw Failure(
          "branch-foreign", error.message, advice: "Move that branch away, or check out another one, and run it again.", place: place)
      case .notARepository, .ownedByAnother, .unsupportedFormat, .missingRevision, .ambiguousRevision, .invalidRevision, .unbornHead,
        .missingObject, .corruptObject, .tooLarge, .limitReached, .unfitPatch, .other:
        throw Failure(error.diagnostic(in: folder, asking: nil, isShallow: false))
      }
    }
  }
}
