import LibCurl
import LoopbackServers
import Testing

@Suite("A request that can't be sent as it is isn't sent")
struct RefusedRequestTests {
  private let server: HostileServer
  private let thread = CurlThread()

  init() throws {
    server = try HostileServer.shared.get()
  }

  private func failure(_ request: TransferRequest) async throws -> CurlError {
    try #require(await #expect(throws: CurlError.self) { try await thread.send(request) })
  }

  @Test(
    "a header with a line break, a NUL or a name that is none is refused",
    arguments: [
      ("X-A", "b\r\nX-Evil: 1"), ("X-A", "b\n"), ("X-A", "b\u{0}c"), ("X-A", "b\u{7F}"), ("X-A: b\r\nX-Evil", "1"), ("", "1"), ("Ü", "1"),
    ])
  func header(name: String, value: String) async throws {
    let error = try await failure(TransferRequest(url: server.url("/ok"), headers: [("X-Good", "1"), (name, value)]))
    #expect(error.code == .invalidRequest)
    #expect(!error.message.contains("Evil"))
  }

  @Test("a method that is no token and a HEAD with a body are refused")
  func method() async throws {
    #expect(try await failure(TransferRequest(method: "GET /x HTTP/1.1\r\n", url: server.url("/ok"))).code == .invalidRequest)
    #expect(try await failure(TransferRequest(method: "", url: server.url("/ok"))).code == .invalidRequest)
    #expect(try await failure(TransferRequest(method: "HEAD", url: server.url("/ok"), body: [1])).code == .invalidRequest)
  }

  @Test(
    "a URL that isn't plain http or https is refused",
    arguments: [
      "", "/ok", "127.0.0.1/ok", "ftp://127.0.0.1/", "file:///etc/passwd", "http://", "http://127.0.0.1/a b", "http://127.0.0.1/\u{0}x",
      "http://127.0.0.1/\r\nX: y", "http://127.0.0.1:99999/", "http://name:geheim@127.0.0.1/",
    ])
  func url(url: String) async throws {
    let error = try await failure(TransferRequest(url: url))
    #expect(error.code == .unsupportedURL)
    #expect(!error.message.contains("geheim"))
  }
}
