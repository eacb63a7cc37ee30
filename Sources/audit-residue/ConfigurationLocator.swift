import Glibc
import SideEffects

/// Finds the configuration's file and reads its bytes.
struct ConfigurationLocator {
  static let fileName = "audit-residue.yaml"

  /// A file that may be read as a configuration.
  struct Found {
    /// Absolute.
    let path: String
    let bytes: [UInt8]

    /// Relative paths in the file are seen from here.
    var folder: String { FileSystem.parent(of: path) ?? "/" }
  }

  /// Where the search begins: the working directory, or what `-C` says.
  let start: String

  /// The file that is named, or the first one of the standard name in the folder or one above it.
  ///
  /// One that is searched for must belong to the caller and be writable by no one else: whoever can put a file above
  /// the working directory would otherwise say what is run and where secrets are sent.
  func find(named file: String?) throws(Failure) -> Found {
    if let file { return try read(FileSystem.path(file, from: start)).found }
    var folder = start
    while true {
      let path = folder == "/" ? "/" + Self.fileName : folder + "/" + Self.fileName
      if FileSystem.exists(path) {
        let (found, contents) = try read(path)
        try check(contents, path: path)
        return found
      }
      guard let parent = FileSystem.parent(of: folder) else { break }
      folder = parent
    }
    throw Failure(
      "no-configuration", "there is no \(Self.fileName) in \(start) or in a folder above it",
      advice: "Write one with `audit-residue init`, or name it with --config.")
  }

  private func read(_ path: String) throws(Failure) -> (found: Found, contents: FileSystem.Contents) {
    do throws(FileSystem.Problem) {
      let contents = try FileSystem.read(path, limit: 4 << 20)
      return (Found(path: path, bytes: contents.bytes), contents)
    } catch {
      let sentence = error.code == ENOENT ? "there is no such file" : "the configuration can't be read: \(error.words)"
      let advice =
        error.code == ENOENT ? "Write one with `audit-residue init`, or name another." : "See that it is a file that you may read."
      throw Failure("unreadable", sentence, advice: advice, place: place(path))
    }
  }

  private func check(_ contents: FileSystem.Contents, path: String) throws(Failure) {
    var problems: [Diagnostic] = []
    if contents.owner != geteuid() {
      problems.append(
        Diagnostic(
          "foreign-configuration", "the configuration belongs to another user, and was found by searching",
          advice: "If you know what it does, name it with --config.", place: place(path)))
    }
    if contents.isWritableByOthers {
      problems.append(
        Diagnostic(
          "foreign-configuration", "the configuration can be written by others, and was found by searching",
          advice: "Take that away with `chmod go-w`, or name it with --config.", place: place(path)))
    }
    if let problems = NonEmpty(problems) { throw Failure(problems) }
  }

  private func place(_ path: String) -> Diagnostic.Place { .file(Text(path), line: 0, column: 0) }
}
