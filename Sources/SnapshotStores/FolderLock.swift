internal import Glibc
internal import SideEffects

/// A lock on a folder, let go when it goes out of scope: two processes that begin a store at once don't meet.
///
/// It is no lock of SQLite's: those are on the file, and hold for as long as a statement or a transaction.
struct FolderLock: ~Copyable {
  private let descriptor: Int32

  /// Waits for as long as a store's other locks are waited for; fails with `store-busy` after that.
  init(_ folder: String, patience: Duration) throws(Failure) {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Failure(system: errno, "open the folder of the store", folder) }
    let end = ContinuousClock.now + patience
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      let problem = errno
      if problem == EWOULDBLOCK || problem == EINTR, ContinuousClock.now < end {
        usleep(10_000)
        continue
      }
      close(descriptor)
      guard problem != EWOULDBLOCK else {
        throw Failure(
          "store-busy", "another process has been opening the store for too long", advice: "Wait until it has ended, and try again.",
          place: .file(Text(folder), line: 0, column: 0))
      }
      throw Failure(system: problem, "lock the folder of the store", folder)
    }
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }
}
