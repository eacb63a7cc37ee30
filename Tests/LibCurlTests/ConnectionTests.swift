import Foundation
import Glibc
import LibCurl
import LoopbackServers
import Testing

@Suite("Connections")
struct ConnectionTests {
  private let thread = CurlThread()

  private func failure(_ request: TransferRequest) async throws -> CurlError {
    try #require(await #expect(throws: CurlError.self) { try await thread.send(request) })
  }

  @Test("a server that is down can't be connected to, and the message says where")
  func refused() async throws {
    let listener = try Listener()
    let port = listener.port
    listener.stop()
    let error = try await failure(TransferRequest(url: "http://127.0.0.1:\(port)/secret-path?token=geheim1"))
    #expect(error.code == .cannotConnect)
    #expect(error.message.contains("127.0.0.1 port \(port)"))
  }

  @Test("a name without an address is unresolved, and the message says which")
  func unresolved() async throws {
    let error = try await failure(TransferRequest(url: "http://no-such-host.invalid/secret-path"))
    #expect(error.code == .unresolvedHost)
    #expect(error.message == "Could not resolve host: no-such-host.invalid")
  }

  @Test("a TLS handshake that is never answered ends at the limit of the connection")
  func silentHandshake() async throws {
    let listener = try Listener()
    defer { listener.stop() }
    let limits = TransferLimits(connect: .milliseconds(300), total: .seconds(60), stall: .seconds(60))
    let start = ContinuousClock.now
    #expect(try await failure(TransferRequest(url: "https://127.0.0.1:\(listener.port)/", limits: limits)).code == .timedOut)
    #expect(ContinuousClock.now - start < .seconds(40))
  }

  @Test("a proxy of the environment is used, but not for loopback hosts")
  func proxy() async throws {
    await #expect(processExitsWith: .success) {
      let (proxy, server) = (try HostileServer(), try HostileServer())
      setenv("http_proxy", "http://name:password@127.0.0.1:\(proxy.port)", 1)
      let thread = CurlThread()
      let proxied = try await thread.send(TransferRequest(url: "http://service.invalid/echo"))
      let seen = String(decoding: proxied.body, as: UTF8.self)
      #expect(seen.contains(#""target": "http://service.invalid/echo""#))
      #expect(seen.contains("Proxy-Authorization"))
      for host in ["127.0.0.1", "localhost", "127.1"] {
        let direct = try await thread.send(TransferRequest(url: "http://\(host):\(server.port)/echo"))
        #expect(String(decoding: direct.body, as: UTF8.self).contains(#""target": "/echo""#))
      }
    }
  }

  @Test("no connection is handed to a child process, and none is left after close")
  func descriptors() async throws {
    await #expect(processExitsWith: .success) {
      let server = try HostileServer.shared.get()
      let before = openDescriptors()
      let thread = CurlThread()
      _ = try await thread.send(TransferRequest(url: server.url("/ok")))
      let sockets = openDescriptors().subtracting(before).filter { isInternetSocket($0) }
      #expect(sockets.count == 1)
      #expect(sockets.allSatisfy { fcntl($0, F_GETFD) & FD_CLOEXEC != 0 })
      thread.close()
      #expect(openDescriptors().subtracting(before).allSatisfy { !isSocketOrEvent($0) })
    }
  }
}

/// A socket that listens and never accepts.
private final class Listener: Sendable {
  let port: Int
  private let descriptor: Int32

  init() throws {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let listens = withUnsafeMutableBytes(of: &address) { bytes in
      let address = bytes.assumingMemoryBound(to: sockaddr.self).baseAddress
      return bind(descriptor, address, size) == 0 && listen(descriptor, 16) == 0 && getsockname(descriptor, address, &size) == 0
    }
    (self.descriptor, port) = (descriptor, Int(UInt16(bigEndian: address.sin_port)))
    try #require(listens)
  }

  func stop() {
    close(descriptor)
  }
}

private func openDescriptors() -> Set<Int32> {
  Set((try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd"))?.compactMap { Int32($0) } ?? [])
}

private func target(_ descriptor: Int32) -> String {
  (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(descriptor)")) ?? ""
}

private func isSocketOrEvent(_ descriptor: Int32) -> Bool {
  target(descriptor).hasPrefix("socket:") || target(descriptor).contains("eventfd")
}

private func isInternetSocket(_ descriptor: Int32) -> Bool {
  var domain: Int32 = 0
  var size = socklen_t(MemoryLayout<Int32>.size)
  return getsockopt(descriptor, SOL_SOCKET, SO_DOMAIN, &domain, &size) == 0 && (domain == AF_INET || domain == AF_INET6)
}
