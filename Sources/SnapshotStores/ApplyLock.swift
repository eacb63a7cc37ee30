internal import Glibc
internal import SideEffects

/// A lock on a file of the store's folder: one process at a time carries out plans, and the lock ends with the process.
actor ApplyLock: JournalLock {
  static let file = "apply.lock"
  private var descriptor: Int32

  /// Fails with `apply-running` where another process has it.
  init(in folder: String) throws(Failure) {
    let path = "\(folder)/\(Self.file)"
    // A lock that is whole closes its file itself, so this one isn't until nothing can fail.
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw Failure(system: errno, "make the lock of the store", path) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let problem = errno
      close(descriptor)
      guard problem == EWOULDBLOCK else { throw Failure(system: problem, "lock the store", path) }
      throw Failure(
        "apply-running", "another process is carrying out a plan of this store", advice: "Wait until it has ended, and try again.",
        place: .file(Text(path), line: 0, column: 0))
    }
    self.descriptor = descriptor
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  func unlock() {
    if descriptor >= 0 { close(descriptor) }
    descriptor = -1
  }
}
