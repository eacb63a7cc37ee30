internal import LibGit2
public import SideEffects

extension GitEngine: SourceReading {
  public func file(_ path: Text, of watch: Watch) async throws(Failure) -> SourceFile {
    let worker = try RepositoryWorker(folder: try Self.folder(of: watch), configurationFiles: configurationFiles)
    let state = try await worker.state(at: try Self.reference(of: watch))
    guard let file = try await worker.file(path.string, of: state) else {
      throw Failure("not-in-revision", "the file is not in \(state.revision)", place: .file(path, line: 0, column: 0))
    }
    var branch: Text?
    if case .revision = state.moment, let name = try Self.reference(of: watch) {
      let full = name.hasPrefix("refs/") ? name : "refs/heads/\(name)"
      let isBranch = try await worker.references().contains { $0.bytes.elementsEqual(full.utf8) }
      branch = isBranch && full.hasPrefix("refs/heads/") ? ReferencePattern.shown(Text(full)) : nil
    }
    return SourceFile(
      bytes: try await worker.bytes(of: file), repository: Text(state.folder), revision: state.revision, reference: branch)
  }
}
