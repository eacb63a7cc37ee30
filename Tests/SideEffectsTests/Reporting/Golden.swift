import Foundation
import Testing

/// A text that people looked at and found right: under `Fixtures/reports`. A missing one records itself and fails.
enum Golden {
  static func expect(_ text: String, is name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../Fixtures/reports/\(name)")
    guard let known = try? String(contentsOf: file, encoding: .utf8) else {
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
      Issue.record("\(name) was missing and is recorded now: look at it", sourceLocation: sourceLocation)
      return
    }
    #expect(text == known, "differs from Fixtures/reports/\(name)", sourceLocation: sourceLocation)
  }
}
