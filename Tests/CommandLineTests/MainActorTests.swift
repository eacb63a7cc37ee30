import Foundation
import Testing

@Suite("the main thread")
struct MainActorTests {
  @Test("waits for signals alone: nothing is bound to the main actor or the main queue, where it would never run")
  func unused() throws {
    let root = URL(filePath: #filePath).appending(path: "../../../Sources").standardized
    let files = try #require(FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil))
    var count = 0
    for case let file as URL in files where file.pathExtension == "swift" {
      let text = try String(contentsOf: file, encoding: .utf8)
      count += 1
      for word in ["@MainActor", "MainActor.", "DispatchQueue.main", "dispatchMain"] {
        #expect(!text.contains(word), "\(word) in \(file.lastPathComponent)")
      }
    }
    #expect(count > 10)
  }
}
