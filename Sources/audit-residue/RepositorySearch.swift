import Glibc
import SideEffects

/// Finds the folders that hold a git repository and fit a path with `*` and `?`.
struct RepositorySearch {
  /// Written as the pattern is, sorted by their bytes.
  private(set) var found: [Text] = []
  /// What may hold some and can't be told, with the reason.
  private(set) var unknown: [(path: Text, because: Diagnostic)] = []
  /// Relative paths are seen from here; absolute.
  private let folder: String

  /// Hidden folders are found only where the pattern says so.
  init(_ pattern: String, from folder: String) {
    self.folder = folder
    var paths: [[UInt8]] = [pattern.hasPrefix("/") ? [Self.slash] : []]
    for part in pattern.split(separator: "/") { paths = paths.flatMap { below($0, String(part)) } }
    for path in paths where Self.holdsRepository(seen(path)) {
      if let text = String(validating: path, as: UTF8.self) {
        found.append(Text(text))
      } else {
        note(path, "path-not-utf8", "the folder's name is no UTF-8", "Rename the folder, or name the others without a pattern.")
      }
    }
  }

  /// The paths below a folder that fit one part of the pattern.
  private mutating func below(_ above: [UInt8], _ part: String) -> [[UInt8]] {
    let start = above.isEmpty || above == [Self.slash] ? above : above + [Self.slash]
    guard Glob.isPattern(part) else { return [start + part.utf8] }
    do throws(FileSystem.Problem) {
      return try FileSystem.entries(in: seen(above.isEmpty ? [UInt8(ascii: ".")] : above)).filter { name in
        (name.first == UInt8(ascii: ".")) == part.hasPrefix(".") && Glob.fits(name: name, part)
      }.map { start + $0 }
    } catch {
      // What is no folder, or is gone, holds none.
      if ![ENOENT, ENOTDIR].contains(error.code) {
        note(
          start + part.utf8, "unreadable-folder",
          "the folder above can't be listed, so nobody knows which repositories are in it: \(error.words)",
          "Make it readable, or name the repositories without a pattern.")
      }
      return []
    }
  }

  private mutating func note(_ path: [UInt8], _ rule: Text, _ sentence: String, _ advice: String) {
    let shown = Text(path.isEmpty ? "." : Self.shown(path))
    unknown.append((shown, Diagnostic(rule, sentence, advice: advice, place: .file(shown, line: 0, column: 0))))
  }

  /// A path that is no UTF-8 with its odd bytes in octal, so that two of them look different.
  private static func shown(_ path: [UInt8]) -> String {
    if let text = String(validating: path, as: UTF8.self) { return text }
    return path.map { $0 < 0x80 ? String(UnicodeScalar($0)) : "\\" + String($0, radix: 8) }.joined()
  }

  private func seen(_ path: [UInt8]) -> [UInt8] {
    path.first == Self.slash ? path : Array(folder.utf8) + [Self.slash] + path
  }

  /// One in a folder that can't be looked into is one: why it can't be read is said when it is.
  private static func holdsRepository(_ path: [UInt8]) -> Bool {
    func isThere(_ name: String) -> Bool {
      let bytes = (path + "/\(name)".utf8 + [0]).map { CChar(bitPattern: $0) }
      return access(bytes, F_OK) == 0 || ![ENOENT, ENOTDIR].contains(errno)
    }
    return isThere(".git") || (isThere("HEAD") && isThere("objects"))
  }

  private static let slash = UInt8(ascii: "/")
}
