internal import Glibc

/// Reads small files of a git folder that libgit2 keeps to itself.
enum GitFolderFile {
  private static let limit = 16 << 20

  /// The content of a regular file of at most 16 MiB, or nil where there is none; links are not followed.
  static func read(_ path: String) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    return try? OpenFile.read(descriptor, limit: limit)
  }
}
