import Glibc

/// The calls to the file system that the commands need, with errno's number as their only error.
enum FileSystem {
  struct Problem: Error, Equatable {
    let code: Int32

    /// The system's own words for it, such as "Permission denied".
    var words: String { String(cString: strerror(code)) }
  }

  /// A file's bytes, and whose it is.
  struct Contents {
    let bytes: [UInt8]
    let owner: uid_t
    /// Whether the group or others may write to it.
    let isWritableByOthers: Bool
  }

  /// Reads a regular file whole; one that is larger than the limit is EFBIG, a folder or a device EINVAL.
  ///
  /// What is said of the owner is true of the very bytes: both come through one descriptor.
  static func read(_ path: String, limit: Int) throws(Problem) -> Contents {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else { throw Problem(code: errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw Problem(code: errno) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw Problem(code: status.st_mode & S_IFMT == S_IFDIR ? EISDIR : EINVAL) }
    return Contents(
      bytes: try readAll(descriptor, limit: limit), owner: status.st_uid, isWritableByOthers: status.st_mode & (S_IWGRP | S_IWOTH) != 0)
  }

  private static func readAll(_ descriptor: Int32, limit: Int) throws(Problem) -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count == 0 { return bytes }
      guard count > 0 else {
        if errno == EINTR { continue }
        throw Problem(code: errno)
      }
      bytes += buffer.prefix(count)
      guard bytes.count <= limit else { throw Problem(code: EFBIG) }
    }
  }

  /// Puts a file in place whole or not at all: written beside it, synchronized, renamed.
  ///
  /// A link stays, and what it leads to is replaced; one that leads nowhere is ENOENT. What is no regular file, such as `/dev/null`, a
  /// terminal or a pipe, is written to, and stays what it is.
  ///
  /// A path such as `/dev/stdout` is the descriptor itself: it goes on where that stands, and what it leads to stays.
  static func write(_ bytes: [UInt8], to path: String, mode: mode_t) throws(Problem) {
    if let descriptor = descriptor(at: path) { return try write(bytes, to: descriptor) }
    var status = stat()
    guard stat(path, &status) == 0 else {
      guard !exists(path) else { throw Problem(code: ENOENT) }
      return try replace(path, with: bytes, mode: mode)
    }
    if status.st_mode & S_IFMT == S_IFREG {
      try replace(realPath(path) ?? path, with: bytes, mode: mode)
    } else {
      try write(bytes, opening: path, O_WRONLY | O_CLOEXEC | O_NOCTTY)
    }
  }

  private static func descriptor(at path: String) -> Int32? {
    if let number = ["/dev/stdout": 1, "/dev/stderr": 2][path] { return Int32(number) }
    for folder in ["/dev/fd/", "/proc/self/fd/"] where path.hasPrefix(folder) { return Int32(path.dropFirst(folder.count)) }
    return nil
  }

  private static func replace(_ path: String, with bytes: [UInt8], mode: mode_t) throws(Problem) {
    let draft = "\(path).\(getpid()).new"
    do throws(Problem) {
      try write(bytes, opening: draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode) { fsync($0) == 0 }
      guard rename(draft, path) == 0 else { throw Problem(code: errno) }
    } catch {
      // Where the draft is another's, it stays.
      if error.code != EEXIST { unlink(draft) }
      throw error
    }
  }

  private static func write(
    _ bytes: [UInt8], opening path: String, _ flags: Int32, _ mode: mode_t = 0, finish: (Int32) -> Bool = { _ in true }
  ) throws(Problem) {
    let descriptor = open(path, flags, mode)
    guard descriptor >= 0 else { throw Problem(code: errno) }
    defer { close(descriptor) }
    try write(bytes, to: descriptor)
    guard finish(descriptor) else { throw Problem(code: errno) }
  }

  private static func write(_ bytes: [UInt8], to descriptor: Int32) throws(Problem) {
    do throws(StandardStream.WriteError) { try StandardStream(descriptor: descriptor).write(bytes) } catch {
      throw Problem(code: error.code)
    }
  }

  /// Makes a folder with all that are missing above it, each for the owner alone.
  static func makeFolder(_ path: String) throws(Problem) {
    if mkdir(path, 0o700) == 0 || errno == EEXIST { return }
    guard errno == ENOENT, let parent = parent(of: path) else { throw Problem(code: errno) }
    try makeFolder(parent)
    guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw Problem(code: errno) }
  }

  /// The names in a folder, sorted by their bytes, without `.` and `..`; names that are no UTF-8 are left out.
  static func names(in path: String) throws(Problem) -> [String] {
    try entries(in: Array(path.utf8)).compactMap { String(validating: $0, as: UTF8.self) }
  }

  /// The same of a path and names that may be no UTF-8; none is left out.
  static func entries(in path: [UInt8]) throws(Problem) -> [[UInt8]] {
    guard let folder = opendir((path + [0]).map { CChar(bitPattern: $0) }) else { throw Problem(code: errno) }
    defer { closedir(folder) }
    var names: [[UInt8]] = []
    while true {
      errno = 0
      guard let entry = readdir(folder) else { break }
      let bytes = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      if !bytes.elementsEqual(".".utf8), !bytes.elementsEqual("..".utf8) { names.append(bytes) }
    }
    guard errno == 0 else { throw Problem(code: errno) }
    return names.sorted { $0.lexicographicallyPrecedes($1) }
  }

  static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  static func exists(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }

  /// The path with all links followed; nil where there is nothing.
  static func realPath(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// The working directory; `/` where it has been removed.
  static var workingDirectory: String {
    guard let path = getcwd(nil, 0) else { return "/" }
    defer { free(path) }
    return String(cString: path)
  }

  /// A path as seen from a folder, without `.` and doubled slashes; `..` stays, since what is before it may be a link.
  static func path(_ path: String, from folder: String) -> String {
    let whole = path.hasPrefix("/") ? path : folder + "/" + path
    return "/" + whole.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
  }

  /// The folder above an absolute path; nil for the root.
  static func parent(of path: String) -> String? {
    guard let slash = path.lastIndex(of: "/"), path.count > 1 else { return nil }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
