import SideEffects

/// A service that lists one webhook with its secret, by a recorded answer.
enum ListedSecret {
  private static let manifest = """
    manifest: 1
    title: A service
    settings: {base: {default: "https://api.example"}}
    request: {base: "{base}"}
    kinds:
      webhook:
        list: {call: GET /hooks, pages: none}
        id: "{id}"
        attributes: {values: [url], secret: [secret]}
    """

  /// What is kept of the secret.
  static func reading(of secret: String, fingerprinter: Fingerprinter) async throws -> Reading {
    let provider = try ManifestReader.read(manifest, name: "service", file: "provider.yaml")
    let body = Array("[{\"id\": 1, \"url\": \"u\", \"secret\": \"\(secret)\"}]".utf8)
    let answer = HTTPAnswer(status: 200, headers: [(name: "Content-Type", value: "application/json")], body: body)
    let recording = Recording(exchanges: [.init(method: "GET", url: "https://api.example/hooks", answer: answer)])
    let sink = Sink()
    let tools = ObservingTools(sink: sink, fingerprinter: fingerprinter, progress: { _ in })
    _ = await ServiceWalk(watch: try recording.watch(for: provider), carrier: RecordedCarrier(recording), tools: tools).observe()
    guard let reading = await sink.resources.first?.attributes["secret"] else { throw NotListed() }
    return reading
  }

  private struct NotListed: Error {}

  private actor Sink: ResourceSink {
    private(set) var resources: [Resource] = []
    func add(_ resources: [Resource], kind: Text) { self.resources += resources }
  }
}
