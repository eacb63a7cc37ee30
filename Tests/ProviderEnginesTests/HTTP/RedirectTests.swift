import LoopbackServers
import ProviderEngines
import SideEffects
import Testing

@Suite("Redirects stay at home")
struct RedirectTests {
  private struct Servers {
    let folder: TemporaryFolder
    let home, other: HostileServer

    init() throws {
      folder = try TemporaryFolder()
      (home, other) = (try HostileServer("--record", folder.file("home")), try HostileServer("--record", folder.file("other")))
    }
  }

  private static let shared = Result { try Servers() }
  private let servers: Servers
  private let carrier = WatchCarrier(watch: "w", transport: HTTPTransport())

  init() throws {
    servers = try Self.shared.get()
  }

  /// A URL that is redirected, and that can be told from all others in the server's records.
  private func url(to location: String, status: Int = 302, id: String = "\(UInt64.random(in: 0...UInt64.max))") -> (url: String, id: String)
  {
    let encoded = location.utf8.map { "%" + String(Int($0) + 0x100, radix: 16).dropFirst() }.joined()
    return (servers.home.url("/redirect?to=\(encoded)&status=\(status)&id=\(id)"), id)
  }

  @Test(
    "inside the same origin they are followed, absolute or relative", arguments: [301, 302, 303, 307, 308],
    ["HOME/echo/ID", "/echo/ID", "echo/ID", "//127.0.0.1:PORT/echo/ID"])
  func followed(status: Int, location: String) async throws {
    let id = "\(UInt64.random(in: 0...UInt64.max))"
    let location = location.replacing("HOME", with: servers.home.url("")).replacing("PORT", with: "\(servers.home.port)").replacing(
      "ID", with: id)
    let answer = try await carrier.send(try Requests.get(url(to: location, status: status).url))
    let echo = String(decoding: answer.body, as: UTF8.self)
    #expect(echo.contains("/echo/\(id)"))
    #expect(echo.contains(Requests.token))
  }

  @Test(
    "another host, port or scheme receives nothing at all: no credential, and no request",
    arguments: [
      "http://127.0.0.1:OTHER/there", "http://localhost:OTHER/there", "//127.0.0.1:OTHER/there",
      "http://127.0.0.1:HOME@127.0.0.1:OTHER/there",
      "http://127.0.0.1:OTHER", "https://127.0.0.1:OTHER/there", "HTTP://127.0.0.1:OTHER/x", "http://localhost:HOME/there",
    ])
  func away(location: String) async throws {
    let target = location.replacing("OTHER", with: "\(servers.other.port)").replacing("HOME", with: "\(servers.home.port)")
    let (url, id) = url(to: target)
    let diagnostic = try #require(await carrier.failure(try Requests.get(url)))
    #expect(diagnostic.rule == "redirected-away")
    #expect(diagnostic.place == .url(Text(servers.home.url("/redirect"))))
    #expect(diagnostic.sentence.string.hasSuffix(", where nothing was sent"))
    #expect(try servers.folder.lines("other").isEmpty)
    #expect(try servers.folder.lines("home").count { $0.contains(id) } == 1)
  }

  @Test(
    "what leads to no web page is refused",
    arguments: ["ftp://127.0.0.1/x", "javascript:alert(1)", "http://", "\\\\evil.example/x", "/a b"])
  func nonsense(location: String) async throws {
    #expect(await carrier.failure(try Requests.get(url(to: location).url))?.rule == "redirected-away")
  }

  @Test("a write's redirect is its answer")
  func write() async throws {
    let (url, id) = url(to: "/ok")
    #expect(try await carrier.send(try Requests.get(url, method: "POST")).status == 302)
    #expect(try servers.folder.lines("home").count { $0.contains(id) } == 1)
  }

  @Test("a circle ends after five")
  func circle() async throws {
    let folder = try TemporaryFolder()
    try folder.write(#"[{"path": "/circle", "status": 302, "headers": {"Location": "{origin}/circle"}}]"#, to: "script.json")
    let server = try HostileServer("--script", folder.file("script.json"), "--record", folder.file("requests"))
    #expect(await carrier.failure(try Requests.get(server.url("/circle")))?.rule == "redirect-loop")
    #expect(try folder.lines("requests").count == 6)
  }

  @Test("a redirect that repeats the token doesn't bring it into a message")
  func echoed() async throws {
    for location in ["/half/\(Requests.token)", "http://\(Requests.token).invalid/", "/x y\(Requests.token)"] {
      let diagnostic = try #require(await carrier.failure(try Requests.get(url(to: location).url)))
      #expect(!"\(diagnostic)".contains(Requests.token), "\(diagnostic.rule)")
    }
  }
}
