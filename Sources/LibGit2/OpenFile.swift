internal import Glibc

/// Reads a file that is open.
enum OpenFile {
  /// The whole content of a regular file, of at most `limit` bytes.
  static func read(_ descriptor: Int32, limit: Int) throws(WorkTreeError) -> [UInt8] {
    var information = stat()
    guard fstat(descriptor, &information) == 0 else { throw .last() }
    guard information.st_mode & S_IFMT == S_IFREG else { throw WorkTreeError(.notAFile) }
    let size = Int(information.st_size)
    guard size <= limit else { throw WorkTreeError(.tooLarge(size: size, limit: limit)) }
    // One more byte than expected shows whether the file grew in the meantime.
    var bytes = [UInt8](repeating: 0, count: size + 1)
    var count = 0
    while true {
      let room = bytes.count - count
      let arrived = bytes.withUnsafeMutableBytes { buffer in
        Glibc.read(descriptor, buffer.baseAddress.map { $0 + count }, room)
      }
      if arrived < 0 {
        if errno == EINTR { continue }
        throw .last()
      }
      count += arrived
      if arrived == 0 { break }
      guard count <= limit else { throw WorkTreeError(.tooLarge(size: count, limit: limit)) }
      if count == bytes.count { bytes.append(contentsOf: repeatElement(0, count: max(4_096, count))) }
    }
    bytes.removeLast(bytes.count - count)
    return bytes
  }
}
