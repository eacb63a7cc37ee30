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
        return (
          kind.name,
          KindReport(completeness: Completeness(evidence: seen, gaps: (gaps[kind.name] ?? []) + missing), standing: walk.standing(of: kind))
        )
      }
      return WatchReport(
        reader: .anyone, asked: Asked(watch: watch, revision: source.revision), kinds: Dictionary(reports) { first, _ in first })
    } catch {
      let failed = watch.kinds.map { ($0.name, KindReport(completeness: .failed(error.diagnostics))) }
      return WatchReport(reader: .anyone, asked: Asked(watch: watch), kinds: Dictionary(failed) { first, _ in first })
    }
  }
}
