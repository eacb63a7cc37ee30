import Glibc
import SideEffects

/// A file that is read piece by piece.
final class InputFile {
  let path: String
  private let descriptor: Int32

  private static let pieceSize = 256 << 10

  /// - Throws: `unreadable-file`, also for what is no regular file: a pipe or a device may never end.
  init(_ path: String) throws(Failure) {
    self.path = path
    descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else { throw Self.failure(errno, path) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw Self.failure(errno, path) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw Self.failure(status.st_mode & S_IFMT == S_IFDIR ? EISDIR : EINVAL, path) }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// The next bytes; none at the end.
  func next() throws(Failure) -> [UInt8] {
    while true {
      var count = 0
      let piece = [UInt8](unsafeUninitializedCapacity: Self.pieceSize) { buffer, initialized in
        count = read(descriptor, buffer.baseAddress, Self.pieceSize)
        initialized = max(0, count)
      }
      if count >= 0 { return piece }
      guard errno == EINTR else { throw Self.failure(errno, path) }
    }
  }

  /// The first bytes, without moving on.
  func head() -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 64)
    let count = pread(descriptor, &bytes, bytes.count, 0)
    return Array(bytes.prefix(max(0, count)))
  }

  private static func failure(_ code: Int32, _ path: String) -> Failure {
    let words = code == EINVAL ? "it is no regular file" : String(cString: strerror(code))
    return Failure(
      "unreadable-file", "this file can't be read: \(words)", advice: "Name a file that `copies` made, such as NAME.snapshot.",
      place: .file(Text(path), line: 0, column: 0))
  }
}
