internal import LibGit2
internal import SideEffects

/// Lists only what a look at a tree has to read after another tree was looked at: what changed, and what held something.
struct RepositoryChanges: Sendable {
  /// Of the earlier look.
  let notes: RepositoryNotes
  /// The tree that is looked at.
  let tree: ObjectID
  /// What differs between the two, sorted by path.
  let changes: [TreeChange]
  let walk: FileWalk

  /// Nil where only a listing of all files can tell, as after a change of `.gitattributes`. Throws where a tree can't be read.
  ///
  /// - Parameter isKeepingFlags: Whether it is known what stood in the files.
  func listing(isKeepingFlags: Bool, in repository: borrowing Repository) throws(GitError) -> RepositoryListing? {
    guard !changes.contains(where: { decidesAboutOthers($0) }) else { return nil }
    var lookup = TreeLookup(tree)
    var lister = RepositoryLister(walk: walk)
    for path in notes.attributeFiles {
      guard let entry = try lookup.entry(at: RepositoryPath(path.string), in: repository) else { return nil }
      lister.read(attributesAt: entry.path, entry.id, in: repository)
    }
    var known = RepositoryListing.Known(empty: notes.empty, leftOut: [:], told: notes.leftOut, leftOutSince: notes.leftOutSince)
    var before: [Text: RepositoryFile] = [:]
    var changed: Set<Text> = []
    for change in changes {
      let path = change.path.text
      changed.insert(Text(path))
      if let entry = change.before, entry.mode.isFile {
        before[Text(path)] = RepositoryFile(path: path, content: .blob(entry.id))
        if !notes.full.contains(Text(path)), !lister.leavesOutAsCopy(path) {
          for kind in walk.kinds(reading: path) { known.empty[kind, default: 0] -= 1 }
        }
      }
      if let entry = change.after { lister.add(entry.path, entry.mode, entry.id, in: repository) }
    }
    for path in notes.full where !changed.contains(path) {
      if isKeepingFlags, !notes.again.contains(path), !lister.leavesOutAsCopy(path.string) {
        known.kept.insert(path)
        continue
      }
      guard let entry = try lookup.entry(at: RepositoryPath(path.string), in: repository) else { return nil }
      lister.add(entry.path, entry.mode, entry.id, in: repository)
    }
    for (path, target) in notes.links where !changed.contains(path) { lister.add(link: path.string, to: target) }
    // What could not be read may be there again.
    let unread = Set(notes.leftOut.values.joined().filter { $0.reason == .name && $0.names.isEmpty }.map(\.path)).subtracting(changed)
    for path in unread {
      guard let entry = try lookup.entry(at: RepositoryPath(path.string), in: repository) else { return nil }
      lister.add(entry.path, entry.mode, entry.id, in: repository)
    }
    known.leftOut = notes.leftOut.mapValues { $0.filter { !changed.contains($0.path) && !unread.contains($0.path) } }
    var unreadable: GitError?
    var listing = lister.listing { path in
      do throws(GitError) {
        return try lookup.entry(at: RepositoryPath(path), in: repository)?.mode.isFile ?? false
      } catch {
        unreadable = error
        return false
      }
    }
    if let unreadable { throw unreadable }
    for index in listing.leftOut.indices { listing.leftOut[index].before = before[Text(listing.leftOut[index].file.path)] }
    listing.leftOutFolders += notes.leftOutFolders.filter { !changed.contains($0.path) }
    listing.attributeFiles = notes.attributeFiles
    // A mistake in counting must not pass for files that were read.
    guard listing.isNotable, known.empty.values.allSatisfy({ $0 >= 0 }) else { return nil }
    listing.known = known
    return listing
  }

  /// Whether what a change means for other files is more than is noted: attributes, and names that are no text.
  private func decidesAboutOthers(_ change: TreeChange) -> Bool {
    if change.path.name.elementsEqual(RepositoryLister.attributesName) { return true }
    guard String(validating: change.path.bytes, as: UTF8.self) == nil else { return false }
    return walk.wants(change.path.text)
  }
}
