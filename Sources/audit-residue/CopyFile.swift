import Glibc
import SideEffects

/// A file on its way into a folder of copies: written beside its place, on the device before it gets its name, gone if it never does.
final class CopyFile {
  private let folder: String
  private let draft: String
  private let descriptor: Int32
  private var hasName = false

  /// The folder is not made: one that is missing is most often a device that is not mounted.
  init(in folder: String) throws(Failure) {
    guard FileSystem.isFolder(folder) else {
      throw Failure(
        "copy-failed", "the folder for copies isn't there", advice: "Mount its device, or make it: mkdir -p -m 700 \(folder)",
        place: .file(Text(folder), line: 0, column: 0))
    }
    self.folder = folder
    draft = "\(folder)/.audit-residue-\(getpid())-\(UInt64.random(in: .min ... .max)).new"
    descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR)
    guard descriptor >= 0 else { throw Self.failure(errno, folder) }
  }

  deinit {
    close(descriptor)
    if !hasName { unlink(draft) }
  }

  func write(_ bytes: [UInt8]) throws(Failure) {
    do throws(StandardStream.WriteError) {
      try StandardStream(descriptor: descriptor).write(bytes)
    } catch {
      throw Self.failure(error.code, folder)
    }
  }

  /// Gives it a name that nothing has yet; false where something has it.
  func place(as name: String) throws(Failure) -> Bool {
    try synchronize()
    let path = "\(folder)/\(name)"
    if link(draft, path) == 0 {
      unlink(draft)
    } else {
      switch errno {
      case EEXIST: return false
      // File systems without hard links: nothing but we writes files of these names, so a look before is enough.
      case EPERM, EOPNOTSUPP, ENOSYS, EMLINK:
        guard !FileSystem.exists(path) else { return false }
        guard rename(draft, path) == 0 else { throw Self.failure(errno, path) }
      case let code: throw Self.failure(code, path)
      }
    }
    hasName = true
    try Self.synchronize(folder)
    return true
  }

  /// Gives it a name, in the place of what had that before.
  func replace(_ name: String) throws(Failure) {
    try synchronize()
    guard rename(draft, "\(folder)/\(name)") == 0 else { throw Self.failure(errno, "\(folder)/\(name)") }
    hasName = true
    try Self.synchronize(folder)
  }

  /// Takes a file out of a folder of copies.
  static func remove(_ name: String, from folder: String) throws(Failure) {
    let path = "\(folder)/\(name)"
    guard unlink(path) == 0 else {
      throw Failure(
        "copy-failed", "this copy can't be removed: \(String(cString: strerror(errno)))",
        advice: "Remove it, or `import` brings back what never was.", place: .file(Text(path), line: 0, column: 0))
    }
    try synchronize(folder)
  }

  private func synchronize() throws(Failure) {
    guard fsync(descriptor) == 0 else { throw Self.failure(errno, folder) }
  }

  private static func synchronize(_ folder: String) throws(Failure) {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(errno, folder) }
    defer { close(descriptor) }
    // Some file systems of other machines know no such thing and say so.
    guard fsync(descriptor) == 0 || errno == EINVAL else { throw failure(errno, folder) }
  }

  private static func failure(_ code: Int32, _ path: String) -> Failure {
    Failure(
      "copy-failed", "no copy could be written: \(String(cString: strerror(code)))",
      advice: "What was to be copied is in the store. See to the folder, or change `copies` in the configuration.",
      place: .file(Text(path), line: 0, column: 0))
  }
}
