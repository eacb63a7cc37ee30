import Foundation
import LibCurl
import LoopbackServers
import Testing

@Suite("The thread")
struct CurlThreadTests {
  private let server: HostileServer

  init() throws {
    server = try HostileServer.shared.get()
  }

  private func code(_ thread: CurlThread, _ request: TransferRequest) async -> CurlError.Code? {
    do throws(CurlError) {
      _ = try await thread.send(request)
      return nil
    } catch {
      return error.code
    }
  }

  @Test("500 requests at once go through 16 handles in five seconds and a few megabytes", .timeLimit(.minutes(1)))
  func many() async throws {
    await #expect(processExitsWith: .success) {
      let server = try HostileServer.shared.get()
      let thread = CurlThread()
      _ = try await thread.send(TransferRequest(url: server.url("/ok?bytes=200000")))
      let before = try peakMemory()
      let start = ContinuousClock.now
      let bytes = try await withThrowingTaskGroup(of: Int.self) { group in
        for _ in 0..<500 { group.addTask { try await thread.send(TransferRequest(url: server.url("/ok?bytes=200000"))).body.count } }
        return try await group.reduce(0, +)
      }
      #expect(bytes == 100_000_000)
      #expect(ContinuousClock.now - start < .seconds(5))
      #expect(try peakMemory() - before < 48 << 20)
    }
  }

  @Test("a cancelled task goes on at once, wherever its request is")
  func cancellation() async throws {
    let thread = CurlThread(maximumConcurrentTransfers: 1)
    let request = TransferRequest(url: server.url("/silent"))
    let running = Task { await code(thread, request) }
    try await Task.sleep(for: .milliseconds(100))
    let waiting = Task { await code(thread, request) }
    try await Task.sleep(for: .milliseconds(100))
    let start = ContinuousClock.now
    waiting.cancel()
    #expect(await waiting.value == .cancelled)
    running.cancel()
    #expect(await running.value == .cancelled)
    let early = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return await code(thread, request)
    }
    #expect(await early.value == .cancelled)
    #expect(ContinuousClock.now - start < .seconds(5))
    #expect(await code(thread, TransferRequest(url: server.url("/ok"))) == nil)
  }

  @Test("requests that are cancelled in the middle of everything end, each once")
  func cancellationStorm() async throws {
    let thread = CurlThread(maximumConcurrentTransfers: 4)
    let tasks = (0..<300).map { number in
      Task { await code(thread, TransferRequest(url: server.url(number.isMultiple(of: 3) ? "/drip" : "/ok"))) }
    }
    for (number, task) in tasks.enumerated() where number.isMultiple(of: 3) || number.isMultiple(of: 5) {
      task.cancel()
      if number.isMultiple(of: 20) { try await Task.sleep(for: .milliseconds(1)) }
    }
    for (number, task) in tasks.enumerated() {
      let code = await task.value
      #expect(code == .cancelled || code == nil && !number.isMultiple(of: 3))
    }
  }

  @Test("close ends what is under way, what waits and what comes later")
  func close() async throws {
    let thread = CurlThread(maximumConcurrentTransfers: 2)
    let tasks = (0..<10).map { _ in Task { await code(thread, TransferRequest(url: server.url("/silent"))) } }
    try await Task.sleep(for: .milliseconds(200))
    let start = ContinuousClock.now
    thread.close()
    for task in tasks { #expect(await task.value == .cancelled) }
    #expect(await code(thread, TransferRequest(url: server.url("/ok"))) == .cancelled)
    thread.close()
    #expect(ContinuousClock.now - start < .seconds(5))
  }

  @Test("close doesn't wait for a name that is being looked up")
  func closeWhileResolving() async throws {
    let thread = CurlThread()
    let task = Task { await code(thread, TransferRequest(url: "http://slow-name.invalid/")) }
    let start = ContinuousClock.now
    thread.close()
    #expect(ContinuousClock.now - start < .seconds(2))
    _ = await task.value
  }

  @Test("a server that never answers leaves room for others", .timeLimit(.minutes(1)))
  func deadServer() async throws {
    let thread = CurlThread()
    let tasks = (0..<50).map { _ in Task { await code(thread, TransferRequest(url: server.url("/silent"))) } }
    try await Task.sleep(for: .milliseconds(200))
    let other = try HostileServer()
    let start = ContinuousClock.now
    #expect(await code(thread, TransferRequest(url: other.url("/ok"))) == nil)
    #expect(ContinuousClock.now - start < .seconds(5))
    for task in tasks { task.cancel() }
    for task in tasks { #expect(await task.value == .cancelled) }
  }

  @Test("reads share a connection")
  func reuse() async throws {
    let thread = CurlThread()
    for _ in 0..<2 { #expect(await code(thread, TransferRequest(url: server.url("/once/reuse"))) == nil) }
    // The second came on the first one's connection, was dropped there and sent again: three in all.
    let count = try await thread.send(TransferRequest(url: server.url("/once/reuse?count=1")))
    #expect(String(decoding: count.body, as: UTF8.self) == "3")
  }

  @Test("a write is sent once, whatever becomes of the connections before it")
  func writesOnce() async throws {
    let thread = CurlThread()
    for _ in 0..<2 {
      #expect(await code(thread, TransferRequest(method: "POST", url: server.url("/once/write"), body: Array("{}".utf8))) == nil)
    }
    let count = try await thread.send(TransferRequest(url: server.url("/once/write?count=1")))
    #expect(String(decoding: count.body, as: UTF8.self) == "2")
  }
}

/// The most memory that this process has held so far, in bytes: VmHWM of proc(5).
private func peakMemory() throws -> Int {
  let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
  let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
  return try #require(line.split(separator: " ").compactMap { Int($0) }.first) << 10
}
