internal import LibGit2

/// By which pull or merge request each commit came, as far as messages tell: its own, or that of the merge that brought its branch.
///
/// Commits are passed the latest first, so that a merge is known before what it brought.
struct MergeRequests {
  /// What was told of a commit by those that come after it; nil for those of the main line.
  private var told: [ObjectID: String?] = [:]

  /// What brought a commit, by the merges that came after it; nil for those of the main line.
  mutating func pass(_ commit: Commit) -> String? {
    let own: String? = told.removeValue(forKey: commit.id) ?? nil
    guard let first = commit.parents.first else { return own }
    // The main line goes on with the first parent; where two lines meet, what is on the main line counts.
    if own == nil { told.updateValue(nil, forKey: first) } else if told[first] == nil { told.updateValue(own, forKey: first) }
    for parent in commit.parents.dropFirst() where told[parent] == nil {
      told.updateValue(Self.request(in: commit.message) ?? own, forKey: parent)
    }
    return own
  }

  /// As the code hosts write it: `#12` at a pull request's merge or behind a squashed title, `group/project!7` of a merge request, a review's address.
  static func request(in message: String) -> String? {
    let lines = message.split(whereSeparator: \.isNewline)
    guard let title = lines.first else { return nil }
    if let merge = title.prefixMatch(of: #/Merge pull request (#[0-9]+) /#) { return String(merge.1) }
    if let squash = title.firstMatch(of: /\(([#!][0-9]+)\)\s*$/) { return String(squash.1) }
    for line in lines.reversed() {
      if let merge = line.wholeMatch(of: /See merge request (\S*![0-9]+)\s*/) { return String(merge.1) }
      if let review = line.wholeMatch(of: /Reviewed-on: (https?:\/\/\S+)\s*/) { return String(review.1) }
    }
    return nil
  }
}
