import Foundation
import SideEffects
import Testing

/// Patches as git itself takes them.
enum GitApply {
  /// A file's text after `git apply` has put in these patches, in this order; whether each needs `--unidiff-zero` goes with it.
  static func text(of path: String, _ content: [UInt8], after patches: [(text: Text, needsUnidiffZero: Bool)]) throws -> String {
    let folder = FileManager.default.temporaryDirectory.appending(path: "patches-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: path)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(content).write(to: file)
    for patch in patches {
      try Data(patch.text.string.utf8).write(to: folder.appending(path: "value.patch"))
      let process = Process()
      process.executableURL = URL(filePath: "/usr/bin/env")
      process.arguments = ["git", "apply", "--whitespace=nowarn"] + (patch.needsUnidiffZero ? ["--unidiff-zero"] : []) + ["value.patch"]
      process.currentDirectoryURL = folder
      process.environment = [
        "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CEILING_DIRECTORIES": "/",
      ]
      try process.run()
      process.waitUntilExit()
      #expect(process.terminationStatus == 0, "\(patch.text)")
    }
    return String(decoding: try Data(contentsOf: file), as: UTF8.self)
  }
}
