internal import Glibc
internal import SideEffects
internal import Threads

/// Lists and reads files on a thread of its own: a file system may block for long.
actor FilesWorker {
  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }
  private let executor: ThreadExecutor
  private let root: String

  /// The largest file that is read, in bytes.
  static let largestFile = 16 << 20
  /// More files than this are a mistake in a glob.
  static let mostFiles = 200_000

  /// - Parameter folder: Absolute; relative paths are seen from here.
  init(folder: String) throws(Failure) {
    executor = try ThreadExecutor()
    root = folder
  }

  /// What lies where the watch's globs point to.
  func listing(for walk: FileWalk) -> FilesListing {
    var listing = FilesListing()
    var files: Set<String> = []
    var seen: Set<String> = []
    for start in walk.starts {
      // A file that is named whole is there or not: it is read, and then it shows.
      if start.isFile { continue }
      list(start.folder, walk, isStart: true, &listing, &files, &seen)
    }
    for path in walk.namedFiles { addNamed(path, &listing, &files) }
    if files.count > Self.mostFiles {
      listing.gaps.append(
        Diagnostic("too-many-files", "the watch's files are more than \(Self.mostFiles)", advice: "Name them more closely."))
    }
    listing.files = files.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    return listing
  }

  private func absolute(_ path: String) -> String { path.hasPrefix("/") ? path : path.isEmpty ? root : "\(root)/\(path)" }

  private func list(
    _ folder: String, _ walk: FileWalk, isStart: Bool, _ listing: inout FilesListing, _ files: inout Set<String>, _ seen: inout Set<String>
  ) {
    guard seen.insert(folder).inserted, files.count <= Self.mostFiles, !Task.isCancelled else { return }
    guard let stream = opendir(absolute(folder).isEmpty ? "/" : absolute(folder)) else {
      listing.gaps.append(Self.unlistable(absolute(folder), errno, isStart: isStart))
      return
    }
    var folders: [String] = []
    while true {
      errno = 0
      guard let entry = readdir(stream) else { break }
      let bytes = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      guard let name = String(validating: bytes, as: UTF8.self) else {
        listing.gaps.append(
          Diagnostic(
            "not-utf8", "the folder holds a name that is no UTF-8", advice: "Name the watch's files more closely.",
            place: .file(Text(absolute(folder)), line: 0, column: 0)))
        continue
      }
      if name == "." || name == ".." { continue }
      let path = folder.isEmpty ? name : folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
      switch kind(of: path) {
      case .file: if walk.wants(path) { files.insert(path) }
      case .folder: if walk.canFit(below: path) { folders.append(path) }
      case .linkToFolder: if walk.canFit(below: path) { listing.leftOut.append(LeftOut(path: Text(path), reason: .link)) }
      case .other: if walk.wants(path) { files.insert(path) }
      case .gone: continue
      case .unknown(let problem):
        // What can't be told of a file shows when it is read.
        if walk.wants(path) { files.insert(path) }
        if walk.canFit(below: path) { listing.gaps.append(Self.unlistable(absolute(path), problem, isStart: false)) }
      }
    }
    if errno != 0 { listing.gaps.append(Self.unlistable(absolute(folder), errno, isStart: isStart)) }
    // Before those below it are opened: a process may have few open files.
    closedir(stream)
    for path in folders { list(path, walk, isStart: false, &listing, &files, &seen) }
  }

  /// A file that is named is absent where its folder can be listed and doesn't hold it.
  private func addNamed(_ path: String, _ listing: inout FilesListing, _ files: inout Set<String>) {
    var information = stat()
    if lstat(absolute(path), &information) == 0 {
      files.insert(path)
      return
    }
    let (problem, folder) = (
      errno, absolute(String(path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")))
    )
    if problem == ENOENT, access(folder.isEmpty ? "/" : folder, R_OK | X_OK) == 0 { return }
    listing.gaps.append(Self.unlistable(folder.isEmpty ? "/" : folder, problem == ENOENT ? errno : problem, isStart: true))
  }

  private enum Kind {
    case file, folder, linkToFolder, other
    /// It went between the listing of its folder and the look at it.
    case gone
    /// The system refused to say, with this number of errno(3).
    case unknown(Int32)
  }

  private func kind(of path: String) -> Kind {
    var information = stat()
    guard lstat(absolute(path), &information) == 0 else { return errno == ENOENT ? .gone : .unknown(errno) }
    let isLink = information.st_mode & S_IFMT == S_IFLNK
    // A link to nothing, and one in a circle, are told when they are read.
    if isLink, stat(absolute(path), &information) != 0 { return errno == ENOENT || errno == ELOOP ? .other : .unknown(errno) }
    switch information.st_mode & S_IFMT {
    case S_IFREG: return .file
    case S_IFDIR: return isLink ? .linkToFolder : .folder
    default: return .other
    }
  }

  /// Why a folder can't be listed; one that a glob names and that is not there may be on a device that isn't mounted.
  private static func unlistable(_ folder: String, _ problem: Int32, isStart: Bool) -> Diagnostic {
    let place = Diagnostic.Place.file(Text(folder), line: 0, column: 0)
    switch problem {
    case ENOENT, ENOTDIR:
      return Diagnostic(
        "no-folder", "there is no such folder, so that nobody can say what it would hold",
        advice: isStart ? "Correct the watch's files, or mount what holds it." : "Look again when nobody writes there.", place: place)
    case EACCES, EPERM:
      return Diagnostic("forbidden", "the folder may not be listed", advice: "Give this user the right to read it.", place: place)
    default:
      return Diagnostic(
        "unreadable-folder", "the folder can't be listed: \(String(cString: strerror(problem)))", advice: "Look at its file system.",
        place: place)
    }
  }

  /// The bytes of a file; nil where it is gone since it was listed.
  func content(of path: String) -> Result<[UInt8]?, Diagnostic> {
    let place = Diagnostic.Place.file(Text(path), line: 0, column: 0)
    func failure(_ rule: Text, _ sentence: String, _ advice: String) -> Result<[UInt8]?, Diagnostic> {
      .failure(Diagnostic(rule, sentence, advice: advice, place: place))
    }
    // A pipe or a device would block, or do something, when it is opened for reading.
    var information = stat()
    guard stat(absolute(path), &information) == 0 else {
      var link = stat()
      if errno == ENOENT, lstat(absolute(path), &link) != 0 { return .success(nil) }
      return errno == ENOENT
        ? failure("link-to-nothing", "the link points to nothing", "Mend the link, or leave it out of the watch.")
        : failure("unreadable-file", "it can't be read: \(String(cString: strerror(errno)))", "Give this user the right to read it.")
    }
    guard information.st_mode & S_IFMT == S_IFREG else {
      return failure("unreadable-file", "it is no regular file", "Leave it out of the watch.")
    }
    guard information.st_size <= Self.largestFile else {
      return failure(
        "too-large", "the file has \(information.st_size) bytes, more than the \(Self.largestFile) that are read",
        "Leave it out of the watch.")
    }
    let descriptor = open(absolute(path), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else {
      return failure("forbidden", "it can't be read: \(String(cString: strerror(errno)))", "Give this user the right to read it.")
    }
    defer { close(descriptor) }
    var (before, after) = (stat(), stat())
    guard fstat(descriptor, &before) == 0, before.st_mode & S_IFMT == S_IFREG else {
      return failure("unreadable-file", "it is no regular file any more", "Look again.")
    }
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count <= Self.largestFile {
      let count = read(descriptor, &piece, piece.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else {
        return failure("unreadable-file", "it can't be read: \(String(cString: strerror(errno)))", "Look at its file system.")
      }
      if count == 0 { break }
      bytes += piece.prefix(count)
    }
    let isStill =
      fstat(descriptor, &after) == 0 && after.st_size == before.st_size && Int64(bytes.count) == Int64(after.st_size)
      && after.st_mtim.tv_sec == before.st_mtim.tv_sec && after.st_mtim.tv_nsec == before.st_mtim.tv_nsec
    guard isStill else {
      return failure("changed-while-read", "it changed while it was read", "Take the snapshot again when nobody writes there.")
    }
    return .success(bytes)
  }
}
