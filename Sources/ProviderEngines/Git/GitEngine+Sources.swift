public import SideEffects

extension GitEngine: SourceReading {
  public func file(_ path: Text, of watch: Watch) async throws(Failure) -> SourceFile {
    let worker = try RepositoryWorker(folder: try Self.folder(of: watch), configurationFiles: configurationFiles)
    let state = try await worker.state(at: try Self.reference(of: watch))
    guard let file = try await worker.file(path.string, of: state) else {
      throw Failure("not-in-revision", "the file is not in \(state.revision)", place: .file(path, line: 0, column: 0))
    }
    var branch: Text?
    if case .revision(let name) = state.moment, name != "HEAD" { branch = try await worker.branch(named: name) }
    return SourceFile(
      bytes: try await worker.bytes(of: file), repository: Text(state.folder), revision: state.revision, reference: branch)
  }
}
