import FoundationEssentials
import Glibc
import ProviderEngines
import SideEffects

/// What the git engine saw of one watch, in a form that a test can look at.
struct FlagLook: Sendable {
  let watch: Watch
  let report: WatchReport
  let resources: [Resource]

  /// Each flag's value by its id.
  let values: [String: String]
  /// Each gap as `rule file`.
  let gaps: [String]

  /// Looks with the provider `flag-files` at some files.
  static func files(
    _ path: String, ref: String? = nil, files: [String] = ["**/*.yaml"], path paths: [String] = ["**"], vendored: Bool = false,
    tests: Bool = false,
    configurationFiles: [String] = [], memory: Memory? = nil
  ) async throws -> FlagLook {
    var settings: [String: SettingValue] = [
      "repository": .text(Text(path)), "files": .texts(files.map { Text($0) }), "path": .texts(paths.map { Text($0) }),
      "vendored": .text(vendored ? "true" : "false"), "tests": .text(tests ? "true" : "false"),
    ]
    if let ref { settings["ref"] = .text(Text(ref)) }
    return try await look(try provider(file("flag-files"), named: "flag-files"), settings, configurationFiles, memory)
  }

  /// Looks with a provider that finds `name = value` in source text by a pattern; the file is no part of a flag's identity.
  ///
  /// - Parameter isFirst: Whether nothing was seen before; if left out, whether nothing is in the memory.
  static func pattern(
    _ path: String, ref: String? = nil, vendored: Bool = false, memory: Memory? = nil, watch: Text = "flags", isFirst: Bool? = nil
  ) async throws -> FlagLook {
    var settings: [String: SettingValue] = ["repository": .text(Text(path)), "vendored": .text(vendored ? "true" : "false")]
    if let ref { settings["ref"] = .text(Text(ref)) }
    return try await look(try provider(source, named: "source-flags"), settings, [], memory, watch, isFirst)
  }

  private static let source = #"""
    manifest: 1
    title: Flags in source text
    engine: git
    settings: {repository: {}, ref: {}, vendored: {default: "false"}}
    kinds:
      flag:
        list:
          files: ["**/*.src"]
          pattern: '(?m)^\s*flag (?<name>\w+) = (?<value>\S+?);'
        id: "{name}"
        name: "{name}"
        value: "{value|json}"
        remedy: {updated: {do: patch}, created: {by hand: take it out}, deleted: {by hand: put it back}}
    """#

  private static func file(_ provider: String) throws -> String {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return try String(contentsOf: root.appending(path: "providers/\(provider)/provider.yaml"), encoding: .utf8)
  }

  private static func provider(_ text: String, named name: Text) throws -> Provider {
    do { return try ManifestReader.read(text, name: name, file: "provider.yaml") } catch {
      throw Mistakes(text: error.diagnostics.all.map { "\($0.place): \($0.sentence)" }.joined(separator: "\n"))
    }
  }

  private static func look(
    _ provider: Provider, _ settings: [String: SettingValue], _ configurationFiles: [String], _ memory: Memory?, _ name: Text = "flags",
    _ isFirst: Bool? = nil
  ) async throws -> FlagLook {
    let sink = Collected()
    let watch = Watch(name: name, provider: provider, settings: settings)
    let isFirstLook = if let isFirst { isFirst } else { await memory?.isEmpty ?? false }
    let tools = ObservingTools(
      sink: sink, fingerprinter: fingerprinter, memory: memory, isFirstLook: isFirstLook, progress: { _ in })
    return FlagLook(watch, await GitEngine(configurationFiles: configurationFiles).observe(watch, with: tools), await sink.resources)
  }

  static let fingerprinter = Fingerprinter(key: [1, 2, 3])

  private init(_ watch: Watch, _ report: WatchReport, _ resources: [Resource]) {
    (self.watch, self.report, self.resources) = (watch, report, resources)
    values = Dictionary(resources.map { ($0.address.id.string, Self.text($0.attributes["value"])) }) { "\($0) and \($1)" }
    gaps = (report.kinds["flag"]?.completeness.gaps ?? []).map { "\($0.because.rule) \(Self.text($0.because.place))" }
  }

  /// What two looks tell together, as a command compares them.
  static func compare(_ before: FlagLook, _ after: FlagLook) async throws -> Comparison {
    let (old, new) = (before.stored("before"), after.stored("after"))
    let lines = old.lines.merging(new.lines) { first, _ in first }
    return try await SnapshotDiff.compare(before: old.snapshot, after: new.snapshot) { digest throws(Failure) in
      guard let bytes = lines[digest] else { throw Failure("missing-chunk", "none") }
      return bytes
    }
  }

  private func stored(_ name: Text) -> (snapshot: Snapshot, lines: [Digest: [UInt8]]) {
    var cutter = ChunkCutter()
    let lines = resources.map { ResourceLine($0) }.sorted { $0.key.lexicographicallyPrecedes($1.key) }
    let chunks = lines.compactMap { cutter.add($0) } + [cutter.finish()].compactMap { $0 }
    let kind = watch.kinds[0]
    let observation = Observation(
      watch: watch.name, kind: kind.name, reader: report.reader, asked: report.asked, schema: kind.schema(manifest: watch.provider.digest),
      completeness: completeness, leftOut: report.kinds[kind.name]?.leftOut ?? [],
      leftOutSince: report.kinds[kind.name]?.leftOutSince, chunks: chunks.map(\.reference))
    let snapshot = Snapshot(
      name: name, began: Instant(seconds: 1_795_442_000), ended: Instant(seconds: 1_795_442_060), parent: nil, fingerprintKey: "key",
      tool: "test", observations: [observation])
    return (snapshot, Dictionary(chunks.map { ($0.reference.digest, $0.lines) }) { first, _ in first })
  }

  var completeness: Completeness { report.kinds["flag"]?.completeness ?? .failed(NonEmpty(Diagnostic("no-report", "the kind is missing"))) }
  var diagnostics: [Diagnostic] { completeness.gaps.map(\.because) }

  /// How many files were read.
  var reads: Int {
    switch completeness {
    case .complete(let evidence), .partial(let evidence, _): evidence.reads
    case .failed: 0
    }
  }

  /// Nothing was read: that is no empty list.
  var hasFailed: Bool { if case .failed = completeness { true } else { false } }

  /// Whether an absence of a flag with this id would be called a deletion.
  func proves(absenceIn file: String?) -> Bool {
    completeness.proves(absenceIn: file.map { Scope([.init(list: "file", id: Text($0))]) } ?? .whole)
  }

  /// A path without the links in it, as messages name a repository.
  func realPath(_ path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// Every byte that would be stored or shown.
  var everything: String {
    resources.map { String(decoding: ResourceLine($0).bytes, as: UTF8.self) }.joined() + "\(report)" + String(reflecting: report)
  }

  private static func text(_ reading: Reading?) -> String {
    switch reading {
    case .value(.scalar(.boolean(let value))): "\(value)"
    case .value(.scalar(.number(let text))), .value(.scalar(.text(let text))): text.string
    case .value(.scalar(.secret)): "secret"
    case .value(.scalar(.null)): "null"
    case .value(let value): "\(value)"
    case .withheld: "withheld"
    case nil: "none"
    }
  }

  private static func text(_ place: Diagnostic.Place) -> String {
    switch place {
    case .file(let path, let line, _): line == 0 ? path.string : "\(path):\(line)"
    case .url(let url): url.string
    case .nowhere: "nowhere"
    }
  }

  /// Keeps what the engine notes, as a store does.
  actor Memory: ReadingMemory {
    private var kept: [Digest: [UInt8]] = [:]
    var isEmpty: Bool { kept.isEmpty }
    var count: Int { kept.count }
    func recall(_ key: Digest) -> [UInt8]? { kept[key] }
    func keep(_ bytes: [UInt8], under key: Digest) { kept[key] = bytes }
  }

  private actor Collected: ResourceSink {
    private(set) var resources: [Resource] = []
    func add(_ resources: [Resource], kind: Text) async throws(Failure) { self.resources += resources }
  }

  private struct Mistakes: Error { let text: String }
}
