import Foundation
import Glibc

/// A folder that is removed when nobody needs it any more, with the `git` command run in it.
final class TemporaryFolder: Sendable {
  struct Failed: Error {
    let command: [String]
    let text: String
  }

  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appending(path: "libgit2-tests-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Begins with a repository in the folder `name`.
  convenience init(repository name: String, bare: Bool = false) throws {
    try self.init()
    try git(in: "", ["init", "--quiet", "--initial-branch=main", name] + (bare ? ["--bare"] : []))
  }

  subscript(_ name: String) -> String { path + "/" + name }

  /// Runs git in a folder, without anybody's configuration and at a fixed time, and returns what it printed.
  @discardableResult
  func git(in folder: String, _ arguments: [String], environment: [String: String] = [:]) throws -> [UInt8] {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["git", "-c", "protocol.file.allow=always", "-c", "core.quotePath=false"] + arguments
    process.currentDirectoryURL = URL(filePath: folder.isEmpty ? path : self[folder])
    process.environment = [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null",
      "HOME": path, "GIT_AUTHOR_NAME": "A. Author", "GIT_AUTHOR_EMAIL": "author@example.com",
      "GIT_AUTHOR_DATE": "1700000000 +0530", "GIT_COMMITTER_NAME": "C. Committer",
      "GIT_COMMITTER_EMAIL": "committer@example.com", "GIT_COMMITTER_DATE": "1700000060 -0130",
    ].merging(environment) { $1 }
    let (output, errors) = (Pipe(), self["errors-\(UUID().uuidString)"])
    _ = FileManager.default.createFile(atPath: errors, contents: nil)
    process.standardOutput = output
    process.standardError = FileHandle(forWritingAtPath: errors)
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    let text = (try? String(contentsOfFile: errors, encoding: .utf8)) ?? ""
    try? FileManager.default.removeItem(atPath: errors)
    guard process.terminationStatus == 0 else { throw Failed(command: arguments, text: text) }
    return Array(bytes)
  }

  /// What git printed, without the line's end.
  func text(in folder: String, _ arguments: [String]) throws -> String {
    String(decoding: try git(in: folder, arguments), as: UTF8.self).trimmingCharacters(in: .newlines)
  }

  /// What git printed, cut at its zero bytes.
  func fields(in folder: String, _ arguments: [String]) throws -> [[UInt8]] {
    try git(in: folder, arguments).split(separator: 0).map(Array.init)
  }

  /// Writes a file, and the folders that it lies in.
  func write(_ name: String, _ text: String) throws {
    try write(Array(name.utf8), Array(text.utf8))
  }

  func write(_ name: [UInt8], _ content: [UInt8]) throws {
    let full = Array(path.utf8) + [0x2F] + name
    if let slash = full.lastIndex(of: 0x2F) {
      try FileManager.default.createDirectory(
        atPath: String(decoding: full[..<slash], as: UTF8.self), withIntermediateDirectories: true)
    }
    let descriptor = open((full + [0]).map { CChar(bitPattern: $0) }, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    guard descriptor >= 0 else { throw Failed(command: ["write", String(decoding: name, as: UTF8.self)], text: "errno \(errno)") }
    defer { close(descriptor) }
    let written = content.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
    guard written == content.count else { throw Failed(command: ["write"], text: "errno \(errno)") }
  }

  func remove(_ name: String) throws {
    try FileManager.default.removeItem(atPath: self[name])
  }

  func link(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(atPath: self[name], withDestinationPath: target)
  }

  /// Commits everything in a repository's work tree and returns the commit's name.
  @discardableResult
  func commit(in folder: String, _ message: String = "a commit", at time: Int = 1_700_000_060) throws -> String {
    try git(in: folder, ["add", "--all", "--force"])
    try git(
      in: folder, ["commit", "--quiet", "--allow-empty", "-m", message], environment: ["GIT_COMMITTER_DATE": "@\(time) -0130"])
    return try text(in: folder, ["rev-parse", "HEAD"])
  }
}
