internal import LibGit2
public import SideEffects

extension GitEngine: SourceReading {
  public func file(_ path: Text, of watch: Watch) async throws(Failure) -> SourceFile {
    let worker = try RepositoryWorker(folder: try Self.folder(of: watch), configurationFiles: configurationFiles)
    let state = try await worker.state(at: try Self.reference(of: watch))
    guard let file = try await worker.file(path.string, of: state) else {
      throw Failure("not-in-revision", "the file is not in \(state.revision)", place: .file(path, line: 0, column: 0))
    }
    let reference = try Self.reference(of: watch).flatMap { name in
      if case .revision = state.moment, name != "HEAD", ObjectID(name) == nil { ReferencePattern.shown(Text(name)) } else { nil }
    }
    return SourceFile(
      bytes: try await worker.bytes(of: file), repository: Text(state.folder), revision: state.revision, reference: reference)
  }
}
