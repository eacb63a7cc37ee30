import Glibc
import Testing

@testable import audit_residue

@Suite("standard streams")
struct StandardStreamTests {
  @Test("write all bytes to a slow reader that never blocks")
  func slow() async throws {
    var ends: [Int32] = [0, 0]
    // Not for the children that other tests start meanwhile: they would keep the pipe open.
    try #require(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0, &ends) == 0)
    let (reader, writer) = (ends[0], ends[1])
    _ = fcntl(writer, F_SETFL, O_NONBLOCK)
    let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let writing = Task {
      defer { close(writer) }
      try StandardStream(descriptor: writer).write(bytes)
    }
    var read: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 10_000)
    while case let count = Glibc.read(reader, &buffer, buffer.count), count > 0 {
      read += buffer.prefix(count)
      await Task.yield()
    }
    close(reader)
    try await writing.value
    #expect(read == bytes)
  }

  @Test("say why they could not write")
  func failing() {
    let full = open("/dev/full", O_WRONLY | O_CLOEXEC)
    defer { close(full) }
    #expect(throws: StandardStream.WriteError(code: ENOSPC)) { try StandardStream(descriptor: full).write("report") }
    #expect(throws: StandardStream.WriteError(code: EBADF)) { try StandardStream(descriptor: -1).write("report") }
    #expect(throws: Never.self) { try StandardStream(descriptor: -1).write("") }
  }
}
