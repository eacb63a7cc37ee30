import SideEffects

/// Walks a manifest of a test over exchanges of a test, as `check` and `snapshot` do.
struct WalkedService {
  let report: WatchReport
  let resources: [Resource]

  /// What was said of the one kind there is, or of the one that is named.
  func completeness(_ kind: Text = "webhook") -> Completeness? { report.kinds[kind]?.completeness }

  func ids(_ kind: Text = "webhook") -> [String] { resources.filter { $0.address.kind == kind }.map(\.address.id.string).sorted() }

  /// Codes of the gaps, sorted.
  func codes(_ kind: Text = "webhook") -> [String] { (completeness(kind)?.gaps ?? []).map(\.because.rule.string).sorted() }

  static let base = "https://api.example"

  /// A manifest with one kind, `webhook`, whose one list is written as YAML.
  static func manifest(list: String, request: String = "", more: String = "", kind: String = "") -> String {
    """
    manifest: 1
    title: A service
    settings: {base: {default: "\(base)"}, token: {default: ""}, owner: {default: acme}}
    request: {base: "{base}"\(request)}
    \(more)
    kinds:
      webhook:
        list: \(list)
        attributes: [url]
        \(kind)
    """
  }

  init(_ manifest: String, _ exchanges: [Recording.Exchange], with: [Text: WatchSettings.Setting] = [:], secrets: [Text: Secret] = [:])
    async throws
  {
    let provider = try read(manifest: manifest)
    let recording = Recording(with: with, secrets: secrets, exchanges: exchanges)
    let sink = Sink()
    let tools = ObservingTools(sink: sink, fingerprinter: Fingerprinter(key: [1]), progress: { _ in })
    report = await ServiceWalk(watch: try recording.watch(for: provider), carrier: RecordedCarrier(recording), tools: tools).observe()
    resources = await sink.resources
  }

  private actor Sink: ResourceSink {
    private(set) var resources: [Resource] = []
    func add(_ resources: [Resource], kind: Text) { self.resources += resources }
  }
}

/// Reads a manifest; its mistakes are one error with a line for each.
func read(manifest: String, name: Text = "service") throws -> Provider {
  do throws(Failure) { return try ManifestReader.read(manifest, name: name, file: "provider.yaml") } catch {
    throw ManifestMistakes(lines: error.diagnostics.all.map(\.line))
  }
}

struct ManifestMistakes: Error, CustomStringConvertible {
  let lines: [String]
  var description: String { lines.joined(separator: "\n") }
}

/// An answer at a path of the service.
func answer(
  _ path: String, _ status: Int, _ body: String, type: String? = "application/json", headers: [(String, String)] = [], method: Text = "GET"
) -> Recording.Exchange {
  let all = (type.map { [("Content-Type", $0)] } ?? []) + headers
  return .init(
    method: method, url: path.contains("://") ? path : WalkedService.base + path,
    answer: HTTPAnswer(status: status, headers: all.map { (name: $0.0, value: $0.1) }, body: Array(body.utf8)))
}

/// The same with status 200.
func answer(_ path: String, _ body: String, type: String? = "application/json", headers: [(String, String)] = [], method: Text = "GET")
  -> Recording.Exchange
{
  answer(path, 200, body, type: type, headers: headers, method: method)
}

/// `[{"id": 1, "url": "u1"}, …]`.
func hooks(_ ids: Int...) -> String { "[" + ids.map { #"{"id":\#($0),"url":"u\#($0)"}"# }.joined(separator: ",") + "]" }

/// A `Link` header that names the next page.
func next(_ url: String) -> [(String, String)] { [("Link", "<\(url)>; rel=\"next\"")] }
