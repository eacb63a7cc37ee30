import Glibc

/// Standard output or standard error: all bytes are written, or the reason is thrown.
struct StandardStream: Sendable {
  /// Why bytes could not be written: errno's number.
  struct WriteError: Error, Equatable {
    let code: Int32
  }

  /// Where reports go.
  static let output = StandardStream(descriptor: STDOUT_FILENO)

  /// Where progress and diagnostics go.
  static let error = StandardStream(descriptor: STDERR_FILENO)

  let descriptor: Int32

  /// Writes text as UTF-8.
  func write(_ text: String) throws(WriteError) {
    try write(Array(text.utf8))
  }

  /// Writes all bytes, waiting for a slow reader.
  ///
  /// A reader who has left (`| head`) has what it wanted: the rest is dropped, and the exit status stays that of the
  /// findings. This process must have SIGPIPE blocked (`SignalSet`).
  /// - Throws: `WriteError` for anything else, a full disk or a closed descriptor.
  func write(_ bytes: [UInt8]) throws(WriteError) {
    var position = 0
    while position < bytes.count {
      let written = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress.map { $0 + position }, bytes.count - position) }
      if written >= 0 {
        position += written
        continue
      }
      switch errno {
      case EINTR: continue
      case EAGAIN:
        // Another process has made the shared terminal or pipe non-blocking.
        var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&request, 1, -1)
      case EPIPE: return
      case let code: throw WriteError(code: code)
      }
    }
  }
}
