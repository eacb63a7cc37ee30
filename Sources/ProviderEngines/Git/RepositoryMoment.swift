internal import SideEffects

/// Which state of a repository is seen.
enum RepositoryMoment: Hashable, Sendable {
  /// A branch, a tag or a commit.
  case revision(String)
  /// What the next commit would hold.
  case index
  /// The files as they lie there, tracked ones and those that are neither tracked nor ignored.
  case workTree

  /// Reads the setting `ref`. A branch of the name `index` or `worktree` is meant by `refs/heads/index`.
  init(_ reference: String) {
    self =
      switch reference {
      case "index": .index
      case "worktree": .workTree
      default: .revision(reference)
      }
  }
}

/// A repository at a moment, found and ready to be read.
struct RepositoryState: Hashable, Sendable {
  /// The real path of its folder.
  let folder: String
  let moment: RepositoryMoment
  /// The commit that was asked for, or the one that the index or the work tree began with; nil before the first.
  let commit: String?
  /// The full name of the commit's tree; nil for the index and the work tree.
  let tree: String?

  /// What an observation keeps as the revision that was read.
  var revision: Text {
    let commit = commit ?? tree ?? "unborn"
    return switch moment {
    case .revision: Text(commit)
    case .index: Text("\(commit)+index")
    case .workTree: Text("\(commit)+worktree")
    }
  }
}
