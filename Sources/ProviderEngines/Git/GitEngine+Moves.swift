internal import LibGit2
public import SideEffects

extension GitEngine {
  /// Which files moved between two revisions: each stands at one of them under the first name alone, at the other one under the second alone,
  /// and at least half of their lines are the same, as git calls it a rename. None where that can't be told.
  ///
  /// - Parameters:
  ///   - before: As an observation keeps it; of a work tree the commit below counts.
  ///   - after: The same.
  public func moved(_ pairs: [FilePair], in watch: Watch, from before: Text, to after: Text) async -> Set<FilePair> {
    do throws(Failure) {
      let worker = try RepositoryWorker(folder: try Self.folder(of: watch), configurationFiles: configurationFiles)
      return try await worker.moved(pairs, from: Self.commit(of: before), to: Self.commit(of: after))
    } catch { return [] }
  }
}

extension RepositoryWorker {
  /// See `GitEngine.moved`.
  func moved(_ pairs: [FilePair], from before: String, to after: String) throws(Failure) -> Set<FilePair> {
    guard let before = ObjectID(before), let after = ObjectID(after) else { return [] }
    return try reading(asking: nil) { (repository) throws(GitError) in
      var (old, new) = (TreeLookup(try repository.commit(before).tree), TreeLookup(try repository.commit(after).tree))
      var moved: Set<FilePair> = []
      for pair in pairs {
        let (from, to) = (RepositoryPath(pair.from.string), RepositoryPath(pair.to.string))
        guard try old.entry(at: to, in: repository) == nil, try new.entry(at: from, in: repository) == nil,
          let left = try old.entry(at: from, in: repository), let right = try new.entry(at: to, in: repository),
          left.mode.isFile, right.mode.isFile
        else { continue }
        if left.id != right.id {
          let (one, other) = (
            try repository.blob(left.id, limit: Self.largestFile), try repository.blob(right.id, limit: Self.largestFile)
          )
          guard Self.areAlike(one, other) else { continue }
        }
        moved.insert(pair)
      }
      return moved
    }
  }

  private static func areAlike(_ one: [UInt8], _ other: [UInt8]) -> Bool {
    let lines = [one, other].map { $0.split(separator: UInt8(ascii: "\n")) }
    var counts: [ArraySlice<UInt8>: Int] = [:]
    for line in lines[0] { counts[line, default: 0] += 1 }
    var common = 0
    for line in lines[1] {
      guard let count = counts[line], count > 0 else { continue }
      counts[line] = count - 1
      common += 1
    }
    return 2 * common >= max(lines[0].count, lines[1].count)
  }
}
