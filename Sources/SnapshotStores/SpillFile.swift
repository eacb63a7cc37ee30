internal import Glibc
internal import SideEffects

/// A file without a name in the store's folder that holds runs of sorted lines; it is gone when nobody holds it, or the process ends.
final class SpillFile {
  private let descriptor: Int32
  private let folder: String
  private var length = 0
  private var unwritten: [UInt8] = []

  private static let blockSize = 256 << 10

  init(in folder: String) throws(Failure) {
    self.folder = folder
    let mode = S_IRUSR | S_IWUSR
    // open(2), O_TMPFILE, whose value Swift doesn't import: a file system that knows none of it refuses with EOPNOTSUPP or EISDIR.
    var descriptor = Glibc.open(folder, O_RDWR | O_CLOEXEC | 0o20_000_000 | O_DIRECTORY, mode)
    if descriptor < 0, errno == EOPNOTSUPP || errno == EISDIR || errno == EINVAL || errno == ENOENT {
      let path = "\(folder)/.sorting-\(getpid())-\(UInt64.random(in: .min ... .max))"
      descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, mode)
      if descriptor >= 0 { unlink(path) }
    }
    guard descriptor >= 0 else { throw Failure(system: errno, "make a file to sort in", folder) }
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  /// Where the next bytes will stand.
  var end: Int { length + unwritten.count }

  func append(_ bytes: some Collection<UInt8>) throws(Failure) {
    unwritten.append(contentsOf: bytes)
    if unwritten.count >= Self.blockSize { try flush() }
  }

  /// Writes what was appended; only then it can be read.
  func flush() throws(Failure) {
    var written = 0
    while written < unwritten.count {
      let count = unwritten.withUnsafeBytes { pwrite(descriptor, $0.baseAddress?.advanced(by: written), $0.count - written, off_t(length)) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw Failure(system: errno, "write a file to sort in", folder) }
      written += count
      length += count
    }
    unwritten.removeAll(keepingCapacity: true)
  }

  /// At most `count` bytes from an offset on; none at the end.
  func read(at offset: Int, count: Int) throws(Failure) -> [UInt8] {
    while true {
      var result = 0
      let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
        result = pread(descriptor, buffer.baseAddress, count, off_t(offset))
        initialized = max(0, result)
      }
      if result >= 0 { return bytes }
      guard errno == EINTR else { throw Failure(system: errno, "read a file to sort in", folder) }
    }
  }
}
