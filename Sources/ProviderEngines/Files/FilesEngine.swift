internal import Glibc
public import SideEffects

/// Reads settings, certificates and keys out of files of this machine.
///
/// Nothing is written and nothing is run. Links to files are followed, since many a certificate is one; links to folders are not, and
/// what is neither file nor folder is never opened.
public struct FilesEngine: Engine {
  private static let batch = 512

  public init() {}

  public func observe(_ watch: Watch, with tools: ObservingTools) async -> WatchReport {
    let asked = Self.asked(watch)
    do throws(Failure) {
      let walk = try FileWalk(watch: watch, fingerprinter: tools.fingerprinter)
      let worker = try FilesWorker(folder: Self.folder(of: watch))
      tools.progress(WatchProgress(watch: watch.name, doing: "listing files"))
      let listing = await worker.listing(for: walk)
      var found = FoundInFiles(walk: walk)
      for gap in listing.gaps { found.add(gap, of: watch.kinds) }
      for (number, path) in listing.files.enumerated() {
        if Task.isCancelled { break }
        if number % 64 == 0 { tools.progress(WatchProgress(watch: watch.name, doing: Text("\(number) of \(listing.files.count) files"))) }
        found.add(path, await worker.content(of: path))
      }
      var kinds: [Text: KindReport] = [:]
      for kind in watch.kinds { kinds[kind.name] = await report(on: kind, found, listing, watch, tools) }
      return WatchReport(reader: .anyone, asked: asked, kinds: kinds)
    } catch {
      let kinds = watch.kinds.map { ($0.name, KindReport(completeness: .failed(error.diagnostics))) }
      return WatchReport(reader: .anyone, asked: asked, kinds: Dictionary(kinds) { first, _ in first })
    }
  }

  private func report(
    on kind: KindManifest, _ found: FoundInFiles, _ listing: FilesListing, _ watch: Watch, _ tools: ObservingTools
  ) async -> KindReport {
    var gaps = found.gaps[kind.name] ?? []
    if Task.isCancelled {
      gaps.append(Gap(scope: .whole, because: Diagnostic("cancelled", "the reading was interrupted", advice: "Look again.")))
    }
    let resources = DistinctResources(of: kind, in: watch.provider, found.resources[kind.name] ?? [])
    gaps += resources.gaps
    for start in stride(from: 0, to: resources.resources.count, by: Self.batch) {
      let end = min(start + Self.batch, resources.resources.count)
      do throws(Failure) {
        try await tools.sink.add(Array(resources.resources[start..<end]), kind: kind.name)
      } catch {
        gaps += error.diagnostics.all.map { Gap(scope: .whole, because: $0) }
        break
      }
    }
    let evidence = Evidence(reads: found.reads[kind.name] ?? 0, items: resources.resources.count, ends: [.treeWalked])
    let sorted = gaps.sorted { ($0.scope, $0.because.rule, $0.because.sentence) < ($1.scope, $1.because.rule, $1.because.sentence) }
    return KindReport(
      completeness: Completeness(evidence: evidence, gaps: sorted), standing: found.walk.standing(of: kind), leftOut: listing.leftOut)
  }

  /// Relative paths are seen from here.
  private static func folder(of watch: Watch) -> String {
    guard case .text(let folder)? = watch.settings["folder"], !folder.isEmpty else { return "/" }
    return folder.string
  }

  /// Which files and which of their members are wanted is part of what is asked for.
  private static func asked(_ watch: Watch) -> Asked {
    var settings: [Text: Text] = [:]
    for setting in watch.provider.manifest.settings where !setting.isSecret {
      switch watch.settings[setting.name] {
      case .text(let text): settings[Text(setting.name)] = text
      case .texts(let texts): settings[Text(setting.name)] = Text(texts.map(\.string).joined(separator: "\n"))
      case .secret, nil: break
      }
    }
    return Asked(provider: watch.provider.name, settings: settings)
  }
}

/// What the files of a watch hold, by kind.
struct FoundInFiles {
  let walk: FileWalk
  private(set) var reads: [Text: Int] = [:]
  private(set) var resources: [Text: [Resource]] = [:]
  private(set) var gaps: [Text: [Gap]] = [:]

  init(walk: FileWalk) { self.walk = walk }

  mutating func add(_ path: String, _ content: Result<[UInt8]?, Diagnostic>) {
    let kinds = walk.kinds(reading: path)
    switch content {
    // It is gone since it was listed, and a file that is gone holds nothing.
    case .success(nil): return
    case .success(let bytes?):
      let reading = walk.read(path, bytes)
      for kind in kinds { reads[kind, default: 0] += 1 }
      resources.merge(reading.resources) { $0 + $1 }
      gaps.merge(reading.gaps) { $0 + $1 }
    case .failure(let diagnostic):
      for kind in kinds { gaps[kind, default: []].append(Gap(scope: walk.scope(ofFile: path, kind: kind), because: diagnostic)) }
    }
  }

  /// Below a folder that can't be read nobody knows which files there are.
  mutating func add(_ folder: Diagnostic, of kinds: [KindManifest]) {
    for kind in kinds { gaps[kind.name, default: []].append(Gap(scope: .whole, because: folder)) }
  }
}
