import Glibc

/// Something that takes connections and never answers: the kernel completes them, and nobody reads.
final class SilentServer {
  let port: Int
  private let descriptor: Int32
  private var taken: [Int32] = []

  init() throws {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = in_addr_t(INADDR_LOOPBACK).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        bind(descriptor, generic, length) == 0 && listen(descriptor, 512) == 0 && getsockname(descriptor, generic, &length) == 0
      }
    }
    self.descriptor = descriptor
    port = Int(UInt16(bigEndian: address.sin_port))
    guard isBound else { throw ProgramRun.Failure(description: "no socket: \(errno)") }
  }

  deinit {
    for connection in taken { close(connection) }
    close(descriptor)
  }

  var url: String { "http://127.0.0.1:\(port)" }

  /// How many connections came so far; they are kept open.
  var connections: Int {
    while case let connection = accept(descriptor, nil, nil), connection >= 0 {
      _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
      taken.append(connection)
    }
    return taken.count
  }

  /// Waits for the first connection.
  func isAsked() async throws {
    try await eventually("the server is asked") { connections > 0 }
  }
}
