import Foundation
import LibCurl
import LoopbackServers
import Testing

@Suite("A transfer carries what it is given and nothing else")
struct TransferTests {
  private let server: HostileServer
  private let thread = CurlThread()

  init() throws {
    server = try HostileServer.shared.get()
  }

  private struct Echo: Decodable {
    let method, target, body: String
    let headers: [[String]]
  }

  private func echo(_ request: TransferRequest) async throws -> Echo {
    try JSONDecoder().decode(Echo.self, from: Data(try await thread.send(request).body))
  }

  @Test("a response has its status, body, URL and headers, names in the case in which they came")
  func plain() async throws {
    let response = try await thread.send(TransferRequest(url: server.url("/ok")))
    #expect(response.status == 200)
    #expect(response.body == Array("ok".utf8))
    #expect(response.effectiveURL == server.url("/ok"))
    #expect(response.headers.contains { $0 == ("X-Case", "Kept") })
    #expect(response.header("x-CASE") == "Kept")
    #expect(response.header("link") == "<a>, <b>")
    #expect(response.headers("LINK") == ["<a>", "<b>"])
    #expect(response.header("absent") == nil)
  }

  @Test("nothing goes out that was not given, but Host, Accept-Encoding and Content-Length")
  func exactHeaders() async throws {
    var request = TransferRequest(method: "POST", url: server.url("/echo/../echo?a=%2F"), body: Array("{}".utf8))
    request.headers = [("User-Agent", "audit-residue/1"), ("X-Empty", ""), ("X-Two", "1"), ("X-Two", "2")]
    let echo = try await echo(request)
    let names = Set(echo.headers.map { $0[0] })
    #expect(names == ["Host", "Accept-Encoding", "Content-Length", "User-Agent", "X-Empty", "X-Two"])
    #expect(echo.headers.filter { $0[0] == "X-Two" }.map { $0[1] } == ["1", "2"])
  }

  @Test("a path is sent as it is, dots and percent signs included")
  func pathAsIs() async throws {
    #expect(try await echo(TransferRequest(url: server.url("/echo/a/../b%2F?q=%20+"))).target == "/echo/a/../b%2F?q=%20+")
  }

  @Test(
    "any verb works, with and without a body", arguments: ["GET", "LIST", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"], [nil, "", "böse\n"])
  func verbs(method: String, body: String?) async throws {
    let echo = try await echo(TransferRequest(method: method, url: server.url("/echo"), body: body.map { Array($0.utf8) }))
    #expect(echo.method == method)
    #expect(echo.body == body ?? "")
    let length = echo.headers.first { $0[0] == "Content-Length" }.map { $0[1] }
    let saysNone = ["POST", "PUT", "PATCH"].contains(method) ? "0" : nil
    #expect(length == body.map { "\($0.utf8.count)" } ?? saysNone)
  }

  @Test("HEAD brings headers and no body")
  func head() async throws {
    let response = try await thread.send(TransferRequest(method: "HEAD", url: server.url("/ok?bytes=100")))
    #expect(response.status == 200)
    #expect(response.header("Content-Length") == "100")
    #expect(response.body.isEmpty)
  }

  @Test("any status is a response", arguments: [204, 400, 403, 404, 418, 429, 500, 503, 599])
  func status(_ status: Int) async throws {
    #expect(try await thread.send(TransferRequest(url: server.url("/status/\(status)"))).status == status)
  }

  @Test("a 401 is handed over with all its challenges")
  func unauthorized() async throws {
    let response = try await thread.send(TransferRequest(url: server.url("/unauthorized")))
    #expect(response.status == 401)
    #expect(response.headers("www-authenticate") == [#"Basic realm="here""#, "Bearer"])
  }

  @Test("a redirect is a response and is not followed")
  func redirect() async throws {
    let response = try await thread.send(TransferRequest(url: server.url("/redirect?to=http://elsewhere.invalid/x")))
    #expect(response.status == 302)
    #expect(response.header("location") == "http://elsewhere.invalid/x")
    #expect(response.effectiveURL == server.url("/redirect?to=http://elsewhere.invalid/x"))
  }

  @Test("responses on the way and trailers are not mixed with the response")
  func interim() async throws {
    let final = try await thread.send(TransferRequest(url: server.url("/interim")))
    #expect(final.status == 200)
    #expect(final.headers.map(\.name) == ["X-Final", "Content-Length"])
    let trailed = try await thread.send(TransferRequest(url: server.url("/trailers")))
    #expect(trailed.body == Array("hello".utf8))
    #expect(trailed.headers.map(\.name) == ["Transfer-Encoding", "X-Header"])
    #expect(trailed.header("X-Header") == "h")
  }

  @Test("a folded header is one line")
  func folded() async throws {
    #expect(try await thread.send(TransferRequest(url: server.url("/folded"))).header("X-Folded") == "one two three")
  }

  @Test("a compressed body arrives decoded")
  func gzipped() async throws {
    let response = try await thread.send(TransferRequest(url: server.url("/gzipped")))
    #expect(response.body == Array(String(repeating: "unpacked ", count: 100).utf8))
  }
}
