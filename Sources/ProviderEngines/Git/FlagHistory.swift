internal import LibGit2
internal import SideEffects

/// Finds the commits that made flags what they are now: one walk through history, the latest commit first, serves all of them.
///
/// A flag's commit is the latest one that made it something else than it was before. Where that is not what the flag is now, as
/// with what isn't committed or what a merge settled in its own way, no commit is named. Merges themselves are passed over, as
/// `git log` passes them over.
struct FlagHistory {
  /// What a flag is now, without what changes by itself; nil for one that is gone.
  typealias Flags = [ResourceAddress: [Text: Reading]]

  /// A flag that is asked about.
  private struct Asked {
    /// Nil for one that is gone.
    let now: [Text: Reading]?
    /// The file that it stands in, or stood in.
    let path: Text?
  }

  private let walk: FileWalk
  private let schemas: [Text: KindSchema]
  private let asked: [ResourceAddress: Asked]
  private var wanted: [ResourceAddress: [Text: Reading]?]
  /// What the flags were before all that is asked about; none for those that were not there.
  private var valuesBefore: Flags = [:]
  private var origins: [ResourceAddress: Origin] = [:]
  /// Commits between the two revisions that changed a flag whose latest commit was found already.
  private var earlier: [ResourceAddress: [Text]] = [:]
  private var merges = MergeRequests()
  /// What stood in the files before the commit that was looked at last: most often what another commit made of them.
  private var known: [RepositoryPath: (blob: ObjectID, reading: FileReading)] = [:]

  /// More commits than this are not looked at.
  private static let mostCommits = 20_000
  /// And no more than this beyond the commit from which both sides come: branches may have begun before it.
  private static let mostBeyond = 500

  init(of changes: [Change], in watch: Watch, walk: FileWalk) {
    let schemas = Dictionary(watch.kinds.map { ($0.name, $0.schema(manifest: watch.provider.digest)) }) { first, _ in first }
    func compared(_ resource: Resource) -> [Text: Reading] { Self.compared(resource, schemas) }
    (self.walk, self.schemas) = (walk, schemas)
    asked = Dictionary(
      changes.map { ($0.resource.address, Asked(now: $0.after.map(compared), path: $0.resource.location?.path)) }
    ) { first, _ in first }
    wanted = asked.mapValues(\.now)
    for change in changes { valuesBefore[change.resource.address] = change.before.map(compared) }
  }

  /// What was found on the way from a commit back to another, of each flag its origin or why there is none.
  consuming func told(from start: ObjectID, to end: ObjectID?, in repository: borrowing Repository) throws(GitError) -> ToldOfChanges {
    var commits = try CommitWalk(from: start, in: repository)
    let shallow = try repository.shallowEnds()
    let base: ObjectID?
    if let end { base = (try? repository.mergeBase(of: start, and: end)) ?? end } else { base = nil }
    var left = Self.mostCommits
    // What both revisions have in common, as far as it was come to.
    var common: Set<ObjectID> = base.map { [$0] } ?? []
    func mayBeBetween() -> Bool { base != nil && !origins.isEmpty && commits.waiting.contains { !common.contains($0) } }
    while left > 0, !wanted.isEmpty || mayBeBetween(), let step = commits.next(in: repository) {
      left -= 1
      // What lies behind a commit that can't be read, or whose trees can't, may have been the latest to change a flag.
      guard case .commit(let commit) = step else { break }
      if commit.id == base { left = min(left, Self.mostBeyond) }
      let isCommon = common.remove(commit.id) != nil
      if isCommon { common.formUnion(commit.parents) }
      let request = merges.pass(commit)
      if isCommon, wanted.isEmpty { continue }
      guard commit.parents.count < 2, !shallow.contains(commit.id) else { continue }
      do { try look(at: commit, broughtBy: request, isBetween: base != nil && !isCommon, in: repository) } catch { break }
    }
    var told = ToldOfChanges()
    for (address, origin) in origins { told.origins[address] = earlier[address].map { origin.after($0) } ?? origin }
    let reason: NoCommit = base == start && end != start ? .wentBack : commits.hasReachedShallowEnd ? .shallow : .notFound
    var tree = TreeLookup(try repository.commit(start).tree)
    let unexplained = Dictionary(grouping: asked.filter { told.origins[$0.key] == nil }) { $0.value.path }
    for (path, flags) in unexplained {
      var found: Found?
      if let path { found = committed(in: path, &tree, of: repository) }
      for (address, flag) in flags {
        let isUncommitted = found.map { $0.flags[address] != flag.now && !$0.mayHold(address) } ?? false
        told.withoutCommit[address] = isUncommitted ? .uncommitted : reason
      }
    }
    return told
  }

  /// What stands in a file of a commit; nil where that can't be told.
  private mutating func committed(in path: Text, _ tree: inout TreeLookup, of repository: borrowing Repository) -> Found? {
    do throws(GitError) {
      return flags(in: [try tree.entry(at: RepositoryPath(path.string), in: repository)].compactMap(\.self), of: repository)
    } catch { return nil }
  }

  private mutating func look(
    at commit: Commit, broughtBy request: String?, isBetween: Bool, in repository: borrowing Repository
  ) throws(GitError) {
    let walk = walk
    var parent: ObjectID?
    if let id = commit.parents.first { parent = try repository.commit(id).tree }
    let changes = try TreeDiff { !walk.mayRead(below: $0.text) }.changes(
      from: parent, to: commit.tree, in: repository
    )
    .filter { walk.wants($0.path.text) }
    guard !changes.isEmpty else { return }
    let after = flags(in: changes.compactMap(\.after), of: repository)
    let before = flags(in: changes.compactMap(\.before), of: repository)
    let touched = Set(before.flags.keys).union(after.flags.keys).filter { before.flags[$0] != after.flags[$0] }
    for address in touched where isBetween && origins[address] != nil {
      earlier[address, default: []].append(Text(commit.id.description))
    }
    for address in touched {
      guard let now = wanted.removeValue(forKey: address) else { continue }
      guard !before.mayHold(address), !after.mayHold(address), after.flags[address] == now else { continue }
      origins[address] = Origin(
        by: commit.author.name.isEmpty ? nil : Text(commit.author.name), changed: Text(Instant(seconds: commit.author.time).rfc3339),
        commit: Text(commit.id.description),
        story: story(
          of: commit, broughtBy: request,
          // What it was before the commit can be another value than the one to put back.
          didNothingElse: touched == [address] && before.flags[address] == valuesBefore[address]
            && isAlone(address, in: commit, parent, repository))
      )
    }
  }

  /// Whether a commit changed the spelling of one flag's value, and not one byte more.
  private func isAlone(_ address: ResourceAddress, in commit: Commit, _ parent: ObjectID?, _ repository: borrowing Repository) -> Bool {
    guard let changes = try? TreeDiff().changes(from: parent, to: commit.tree, in: repository), changes.count == 1,
      let old = changes[0].before, let new = changes[0].after, old.mode == new.mode
    else { return false }
    func side(_ entry: TreeEntry) -> (bytes: [UInt8], value: Range<Int>)? {
      guard let bytes = try? repository.blob(entry.id, limit: RepositoryWorker.largestFile) else { return nil }
      let resources = walk.read(entry.path.text, bytes).resources.values.joined()
      return resources.first { $0.address == address }?.location?.bytes.map { (bytes, $0) }
    }
    guard let before = side(old), let after = side(new) else { return false }
    return before.bytes[..<before.value.lowerBound] == after.bytes[..<after.value.lowerBound]
      && before.bytes[before.value.upperBound...] == after.bytes[after.value.upperBound...]
  }

  private func story(of commit: Commit, broughtBy request: String?, didNothingElse: Bool) -> CommitStory {
    CommitStory(
      title: walk.shown(commit.summary),
      committer: commit.committer.name == commit.author.name || commit.committer.name.isEmpty ? nil : Text(commit.committer.name),
      committed: Instant(seconds: commit.committer.time),
      request: (MergeRequests.request(in: commit.message) ?? request).map { walk.shown($0) }, didNothingElse: didNothingElse)
  }

  /// What stands in some files.
  private struct Found {
    var flags: Flags = [:]
    /// Of the files that can't be read, or not in full.
    var unread: Set<Scope> = []

    /// Whether something may stand in a file that can't be read.
    func mayHold(_ address: ResourceAddress) -> Bool { !unread.isEmpty && (unread.contains(.whole) || unread.contains(address.scope)) }
  }

  private mutating func flags(in entries: [TreeEntry], of repository: borrowing Repository) -> Found {
    var found = Found()
    for entry in entries where entry.mode.isFile {
      let reading = reading(of: entry, in: repository)
      if reading?.gaps.isEmpty != true { found.unread.formUnion(schemas.keys.map { walk.scope(ofFile: entry.path.text, kind: $0) }) }
      for resource in (reading?.resources ?? [:]).values.joined() { found.flags[resource.address] = compared(resource) }
    }
    return found
  }

  private mutating func reading(of entry: TreeEntry, in repository: borrowing Repository) -> FileReading? {
    if let known = known[entry.path], known.blob == entry.id { return known.reading }
    guard let content = try? repository.blob(entry.id, limit: RepositoryWorker.largestFile) else { return nil }
    let reading = walk.read(entry.path.text, content)
    known[entry.path] = (entry.id, reading)
    return reading
  }

  private func compared(_ resource: Resource) -> [Text: Reading] { Self.compared(resource, schemas) }

  private static func compared(_ resource: Resource, _ schemas: [Text: KindSchema]) -> [Text: Reading] {
    let schema = schemas[resource.address.kind]
    return resource.attributes.filter { schema?.role(of: $0.key) != .volatile }
  }
}

extension Origin {
  /// The same, with the commits that came before its own.
  fileprivate func after(_ commits: [Text]) -> Origin {
    let story = story.map {
      CommitStory(
        title: $0.title, committer: $0.committer, committed: $0.committed, request: $0.request, earlier: commits,
        didNothingElse: $0.didNothingElse)
    }
    return Origin(at: at, by: by, changed: changed, until: until, commit: commit, story: story)
  }
}
