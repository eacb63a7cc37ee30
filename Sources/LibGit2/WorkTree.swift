internal import Glibc

/// A folder with checked-out files, out of which nothing that is read can lead.
///
/// Every name of a path is opened by itself within the folder before, without following links, so that a link that is put in
/// place while we read is not followed either.
public struct WorkTree: ~Copyable {
  /// What a name in a folder stands for.
  enum Kind: Equatable {
    case file, folder, link, other
    /// The file system doesn't say.
    case unknown(WorkTreeError)
  }

  private let root: Int32

  /// Opens the folder; the path to it may contain links.
  public init(at folder: String) throws(WorkTreeError) {
    guard !folder.utf8.contains(0) else { throw WorkTreeError(.invalidPath) }
    let descriptor = Glibc.open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .last() }
    root = descriptor
  }

  deinit { close(root) }

  /// The content of a regular file, of at most `limit` bytes, as it is on disk: no filter and no conversion of line ends is run.
  public func read(_ path: RepositoryPath, limit: Int) throws(WorkTreeError) -> [UInt8] {
    let descriptor = try open(path, flags: O_NONBLOCK)
    defer { close(descriptor) }
    return try OpenFile.read(descriptor, limit: limit)
  }

  /// Where a symbolic link points to, as it says itself; it is not followed.
  public func target(ofLink path: RepositoryPath) throws(WorkTreeError) -> [UInt8] {
    guard let folder = path.folder else { throw WorkTreeError(.invalidPath) }
    let descriptor = try open(folder, flags: O_DIRECTORY)
    defer { close(descriptor) }
    var target = [CChar](repeating: 0, count: Self.longestTarget)
    let name = path.name.map { CChar(bitPattern: $0) } + [0]
    let count = readlinkat(descriptor, name, &target, target.count)
    guard count >= 0 else { throw errno == EINVAL ? WorkTreeError(.notAFile) : .last() }
    return target.prefix(count).map { UInt8(bitPattern: $0) }
  }

  /// PATH_MAX of Linux.
  private static let longestTarget = 4_096

  /// The names in a folder and what they are, sorted by their bytes.
  func names(in folder: RepositoryPath) throws(WorkTreeError) -> [(name: [UInt8], kind: Kind)] {
    let descriptor = try open(folder, flags: O_DIRECTORY)
    guard let stream = fdopendir(descriptor) else {
      let error = WorkTreeError.last()
      close(descriptor)
      throw error
    }
    defer { closedir(stream) }
    var names: [(name: [UInt8], kind: Kind)] = []
    while true {
      errno = 0
      guard let entry = readdir(stream) else { break }
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      if name.elementsEqual(".".utf8) || name.elementsEqual("..".utf8) { continue }
      names.append((name, Self.kind(of: entry.pointee.d_type, name, in: descriptor)))
    }
    if errno != 0 { throw .last() }
    return names.sorted { $0.name.lexicographicallyPrecedes($1.name) }
  }

  private static func kind(of type: UInt8, _ name: [UInt8], in folder: Int32) -> Kind {
    switch Int(type) {
    case Int(DT_REG): return .file
    case Int(DT_DIR): return .folder
    case Int(DT_LNK): return .link
    case Int(DT_UNKNOWN): break
    default: return .other
    }
    // Some file systems don't say it in the folder itself.
    var information = stat()
    let text = name.map { CChar(bitPattern: $0) } + [0]
    guard fstatat(folder, text, &information, AT_SYMLINK_NOFOLLOW) == 0 else {
      // What is gone again was not there.
      return errno == ENOENT ? .other : .unknown(.last())
    }
    return switch information.st_mode & S_IFMT {
    case S_IFREG: .file
    case S_IFDIR: .folder
    case S_IFLNK: .link
    default: .other
    }
  }

  /// Opens what lies at a path, each name within the folder before it.
  private func open(_ path: RepositoryPath, flags: Int32) throws(WorkTreeError) -> Int32 {
    let names = path.bytes.split(separator: RepositoryPath.slash, omittingEmptySubsequences: false)
    var current = fcntl(root, F_DUPFD_CLOEXEC, 0)
    guard current >= 0 else { throw .last() }
    if path.bytes.isEmpty {
      // A copy of a descriptor shares its place in the folder, so the root is opened anew.
      defer { close(current) }
      let opened = openat(current, ".", O_RDONLY | O_CLOEXEC | O_NOFOLLOW | flags)
      guard opened >= 0 else { throw .last() }
      return opened
    }
    for (index, name) in names.enumerated() {
      let isValid = !name.isEmpty && !name.elementsEqual(".".utf8) && !name.elementsEqual("..".utf8) && !name.contains(0)
      guard isValid else {
        close(current)
        throw WorkTreeError(.invalidPath)
      }
      let isLast = index == names.count - 1
      let text = name.map { CChar(bitPattern: $0) } + [0]
      let opened = openat(current, text, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | (isLast ? flags : O_DIRECTORY))
      let error = opened < 0 ? Self.error(of: text, in: current) : nil
      close(current)
      if let error { throw error }
      current = opened
    }
    return current
  }

  /// What errno(3) stands for after an attempt to open a name: a link in place of a folder is reported as "not a folder".
  private static func error(of name: [CChar], in folder: Int32) -> WorkTreeError {
    let error = WorkTreeError.last()
    guard error.code == .system(ENOTDIR) else { return error }
    var information = stat()
    guard fstatat(folder, name, &information, AT_SYMLINK_NOFOLLOW) == 0 else { return error }
    return WorkTreeError(information.st_mode & S_IFMT == S_IFLNK ? .link : .missing)
  }
}
