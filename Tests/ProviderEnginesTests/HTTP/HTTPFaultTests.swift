import LoopbackServers
import ProviderEngines
import SideEffects
import Testing

@Suite("Each fault of a service has a rule of its own, says where, and what to do")
struct HTTPFaultTests {
  private let server: HostileServer
  private let carrier: WatchCarrier

  init() throws {
    server = try HostileServer.shared.get()
    var settings = HTTPSettings.standard
    (settings.answerTimeout, settings.connectTimeout) = (.milliseconds(800), .milliseconds(500))
    (settings.bodyBytes, settings.headerBytes) = (1 << 20, 64 << 10)
    carrier = WatchCarrier(watch: "w", transport: HTTPTransport(settings: settings))
  }

  @Test(
    "an answer that doesn't arrive whole",
    arguments: [
      ("/silent", "timed-out"), ("/slow-headers", "timed-out"), ("/drip", "timed-out"), ("/half", "cut-short"),
      ("/chunked-cut", "cut-short"),
      ("/chunked-cut?whole=1", "cut-short"), ("/reset", "cut-short"), ("/reset?after=10", "cut-short"), ("/nothing", "cut-short"),
      ("/gzip-bomb?megabytes=20", "too-large"), ("/huge-header?kilobytes=90", "too-large"), ("/many-headers", "too-large"),
      ("/noise", "not-http"), ("/gzip-broken", "not-http"),
    ])
  func faults(path: String, rule: String) async throws {
    let diagnostic = try #require(await carrier.failure(try Requests.get(server.url(path))))
    #expect(diagnostic.rule.string == rule)
    let shown = server.url(String(path.prefix { $0 != "?" }))
    #expect(diagnostic.place == .url(Text(shown)))
    #expect(!diagnostic.advice.isEmpty)
    #expect(!diagnostic.sentence.string.hasSuffix("."))
  }

  @Test("a service that is down is unreachable, a host that has no address unresolvable")
  func noService() async throws {
    let down = try HostileServer()
    let url = down.url("/x")
    down.stop()
    let diagnostic = try #require(await carrier.failure(try Requests.get(url)))
    #expect(diagnostic.rule == "unreachable")
    #expect(diagnostic.sentence.string.contains("127.0.0.1 port \(down.port)"))
    #expect(await carrier.failure(try Requests.get("https://no-such-host.invalid/"))?.rule == "unresolvable")
  }

  @Test("a certificate that nobody vouches for is no trusted connection")
  func certificate() async throws {
    let folder = try TemporaryFolder()
    let (certificate, key) = try folder.makeCertificate()
    let secure = try HostileServer("--tls", certificate, key)
    #expect(await carrier.failure(try Requests.get(secure.url("/ok", scheme: "https")))?.rule == "tls-failed")
    var settings = HTTPSettings.standard
    settings.certificateAuthority = certificate
    let trusting = WatchCarrier(watch: "w", transport: HTTPTransport(settings: settings))
    #expect(try await trusting.send(try Requests.get(secure.url("/ok", scheme: "https"))).status == 200)
  }

  @Test("any status is an answer for the walk to judge", arguments: [401, 403, 404, 410, 500, 503])
  func statuses(status: Int) async throws {
    #expect(try await carrier.send(try Requests.get(server.url("/status/\(status)"))).status == status)
  }

  @Test("a credential goes over plain http to this machine alone")
  func inTheClear() async throws {
    let refused = try #require(await carrier.failure(try Requests.get("http://reviews.invalid/api/")))
    #expect(refused.rule == "insecure-url")
    #expect(refused.advice == "Write https in `base`.")
    // Without a credential the request goes out, and fails for another reason.
    #expect(await carrier.failure(try Requests.get("http://reviews.invalid/api/", authenticated: false))?.rule == "unresolvable")
  }

  @Test("a credential doesn't leave the watch's own origin, whatever the request says")
  func ownOrigin() async throws {
    let request = try Requests.get(server.url("/echo"), base: "https://api.example")
    #expect(await carrier.failure(request)?.rule == "bad-request")
  }

  @Test("a secret with a line break is refused before anything is sent")
  func brokenSecret() async throws {
    let header = SensitiveText([.secret(name: "token", Secret("geheim\r\nX-Evil: 1"))])
    let plain = try Requests.get(server.url("/echo"))
    let request = HTTPRequest(
      method: "GET", url: plain.url, headers: [("Authorization", header)], body: nil, isAuthenticated: true, origin: plain.origin)
    let diagnostic = try #require(await carrier.failure(request))
    #expect(diagnostic.rule == "bad-request")
    #expect(diagnostic.sentence.string.contains("Authorization"))
    #expect(!"\(diagnostic)".contains("geheim"))
  }

  @Test("a request under way is given up with its task")
  func cancelled() async throws {
    let request = try Requests.get(server.url("/drip"))
    let task = Task { await carrier.failure(request)?.rule }
    try await Task.sleep(for: .milliseconds(100))
    task.cancel()
    #expect(await task.value == "cancelled")
  }

  @Test("no failure repeats the token, user information or a query's values")
  func secrets() async throws {
    let paths = [
      "/silent", "/half", "/reset", "/noise", "/gzip-broken", "/gzip-bomb", "/huge-header?kilobytes=90", "/redirect", "/many-headers",
    ]
    let urls =
      paths.map { server.url($0 + ($0.contains("?") ? "&" : "?") + "key=geheim-query-4711") }
      + [
        "https://no-such-host.invalid/?key=geheim-query-4711", "http://127.0.0.1:1/?key=geheim-query-4711",
        "https://name:geheim-name-4711@127.0.0.1/",
      ]
    for url in urls {
      let diagnostic = try #require(await carrier.failure(try Requests.get(url)), "\(url) has to fail")
      #expect(!"\(diagnostic)".contains("geheim"), "\(diagnostic.rule)")
      #expect(!String(reflecting: diagnostic).contains("geheim"))
    }
  }

  @Test("a read is sent once more where its connection broke before an answer, a write never")
  func sentAgain() async throws {
    let folder = try TemporaryFolder()
    let recorder = try HostileServer("--record", folder.file("requests"))
    for (method, isRead, times) in [("GET", nil, 2), ("POST", true, 2), ("POST", nil, 1), ("DELETE", nil, 1)] as [(Text, Bool?, Int)] {
      let before = try folder.lines("requests").count
      #expect(await carrier.failure(try Requests.get(recorder.url("/nothing"), method: method, isRead: isRead))?.rule == "cut-short")
      #expect(try folder.lines("requests").count - before == times, "\(method)")
    }
  }
}
