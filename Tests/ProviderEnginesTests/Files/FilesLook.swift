import Foundation
import LoopbackServers
import ProviderEngines
import SideEffects

/// What the files engine saw of one watch, in a form that a test can look at.
struct FilesLook: Sendable {
  let report: WatchReport
  let resources: [Resource]

  static let fingerprinter = Fingerprinter(key: [1, 2, 3])

  /// Looks with the provider `settings-files`.
  static func settings(_ folder: String, files: [String], keys: [String] = ["**"], secrets: [String] = []) async throws -> FilesLook {
    try await look("settings-files", ["folder": [folder], "files": files, "keys": keys, "secrets": secrets])
  }

  /// Looks with the provider `x509-files`.
  static func certificates(_ folder: String, files: [String]) async throws -> FilesLook {
    try await look("x509-files", ["folder": [folder], "files": files])
  }

  private static func look(_ provider: Text, _ settings: [String: [String]]) async throws -> FilesLook {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let text = try String(contentsOf: root.appending(path: "providers/\(provider)/provider.yaml"), encoding: .utf8)
    let values = settings.map { name, values -> (String, SettingValue) in
      (name, name == "folder" ? .text(Text(values[0])) : .texts(values.map { Text($0) }))
    }
    let watch = Watch(
      name: "files", provider: try ManifestReader.read(text, name: provider, file: "provider.yaml"),
      settings: Dictionary(values) { first, _ in first })
    let sink = Collected()
    let tools = ObservingTools(sink: sink, fingerprinter: fingerprinter, progress: { _ in })
    return FilesLook(report: await FilesEngine().observe(watch, with: tools), resources: await sink.resources)
  }

  func completeness(_ kind: Text) -> Completeness { report.kinds[kind]?.completeness ?? .failed(NonEmpty(Diagnostic("no-report", "none"))) }

  /// Each gap as `rule`, and `in FILE` where it is of that file alone.
  func gaps(_ kind: Text = "setting") -> [String] {
    completeness(kind).gaps.map { gap in
      ([gap.because.rule.string] + gap.scope.steps.map { "in \($0.id)" }).joined(separator: " ")
    }
  }

  func ids(_ kind: Text = "setting") -> [String] { resources.filter { $0.address.kind == kind }.map(\.address.id.string).sorted() }

  func leftOut(_ kind: Text = "setting") -> [String] {
    (report.kinds[kind]?.leftOut ?? []).map { $0.reason == .link ? "link \($0.path)" : $0.path.string }
  }

  /// An attribute of the resources of one kind, by their ids.
  func attribute(_ name: Text, of kind: Text) -> [String: Reading] {
    Dictionary(
      resources.filter { $0.address.kind == kind }.map { ($0.address.id.string, $0.attributes[name]) }.compactMap { id, reading in
        reading.map { (id, $0) }
      }
    ) { first, _ in first }
  }

  /// Every byte that would be stored or shown.
  var everything: String { resources.map { String(decoding: ResourceLine($0).bytes, as: UTF8.self) }.joined() + String(reflecting: report) }

  private actor Collected: ResourceSink {
    private(set) var resources: [Resource] = []
    func add(_ resources: [Resource], kind: Text) async throws(Failure) { self.resources += resources }
  }
}
