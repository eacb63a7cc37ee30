/// The files of one side, as a repository that has nothing else.
struct FixtureSource: SourceReading {
  static let repository: Text = "/repository"
  let files: [ProviderFixtures.File]
  let revision: Text

  func file(_ path: Text, of watch: Watch) async throws(Failure) -> SourceFile {
    guard let file = files.first(where: { Text($0.path) == path }) else { throw Failure("not-in-revision", "the file is not there") }
    return SourceFile(bytes: file.bytes, repository: Self.repository, revision: revision)
  }
}
