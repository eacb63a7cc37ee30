/// What a provider's `fixtures/` folder holds: what it reads before and after an upgrade.
public enum ProviderFixtures: Sendable {
  /// Of a service: recorded exchanges.
  case exchanges(before: Recording, after: Recording)
  /// Of a repository: its files, and a recording without exchanges that holds the settings.
  case files(before: [File], after: [File], settings: Recording)

  /// A file of a repository.
  public struct File: Sendable {
    /// From the root of the repository.
    public let path: String
    public let bytes: [UInt8]
    public init(path: String, bytes: [UInt8]) { (self.path, self.bytes) = (path, bytes) }
  }

  /// One side of them: the watch that it is read by, the engine that reads it, and its files for patches.
  struct Side: Sendable {
    let watch: Watch
    let engine: any Engine
    let source: FixtureSource
  }

  func sides(for provider: Provider) throws(Failure) -> (before: Side, after: Side) {
    switch self {
    case .exchanges(let before, let after):
      let nothing = FixtureSource(files: [], revision: "none")
      return (
        Side(watch: try before.watch(for: provider), engine: RecordedEngine(before), source: nothing),
        Side(watch: try after.watch(for: provider), engine: RecordedEngine(after), source: nothing)
      )
    case .files(let before, let after, let settings):
      var with = settings.with
      let repository = Text(StandardSetting.repository.rawValue)
      if provider.manifest.setting(repository.string) != nil, with[repository] == nil { with[repository] = .one(FixtureSource.repository) }
      let watch = try Recording(with: with, secrets: settings.secrets, exchanges: []).watch(for: provider)
      let (old, new) = (FixtureSource(files: before, revision: "commit-before"), FixtureSource(files: after, revision: "commit-after"))
      return (
        Side(watch: watch, engine: FixtureFilesEngine(old), source: old), Side(watch: watch, engine: FixtureFilesEngine(new), source: new)
      )
    }
  }
}
