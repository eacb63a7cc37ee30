import LibCurl
import LoopbackServers
import Testing

@Suite("An answer that is not whole is never a response")
struct HostileAnswerTests {
  private let server: HostileServer
  private let thread = CurlThread()
  private let short = TransferLimits(total: .milliseconds(700), stall: .seconds(60), bodyBytes: 1 << 20, headerBytes: 64 << 10)

  init() throws {
    server = try HostileServer.shared.get()
  }

  private func failure(_ path: String, _ limits: TransferLimits = .standard) async throws -> CurlError {
    let error = await #expect(throws: CurlError.self) { try await thread.send(TransferRequest(url: server.url(path), limits: limits)) }
    return try #require(error)
  }

  @Test(
    "a body or a head that ends early is cut short",
    arguments: ["/half", "/chunked-cut", "/chunked-cut?whole=1", "/reset?after=100"])
  func cutShort(path: String) async throws {
    #expect(try await failure(path).code == .cutShort)
  }

  @Test("a connection that ends before the response begins is told apart", arguments: ["/reset", "/nothing"])
  func dropped(path: String) async throws {
    #expect(try await failure(path).code == .dropped)
  }

  @Test("what takes longer than the whole may is timed out", arguments: ["/slow-headers", "/drip", "/silent"])
  func timedOut(path: String) async throws {
    let start = ContinuousClock.now
    #expect(try await failure(path, short).code == .timedOut)
    #expect(ContinuousClock.now - start < .seconds(40))
  }

  @Test("silence longer than the stall limit is timed out long before the whole is")
  func stalled() async throws {
    let start = ContinuousClock.now
    #expect(try await failure("/silent", TransferLimits(total: .seconds(60), stall: .seconds(1))).code == .timedOut)
    #expect(ContinuousClock.now - start < .seconds(20))
  }

  @Test("the limit of the body counts decoded bytes, so a gzip bomb doesn't unpack")
  func gzipBomb() async throws {
    let error = try await failure("/gzip-bomb?megabytes=50", TransferLimits(bodyBytes: 1 << 20))
    #expect(error.code == .bodyTooLarge)
    #expect(error.message == "The response's body is larger than 1048576 bytes once decoded, which is the limit.")
  }

  @Test("a body of exactly the limit passes, one byte more doesn't")
  func exactLimit() async throws {
    let request = TransferRequest(url: server.url("/ok?bytes=1000"), limits: TransferLimits(bodyBytes: 1000))
    #expect(try await thread.send(request).body.count == 1000)
    #expect(try await failure("/ok?bytes=1001", TransferLimits(bodyBytes: 1000)).code == .bodyTooLarge)
  }

  @Test(
    "headers over the limit end the transfer, in one line or many, before the response or in it",
    arguments: ["/huge-header?kilobytes=70", "/huge-header?kilobytes=200", "/many-headers", "/many-interim"])
  func hugeHeaders(path: String) async throws {
    #expect(try await failure(path, TransferLimits(headerBytes: 64 << 10)).code == .headersTooLarge)
  }

  @Test("what isn't HTTP, or breaks its own encoding, is a protocol error", arguments: ["/noise", "/gzip-broken"])
  func protocolError(path: String) async throws {
    #expect(try await failure(path).code == .protocolError)
  }

  @Test("the thread goes on after all of that")
  func goesOn() async throws {
    for path in ["/half", "/reset", "/gzip-broken", "/huge-header?kilobytes=300"] { _ = try await failure(path) }
    #expect(try await thread.send(TransferRequest(url: server.url("/ok"))).status == 200)
  }
}
