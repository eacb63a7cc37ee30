import Glibc

/// The descriptors that were open when this process started: a command inherits them, and none that came later.
///
/// Made first thing in the process, so that nothing of ours is open yet.
struct InheritedDescriptors: Sendable {
  private let numbers: Set<Int32>

  /// Notes what is open, and puts something harmless where a standard descriptor was closed.
  ///
  /// A file opened later would otherwise take number 1, and the report would be written into it. The filler is open
  /// the wrong way round, so that using it fails as using a closed one does, and the command finds it closed.
  init() {
    let atStart = Self.open()
    for number in Int32(0)...2 where !atStart.contains(number) {
      _ = Glibc.open("/dev/null", (number == 0 ? O_WRONLY : O_RDONLY) | O_CLOEXEC)
    }
    numbers = atStart
  }

  /// Keeps everything that this process opened itself from the commands that it starts.
  ///
  /// Whoever opens a file here asks for that at once (O_CLOEXEC); a C library may have forgotten.
  func closeOthersOnExecution() {
    for number in Self.open() where !numbers.contains(number) {
      let flags = fcntl(number, F_GETFD)
      if flags >= 0 { _ = fcntl(number, F_SETFD, flags | FD_CLOEXEC) }
    }
  }

  /// The open descriptors' numbers; of the standard ones alone where /proc is not there.
  private static func open() -> Set<Int32> {
    guard let folder = opendir("/proc/self/fd") else {
      return Set((0...2).filter { fcntl($0, F_GETFD) >= 0 })
    }
    defer { closedir(folder) }
    var found: Set<Int32> = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if let number = Int32(name), number != dirfd(folder) { found.insert(number) }
    }
    return found
  }
}
