import LibCurl
import LoopbackServers
import Testing

@Suite("Secrets of a request are in no text")
struct SecretTests {
  private let secrets = ["geheim-header", "geheim-path", "geheim-query", "geheim-body"]

  private func request(_ origin: String, path: String = "") -> TransferRequest {
    TransferRequest(
      method: "POST", url: "\(origin)\(path)/geheim-path?token=geheim-query", headers: [("Authorization", "Bearer geheim-header")],
      body: Array("geheim-body".utf8), limits: TransferLimits(total: .milliseconds(500), bodyBytes: 10, headerBytes: 300))
  }

  @Test("no failure's message repeats them")
  func failures() async throws {
    let server = try HostileServer.shared.get()
    let thread = CurlThread()
    let local = server.url("")
    let paths = ["/half", "/chunked-cut", "/gzip-bomb", "/gzip-broken", "/huge-header", "/reset", "/nothing", "/noise", "/silent", "/drip"]
    let requests =
      paths.map { request(local, path: $0) }
      + ["http://geheim.invalid", "https://127.0.0.1:\(server.port)", "http://127.0.0.1:1"].map { request($0) }
    for request in requests {
      let error = try #require(await #expect(throws: CurlError.self) { try await thread.send(request) })
      for secret in secrets { #expect(!"\(error) \(String(reflecting: error))".contains(secret)) }
      #expect(!error.message.isEmpty)
    }
  }

  @Test("a request and a response print no header, path or body")
  func printing() {
    let request = request("https://api.example")
    #expect("\(request)" == "POST https://api.example:443")
    let response = TransferResponse(
      status: 200, headers: [("Set-Cookie", "geheim-header")], body: Array("geheim-body".utf8), effectiveURL: request.url)
    #expect("\(response)" == "200, 1 headers, 11 bytes")
    var dumped = ""
    dump(request, to: &dumped)
    dump(response, to: &dumped)
    for secret in secrets { #expect(!(dumped + String(reflecting: request)).contains(secret)) }
  }
}
