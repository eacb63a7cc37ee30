import Foundation

/// The files of this checkout, read as text.
enum Checkout {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// A file, by its path below the root.
  struct File: CustomStringConvertible, Sendable {
    let path: String
    let text: String

    var description: String { path }
    var name: String { path.split(separator: "/").last.map { String($0) } ?? path }
    var lines: [String] { text.components(separatedBy: "\n") }

    /// The path without its name.
    var folder: String { path.split(separator: "/").dropLast().joined(separator: "/") }
  }

  /// The paths of all files below a folder, sorted; links are not followed, and what is built is left out.
  static func paths(below folder: String = "") -> [String] {
    let start = folder.isEmpty ? root : root.appending(path: folder)
    guard let walk = FileManager.default.enumerator(at: start, includingPropertiesForKeys: [.isRegularFileKey, .isSymbolicLinkKey]) else {
      return []
    }
    var paths: [String] = []
    for case let url as URL in walk {
      let name = url.lastPathComponent
      if name.hasPrefix(".build") || name == ".git" {
        walk.skipDescendants()
        continue
      }
      let values = try? url.resourceValues(forKeys: [.isRegularFileKey, .isSymbolicLinkKey])
      guard values?.isRegularFile == true, values?.isSymbolicLink != true else { continue }
      paths.append(String(url.standardizedFileURL.path.dropFirst(root.standardizedFileURL.path.count + 1)))
    }
    return paths.sorted()
  }

  static func file(_ path: String) throws -> File {
    File(path: path, text: try String(contentsOf: root.appending(path: path), encoding: .utf8))
  }

  static func files(below folder: String = "", suffix: String) -> [File] {
    paths(below: folder).filter { $0.hasSuffix(suffix) }.compactMap { try? file($0) }
  }

  static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: root.appending(path: path).path) }

  /// The names of the folders right below one, sorted.
  static func folders(in folder: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path)) ?? []
    return names.filter { name in
      let values = try? root.appending(path: "\(folder)/\(name)").resourceValues(forKeys: [.isDirectoryKey, .isSymbolicLinkKey])
      return values?.isDirectory == true && values?.isSymbolicLink != true
    }.sorted()
  }

  static let sources = files(below: "Sources", suffix: ".swift")
  static let swift = files(suffix: ".swift")
  static let pages = files(suffix: ".md")
}
