internal import Glibc
internal import SideEffects

/// Makes a store's folder and files, and sees to it that the store is ours and that nobody else can write it.
enum StorePermissions {
  /// The folder, made with all that is missing above it, readable by the owner alone.
  ///
  /// Fails with `store-exposed` where others may write the folder, `store-foreign` where it belongs to somebody else, and
  /// `store-unwritable` where it can't be made or used.
  static func prepareFolder(_ folder: String) throws(Failure) {
    if try status(of: folder) == nil { try makeFolder(folder) }
    guard let status = try status(of: folder) else { throw Failure(system: ENOENT, "use the folder of the store", folder) }
    guard status.st_mode & S_IFMT == S_IFDIR else { throw Failure(system: ENOTDIR, "use the folder of the store", folder) }
    try checkOwner(status, folder)
    guard status.st_mode & (S_IWGRP | S_IWOTH) == 0 else {
      throw Failure(
        "store-exposed", "others may write the store's folder, and could put another store in its place",
        advice: "Say `chmod go-w` for it, or choose another folder.", place: .file(Text(folder), line: 0, column: 0))
    }
  }

  /// Whether there is something at a path, be it a link that leads nowhere.
  static func isThere(_ path: String) throws(Failure) -> Bool { try linkStatus(of: path) != nil }

  /// Makes an empty file for the owner alone.
  ///
  /// SQLite gives the files that it makes itself the permissions of this one.
  static func makeFile(_ file: String) throws(Failure) {
    guard mknod(file, S_IFREG | S_IRUSR | S_IWUSR, 0) == 0 else { throw Failure(system: errno, "make the store's file", file) }
  }

  /// Looks at the database's file and at what SQLite keeps beside it, and closes them to all but the owner; gives what was to be closed.
  ///
  /// None of them is opened here: closing a file takes away all locks that this process has on it
  /// (https://www.sqlite.org/howtocorrupt.html, section 2.2).
  static func closeFiles(_ file: String) throws(Failure) -> [Diagnostic] {
    var remarks: [Diagnostic] = []
    for path in [file, file + "-wal", file + "-shm"] {
      guard let status = try linkStatus(of: path) else { continue }
      guard status.st_mode & S_IFMT == S_IFREG else {
        throw Failure(
          "store-foreign", "the store's file is a link or no file at all", advice: "Move it away, or choose another folder.",
          place: .file(Text(path), line: 0, column: 0))
      }
      try checkOwner(status, path)
      guard status.st_mode & 0o177 != 0 else { continue }
      guard chmod(path, S_IRUSR | S_IWUSR) == 0 else { throw Failure(system: errno, "close the store's file to others", path) }
      guard status.st_mode & 0o077 != 0 else { continue }
      let access = status.st_mode & 0o022 != 0 ? "read and write" : "read"
      remarks.append(
        Diagnostic(
          "store-was-open", "others could \(access) the store's file; it is closed to them now",
          advice: "See who had access, and change what can't be shown to them.", place: .file(Text(path), line: 0, column: 0)))
    }
    return remarks
  }

  /// Puts a finished file in its place.
  static func rename(_ draft: String, to file: String) throws(Failure) {
    guard Glibc.rename(draft, file) == 0 else { throw Failure(system: errno, "put the store's file in its place", file) }
  }

  /// Removes a file, if there is one.
  static func remove(_ file: String) throws(Failure) {
    guard unlink(file) == 0 || errno == ENOENT else { throw Failure(system: errno, "remove an unfinished file of the store", file) }
  }

  /// Writes a folder's list of files to the device, so that a new file is there after a power cut.
  static func synchronize(_ folder: String) throws(Failure) {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Failure(system: errno, "open the folder", folder) }
    defer { close(descriptor) }
    // Some file systems of other machines know no such thing and say so.
    guard fsync(descriptor) == 0 || errno == EINVAL else { throw Failure(system: errno, "write the folder", folder) }
  }

  private static func makeFolder(_ folder: String) throws(Failure) {
    var path = folder.hasPrefix("/") ? "/" : ""
    for part in folder.split(separator: "/") {
      let above = path.isEmpty ? "." : path
      path += (path.isEmpty || path == "/" ? "" : "/") + part
      if mkdir(path, S_IRWXU) == 0 {
        try synchronize(above)
      } else if errno != EEXIST, errno != EISDIR {
        throw Failure(system: errno, "make the folder of the store", path)
      }
    }
  }

  private static func checkOwner(_ status: stat, _ path: String) throws(Failure) {
    guard status.st_uid == geteuid() else {
      throw Failure(
        "store-foreign", "it belongs to the user with the number \(status.st_uid), and this runs as \(geteuid())",
        advice: "Run this as that user, or choose another folder for the store.", place: .file(Text(path), line: 0, column: 0))
    }
  }

  /// Nil where there is nothing; links are followed.
  private static func status(of path: String) throws(Failure) -> stat? {
    var status = stat()
    return try found(stat(path, &status), path) ? status : nil
  }

  /// Nil where there is nothing; a link is told as a link.
  private static func linkStatus(of path: String) throws(Failure) -> stat? {
    var status = stat()
    return try found(lstat(path, &status), path) ? status : nil
  }

  private static func found(_ result: Int32, _ path: String) throws(Failure) -> Bool {
    guard result != 0, errno != ENOENT else { return result == 0 }
    throw Failure(system: errno, "look at the store", path)
  }
}
