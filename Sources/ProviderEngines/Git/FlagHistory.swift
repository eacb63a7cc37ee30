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

  private let watch: Watch
  private let walk: FileWalk
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
    (self.watch, self.walk, wanted) = (watch, walk, [:])
    for change in changes {
      wanted.updateValue(change.after.map { Self.compared($0, in: watch) }, forKey: change.resource.address)
      valuesBefore[change.resource.address] = change.before.map { Self.compared($0, in: watch) }
    }
  }

  /// The origins that were found, on the way from a commit back to another.
  consuming func origins(from start: ObjectID, to end: ObjectID?, in repository: borrowing Repository) throws(GitError) -> [ResourceAddress:
    Origin]
  {
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
    return origins.reduce(into: origins) { origins, entry in
      if let commits = earlier[entry.key] { origins[entry.key] = entry.value.after(commits) }
    }
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
      guard before.areWhole, after.areWhole, after.flags[address] == now else { continue }
      origins[address] = Origin(
        by: commit.author.name.isEmpty ? nil : Text(commit.author.name), changed: Text(Instant(seconds: commit.author.time).rfc3339),
        commit: Text(commit.id.description),
        story: story(
          of: commit, broughtBy: request,
          // What it was before the commit can be another value than the one to put back.
          didNothingElse: touched == [address] && before.flags[address] == valuesBefore[address] && isAlone(address, in: commit, parent, repository))
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
      request: (MergeRequests.request(in: commit.message) ?? request).map { walk.shown($0) }, didNothingElse: didNothingElse)
  }

  /// What stands in some files; not whole where one of them can't be read.
  private mutating func flags(in entries: [TreeEntry], of repository: borrowing Repository) -> (flags: Flags, areWhole: Bool) {
    var found: (flags: Flags, areWhole: Bool) = ([:], true)
    for entry in entries where entry.mode.isFile {
      guard let reading = reading(of: entry, in: repository) else {
        found.areWhole = false
        continue
      }
      if !reading.gaps.isEmpty { found.areWhole = false }
      for resource in reading.resources.values.joined() { found.flags[resource.address] = Self.compared(resource, in: watch) }
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

  private static func compared(_ resource: Resource, in watch: Watch) -> [Text: Reading] {
    let schema = watch.provider.manifest.kind(resource.address.kind)?.schema(manifest: watch.provider.digest)
    return resource.attributes.filter { schema?.role(of: $0.key) != .volatile }
  }
}

extension Origin {
  /// The same, with the commits that came before its own.
  fileprivate func after(_ commits: [Text]) -> Origin {
    let story = story.map {
      CommitStory(
        title: $0.title, committer: $0.committer, request: $0.request, earlier: commits, didNothingElse: $0.didNothingElse)
    }
    return Origin(at: at, by: by, changed: changed, until: until, commit: commit, story: story)
  }
}
