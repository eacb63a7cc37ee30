import LoopbackServers
import SideEffects
import Synchronization
import Testing

@testable import ProviderEngines

@Suite("Where a service asks to wait")
struct RateLimitTests {
  private let noon = Instant(year: 2026, month: 11, day: 23, secondOfDay: 43_200)

  private func wait(_ status: Int, _ headers: [(String, String)], isRead: Bool = true, attempt: Int = 0) -> Duration? {
    let answer = HTTPAnswer(status: status, headers: headers.map { (name: $0.0, value: $0.1) }, body: [])
    return RateLimit.wait(after: answer, isRead: isRead, attempt: attempt, now: noon)
  }

  @Test("Retry-After is seconds or a date, by the service's own clock where it tells it")
  func retryAfter() {
    #expect(wait(429, [("Retry-After", "7")]) == .seconds(7))
    #expect(wait(429, [("retry-after", "0")]) == .seconds(1))
    #expect(wait(429, [("Retry-After", "1.5")]) == .seconds(1.5))
    #expect(wait(429, [("Retry-After", "Mon, 23 Nov 2026 12:00:30 GMT")]) == .seconds(30))
    #expect(wait(429, [("Retry-After", "Mon, 23 Nov 2026 12:00:30 GMT"), ("Date", "Mon, 23 Nov 2026 12:00:20 GMT")]) == .seconds(10))
    #expect(wait(429, [("Retry-After", "soon")]) == .seconds(1))
  }

  @Test("a reset is a moment or a number of seconds")
  func reset() {
    #expect(wait(429, [("X-RateLimit-Reset", "\(noon.seconds + 12)")]) == .seconds(12))
    #expect(wait(429, [("X-Rate-Limit-Reset", "\(noon.seconds - 5)")]) == .seconds(1))
    #expect(wait(429, [("RateLimit-Reset", "20")]) == .seconds(20))
    #expect(wait(429, [("Retry-After", "3"), ("X-RateLimit-Reset", "20")]) == .seconds(3))
  }

  @Test("without a hint 429 is waited out ever longer")
  func backingOff() {
    #expect((0..<5).map { wait(429, [], attempt: $0) } == [.seconds(1), .seconds(2), .seconds(4), .seconds(8), .seconds(16)])
  }

  @Test("403 is a limit only where it says so: otherwise it is a missing right")
  func forbidden() {
    #expect(wait(403, []) == nil)
    #expect(wait(403, [("X-RateLimit-Remaining", "12"), ("X-RateLimit-Reset", "\(noon.seconds + 12)")]) == nil)
    #expect(wait(403, [("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", "\(noon.seconds + 12)")]) == .seconds(12))
    #expect(wait(403, [("Retry-After", "5")]) == .seconds(5))
    #expect(wait(503, []) == nil)
    #expect(wait(503, [("Retry-After", "5")]) == .seconds(5))
    #expect(wait(500, [("Retry-After", "5")]) == nil)
    #expect(wait(200, [("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", "20")]) == nil)
  }

  @Test("a write is sent again only after 429, which says that it was not served")
  func writes() {
    #expect(wait(429, [("Retry-After", "5")], isRead: false) == .seconds(5))
    #expect(wait(503, [("Retry-After", "5")], isRead: false) == nil)
    #expect(wait(403, [("Retry-After", "5")], isRead: false) == nil)
  }

  private func scripted(_ script: String) throws -> (HostileServer, TemporaryFolder) {
    let folder = try TemporaryFolder()
    try folder.write(script, to: "script.json")
    return (try HostileServer("--script", folder.file("script.json"), "--record", folder.file("requests")), folder)
  }

  @Test("the carrier waits, says so, and brings the answer that comes after")
  func carrierWaits() async throws {
    let (server, folder) = try scripted(
      #"[{"path": "/x", "sequence": [{"status": 429, "headers": {"Retry-After": "20"}}, {"status": 503, "headers": {"Retry-After": "30"}}, {"body": "in the end"}]}]"#
    )
    let clock = ManualClock()
    let told = Mutex<[WatchProgress]>([])
    let carrier = WatchCarrier(watch: "gh", transport: HTTPTransport(), clock: clock) { progress in told.withLock { $0.append(progress) } }
    let answer = try await carrier.send(try Requests.get(server.url("/x")))
    #expect(String(decoding: answer.body, as: UTF8.self) == "in the end")
    #expect(clock.slept == [.seconds(20), .seconds(30)])
    #expect(told.withLock { $0.map(\.doing) } == ["waiting 20 s, as the service asks (429)", "waiting 30 s, as the service asks (503)"])
    #expect(try folder.lines("requests").count == 3)
  }

  @Test("beyond the watch's patience the answer is given back as it is")
  func patience() async throws {
    let (server, folder) = try scripted(#"[{"path": "/x", "status": 429, "headers": {"Retry-After": "25"}}]"#)
    let clock = ManualClock()
    let carrier = WatchCarrier(watch: "gh", transport: HTTPTransport(), clock: clock)
    #expect(try await carrier.send(try Requests.get(server.url("/x"))).status == 429)
    #expect(clock.slept == [.seconds(25), .seconds(25)])
    #expect(try await carrier.send(try Requests.get(server.url("/x"))).status == 429)
    #expect(clock.slept.count == 2)
    #expect(try folder.lines("requests").count == 4)
  }

  @Test("a wait that is cancelled ends as cancelled")
  func cancelled() async throws {
    let (server, folder) = try scripted(#"[{"path": "/x", "status": 429, "headers": {"Retry-After": "30"}}]"#)
    let (waits, waiting) = AsyncStream.makeStream(of: Void.self)
    let carrier = WatchCarrier(watch: "gh", transport: HTTPTransport(), progress: { _ in waiting.yield() })
    let request = try Requests.get(server.url("/x"))
    let task = Task { await carrier.failure(request)?.rule }
    for await _ in waits.prefix(1) { task.cancel() }
    #expect(await task.value == "cancelled")
    #expect(try folder.lines("requests").count == 1)
  }
}

@Suite("The pace of a watch")
struct WatchPaceTests {
  @Test("requests go at most so many a second")
  func rate() async throws {
    let clock = ManualClock()
    let pace = WatchPace(requestsPerSecond: 2, patience: .seconds(60), clock: clock)
    for _ in 0..<5 { try await pace.turn() }
    #expect(clock.uptime() == .seconds(2))
  }

  @Test("without a rate nothing waits")
  func noRate() async throws {
    let clock = ManualClock()
    let pace = WatchPace(requestsPerSecond: nil, patience: .seconds(60), clock: clock)
    for _ in 0..<5 { try await pace.turn() }
    #expect(clock.slept.isEmpty)
  }

  @Test("what several requests are told at once is waited for once, and counts once")
  func together() async throws {
    let clock = ManualClock()
    let pace = WatchPace(requestsPerSecond: nil, patience: .seconds(60), clock: clock)
    for _ in 0..<8 { #expect(pace.pause(for: .seconds(50))) }
    #expect(!pace.pause(for: .seconds(61)))
    #expect(pace.pause(for: .seconds(60)))
    try await pace.turn()
    #expect(clock.uptime() == .seconds(60))
    #expect(!pace.pause(for: .seconds(1)))
  }
}

/// Time that passes only where somebody sleeps.
final class ManualClock: TransportClock {
  private let sleeps = Mutex<[Duration]>([])

  var slept: [Duration] { sleeps.withLock { $0 } }
  func uptime() -> Duration { slept.reduce(.zero, +) }
  func now() -> Instant { Instant(seconds: 1_800_000_000 + uptime().components.seconds) }
  func sleep(for duration: Duration) async throws {
    try Task.checkCancellation()
    sleeps.withLock { $0.append(duration) }
  }
}
