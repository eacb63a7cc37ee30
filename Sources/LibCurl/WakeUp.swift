import CCurl
import Glibc

/// Lets any thread end another one's wait in `poll`.
///
/// curl_multi_wakeup(3) does the same but needs the multi handle, a pointer that would have to cross threads and outlive its owner.
/// A descriptor is a number: no pointer is shared, and this object closes it when the last thread has let go.
final class WakeUp: Sendable {
  /// Readable when somebody rang; -1 when the system had no descriptor left.
  let descriptor: Int32

  init() {
    descriptor = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  func ring() {
    _ = eventfd_write(descriptor, 1)
  }

  /// Forgets all rings so far.
  func reset() {
    var count: eventfd_t = 0
    _ = eventfd_read(descriptor, &count)
  }
}
