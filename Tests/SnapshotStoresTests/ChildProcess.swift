import Foundation
import Glibc
import Testing

/// The `store-writer` of these tests, or a shell, in a process of its own.
final class ChildProcess {
  struct Outcome {
    let lines: [String]
    /// The exit status; 128 + n for a signal.
    let status: Int32

    /// The peak of its memory in KiB, as it told in the end.
    var peak: Int? { lines.last { $0.hasPrefix("peak ") }.flatMap { Int($0.filter(\.isNumber)) } }
  }

  private let process = Process()
  private let output = Pipe()
  private var taken: [UInt8] = []

  /// The writer, which SwiftPM puts beside the tests' own executable.
  static let path: String = {
    let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    return own.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/") + "/store-writer"
  }()

  init(_ command: [String], environment: [String: String] = [:]) throws {
    process.executableURL = URL(filePath: command[0])
    process.arguments = Array(command.dropFirst())
    process.environment = ["PATH": "/usr/bin:/bin"].merging(environment) { $1 }
    process.standardOutput = output
    process.standardError = FileHandle.standardError
    try process.run()
  }

  convenience init(writer arguments: [String], environment: [String: String] = [:]) throws {
    try self.init([Self.path] + arguments, environment: environment)
  }

  /// The writer under a shell that has said something first, such as `umask 000`.
  convenience init(after preparation: String, writer arguments: [String]) throws {
    try self.init(["/bin/sh", "-c", "\(preparation); exec \"$@\"", "sh", Self.path] + arguments)
  }

  /// Waits until it says a line that begins so, or has ended.
  func wait(forPrefix start: String) { wait { $0.hasPrefix(start) } }

  /// Waits until it says a line, or has ended.
  func wait(for line: String) { wait { $0 == line } }

  private func wait(for isIt: (String) -> Bool) {
    while !lines.contains(where: isIt) {
      let piece = output.fileHandleForReading.availableData
      if piece.isEmpty { return }
      taken += piece
    }
  }

  func kill() { _ = Glibc.kill(process.processIdentifier, SIGKILL) }

  /// Waits for its end.
  func end() -> Outcome {
    taken += output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let status = process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus
    return Outcome(lines: lines, status: status)
  }

  private var lines: [String] { String(decoding: taken, as: UTF8.self).split(separator: "\n").map { String($0) } }
}
