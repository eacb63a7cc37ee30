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
      return (Side(watch: watch, engine: FixtureFilesEngine(old), source: old), Side(watch: watch, engine: FixtureFilesEngine(new), source: new))
    }
  }
}

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

/// Reads a watch out of a recording, by the walk that reads real services.
public struct RecordedEngine: Engine {
  private let recording: Recording

  public init(_ recording: Recording) { self.recording = recording }

  public func observe(_ watch: Watch, with tools: ObservingTools) async -> WatchReport {
    await ServiceWalk(watch: watch, carrier: RecordedCarrier(recording), tools: tools).observe()
  }
}

/// Reads a watch out of files in memory, by the walk that reads real repositories.
struct FixtureFilesEngine: Engine {
  private let source: FixtureSource

  init(_ source: FixtureSource) { self.source = source }

  func observe(_ watch: Watch, with tools: ObservingTools) async -> WatchReport {
    var gaps: [Text: [Gap]] = [:]
    var evidence: [Text: Evidence] = [:]
    do {
      let walk = try FileWalk(watch: watch, fingerprinter: tools.fingerprinter)
      for file in source.files {
        let reading = walk.read(file.path, file.bytes)
        gaps.merge(reading.gaps) { $0 + $1 }
        for kind in walk.kinds(reading: file.path) {
          let resources = reading.resources[kind] ?? []
          evidence[kind, default: Evidence()].add(Evidence(reads: 1, items: resources.count, ends: [.fileRead]))
          try await tools.sink.add(resources, kind: kind)
        }
      }
      let reports = watch.kinds.map { kind in
        let noFiles = Gap(scope: .whole, because: Diagnostic("no-files", "no file of the fixtures is one that the watch reads"))
        let seen = evidence[kind.name] ?? Evidence()
        let missing = seen.reads == 0 && !kind.lists.isEmpty ? [noFiles] : []
        return (kind.name, KindReport(completeness: Completeness(evidence: seen, gaps: (gaps[kind.name] ?? []) + missing), standing: walk.standing(of: kind)))
      }
      return WatchReport(reader: .anyone, asked: Asked(watch: watch, revision: source.revision), kinds: Dictionary(reports) { first, _ in first })
    } catch {
      let failed = watch.kinds.map { ($0.name, KindReport(completeness: .failed(error.diagnostics))) }
      return WatchReport(reader: .anyone, asked: Asked(watch: watch), kinds: Dictionary(failed) { first, _ in first })
    }
  }
}
