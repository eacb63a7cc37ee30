import FoundationEssentials
import ProviderEngines
import SideEffects

/// What a provider's fixtures lead to: the two looks, their difference, and the plan for it.
struct FixturePlan {
  let watch: Watch
  let audit: Audit
  let plan: Plan
  /// What was made up as secrets, and never may be seen.
  let secrets: [String]

  private static let fingerprinter = Fingerprinter(key: Array("a key for fixtures".utf8))

  init(_ provider: String) async throws {
    let manifest = try ProviderFolders.read(provider)
    let isService = manifest.manifest.engine == .http
    let before = try await isService ? Self.service(manifest, "before") : Self.files(manifest, "before")
    let after = try await isService ? Self.service(manifest, "after") : Self.files(manifest, "after")
    let chunks = before.chunks.merging(after.chunks) { first, _ in first }
    let comparison = try await SnapshotDiff.compare(before: before.snapshot, after: after.snapshot) { digest throws(Failure) in
      guard let lines = chunks[digest] else { throw Failure("missing-chunk", "none") }
      return lines
    }
    let watches = [after.watch.name: after.watch]
    let seen = Instant(year: 2026, month: 11, day: 23, secondOfDay: 50_520)
    audit = Classifier(configuration: nil, providers: watches.mapValues(\.provider), today: seen).classify(
      comparison, subjects: Audit.Subject.all(of: after.snapshot))
    let source = FixtureFolder(folder: ProviderFolders.file("fixtures/after", of: provider))
    let patches = await PatchPlanner(watches: watches, source: source, fingerprinter: Self.fingerprinter).patches(for: audit)
    plan = Planner(watches: watches, patches: patches).plan(audit, name: Text(provider), seen: seen)
    watch = after.watch
    secrets = watch.settings.values.compactMap { value in
      guard case .secret(let secret) = value else { return nil }
      return secret.withBytes { String(decoding: $0, as: UTF8.self) }
    }.filter { $0.count > 4 }
  }

  private struct Seen {
    let watch: Watch
    let snapshot: Snapshot
    let chunks: [Digest: [UInt8]]
  }

  private static func service(_ provider: Provider, _ side: String) async throws -> Seen {
    let file = ProviderFolders.file("fixtures/\(side).json", of: provider.name.string)
    let recording = try Recording(Array(try Data(contentsOf: file)), file: Text(file.path))
    let watch = try recording.watch(for: provider)
    let sink = CollectedResources()
    let tools = ObservingTools(sink: sink, fingerprinter: fingerprinter, progress: { _ in })
    let report = await ServiceWalk(watch: watch, carrier: RecordedCarrier(recording), tools: tools).observe()
    return seen(watch, side, report, await sink.resources)
  }

  private static func files(_ provider: Provider, _ side: String) async throws -> Seen {
    let folder = ProviderFolders.file("fixtures/\(side)", of: provider.name.string)
    let settings = ProviderFolders.file("fixtures/settings.json", of: provider.name.string)
    let text = try? String(contentsOf: settings, encoding: .utf8)
    let with = try Recording(
      Array((text?.replacing("\"with\"", with: "\"exchanges\": [], \"with\"") ?? "{\"exchanges\": []}").utf8), file: "settings.json"
    ).with
    let given = WatchSettings(
      name: provider.name, provider: provider.name, with: with.merging(["repository": .one("/repository")]) { first, _ in first },
      secrets: [:], only: nil, owner: nil, line: 0)
    let watch = try WatchResolver(folder: "/").watch(given, provider: provider, secrets: [:])
    let walk = try FileWalk(watch: watch, fingerprinter: fingerprinter)
    var resources: [Resource] = []
    for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted() where !walk.kinds(reading: path).isEmpty {
      let bytes = Array(try Data(contentsOf: folder.appending(path: path)))
      resources += walk.read(path, bytes).resources.values.flatMap { $0 }
    }
    let kinds = watch.kinds.map {
      ($0.name, KindReport(completeness: .complete(Evidence(reads: 1, items: resources.count, ends: [.treeWalked]))))
    }
    let report = WatchReport(
      reader: .anyone, asked: Asked(watch: watch, revision: Text("commit-\(side)")), kinds: Dictionary(kinds) { first, _ in first })
    return seen(watch, side, report, resources)
  }

  private static func seen(_ watch: Watch, _ side: String, _ report: WatchReport, _ resources: [Resource]) -> Seen {
    var chunks: [Digest: [UInt8]] = [:]
    var observations: [Observation] = []
    for kind in watch.kinds {
      var cutter = ChunkCutter()
      let lines = Set(resources.filter { $0.address.kind == kind.name }.map { ResourceLine($0) }).sorted {
        $0.key.lexicographicallyPrecedes($1.key)
      }
      var cut = lines.compactMap { cutter.add($0) }
      if let last = cutter.finish() { cut.append(last) }
      for chunk in cut { chunks[chunk.reference.digest] = chunk.lines }
      let told = report.kinds[kind.name]
      observations.append(
        Observation(
          watch: watch.name, kind: kind.name, reader: report.reader, asked: report.asked,
          schema: kind.schema(manifest: watch.provider.digest),
          completeness: told?.completeness ?? .failed(NonEmpty(Diagnostic("not-read", "nothing was said"))), standing: told?.standing ?? [],
          chunks: cut.map(\.reference)))
    }
    let moment = Instant(year: 2026, month: 11, day: 23)
    let snapshot = Snapshot(
      name: Text(side), began: moment, ended: moment, parent: nil, fingerprintKey: fingerprinter.keyID, tool: "fixtures",
      observations: observations)
    return Seen(watch: watch, snapshot: snapshot, chunks: chunks)
  }
}

/// The folder after the upgrade, as a repository that has nothing else.
private struct FixtureFolder: SourceReading {
  let folder: URL

  func file(_ path: Text, of watch: Watch) async throws(Failure) -> SourceFile {
    guard let bytes = try? Data(contentsOf: folder.appending(path: path.string)) else {
      throw Failure("not-in-revision", "the file is not there")
    }
    return SourceFile(bytes: Array(bytes), repository: "/repository", revision: "commit-after")
  }
}
