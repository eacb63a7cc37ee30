public import SideEffects

extension GitEngine: BranchWriting {
  public func commit(marked mark: Text, on branch: Text, in repository: Text) async throws(Failure) -> BranchCommit? {
    let worker = try BranchWorker(folder: repository.string, configurationFiles: configurationFiles)
    let id = try await worker.commit(marked: mark.string, on: branch.string)
    return id.map { BranchCommit(id: Text($0), branch: branch, repository: repository) }
  }

  public func write(_ patch: PlannedPatch, title: Text, mark: Text, on branch: Text) async throws(Failure) -> BranchCommit {
    let worker = try BranchWorker(folder: patch.repository.string, configurationFiles: configurationFiles)
    let id = try await worker.write(patch, title: title.string, mark: mark.string, on: branch.string)
    return BranchCommit(id: Text(id), branch: branch, repository: patch.repository)
  }
}
