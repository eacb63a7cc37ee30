import Glibc

@testable import audit_residue

/// A terminal of 40 columns and 6 rows in this process, and what is written to it.
final class TerminalPair {
  struct Failure: Error {
    let code: Int32
  }

  /// The side that programs write to.
  let device: Int32

  private let controller: Int32

  init() throws {
    var controller: Int32 = -1
    var device: Int32 = -1
    var size = winsize(ws_row: 6, ws_col: 40, ws_xpixel: 0, ws_ypixel: 0)
    guard openpty(&controller, &device, nil, nil, &size) == 0 else { throw Failure(code: errno) }
    for descriptor in [controller, device] { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    _ = fcntl(controller, F_SETFL, O_NONBLOCK)
    self.controller = controller
    self.device = device
  }

  deinit {
    close(controller)
    close(device)
  }

  func terminal(_ environment: [String: String]) -> Terminal {
    Terminal(descriptor: device, environment: environment)
  }

  /// What was written since it was last asked.
  func written() -> String {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = read(controller, &buffer, buffer.count)
      guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
      bytes += buffer.prefix(count)
    }
  }
}
