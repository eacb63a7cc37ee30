import Foundation
import Glibc
import LoopbackServers

/// A real repository in a folder of its own, made with the `git` command.
final class GitRepository: Sendable {
  struct Failed: Error {
    let command: [String]
    let text: String
  }

  /// Holds the repository, and whatever else a test puts beside it.
  let folder: TemporaryFolder
  /// The repository's own folder.
  var path: String { folder.file("r") }

  /// Makes one that has no commit yet, on the branch `main`.
  init(_ options: String...) throws {
    folder = try TemporaryFolder()
    try git(["init", "--quiet", "--initial-branch=main"] + options + ["r"], in: "")
  }

  /// Makes one with files and a commit of them.
  convenience init(files: [String: String]) throws {
    try self.init()
    for (name, text) in files { try write(name, text) }
    try commit()
  }

  /// Runs git, without anybody's configuration, and gives what it printed without the line's end.
  @discardableResult
  func git(_ arguments: [String], in place: String = "r", input: [UInt8]? = nil, environment: [String: String] = [:]) throws
    -> String
  {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["git", "-c", "protocol.file.allow=always"] + arguments
    process.currentDirectoryURL = URL(filePath: folder.file(place))
    process.environment = [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null",
      "HOME": folder.path, "GIT_AUTHOR_NAME": "A. Author", "GIT_AUTHOR_EMAIL": "author@example.com", "GIT_AUTHOR_DATE": "1700000000 +0000",
      "GIT_COMMITTER_NAME": "C. Committer", "GIT_COMMITTER_EMAIL": "committer@example.com", "GIT_COMMITTER_DATE": "1700000060 +0000",
    ].merging(environment) { $1 }
    let (given, printed, errors) = (folder.file(UUID().uuidString), folder.file(UUID().uuidString), folder.file(UUID().uuidString))
    defer { for file in [given, printed, errors] { try? FileManager.default.removeItem(atPath: file) } }
    for (file, bytes) in [(given, input ?? []), (printed, []), (errors, [])] {
      _ = FileManager.default.createFile(atPath: file, contents: Data(bytes))
    }
    process.standardInput = FileHandle(forReadingAtPath: given)
    process.standardOutput = FileHandle(forWritingAtPath: printed)
    process.standardError = FileHandle(forWritingAtPath: errors)
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failed(command: arguments, text: (try? String(contentsOfFile: errors, encoding: .utf8)) ?? "")
    }
    return String(decoding: FileManager.default.contents(atPath: printed) ?? Data(), as: UTF8.self).trimmingCharacters(in: .newlines)
  }

  /// Writes a file of the work tree, and the folders that it lies in.
  func write(_ name: String, _ text: String) throws { try write(name, Array(text.utf8)) }

  func write(_ name: String, _ bytes: [UInt8]) throws {
    let url = URL(filePath: path + "/" + name)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
  }

  func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: path + "/" + name) }

  func link(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(atPath: path + "/" + name, withDestinationPath: target)
  }

  /// Commits everything in the work tree and gives the commit's name.
  @discardableResult
  func commit(_ message: String = "a commit") throws -> String {
    try git(["add", "--all", "--force"])
    try git(["commit", "--quiet", "--allow-empty", "-m", message])
    return try git(["rev-parse", "HEAD"])
  }

  /// Removes or changes the file of a loose object.
  func damage(_ revision: String, _ change: (String) throws -> Void) throws {
    let name = try git(["rev-parse", revision])
    let file = path + "/.git/objects/\(name.prefix(2))/\(name.dropFirst(2))"
    guard chmod(file, 0o644) == 0 else { throw Failed(command: ["chmod", file], text: "errno \(errno)") }
    try change(file)
  }

  func lose(_ revision: String) throws { try damage(revision) { try FileManager.default.removeItem(atPath: $0) } }
}
