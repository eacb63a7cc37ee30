import Foundation
import LibGit2
import Testing

@Suite("A blob")
struct BlobTests {
  @Test("is read as it is, loose and packed")
  func read() throws {
    let folder = try TemporaryFolder(repository: "r")
    let content: [UInt8] = [0, 0xFF, 0x0A, 0x0D, 0x0A] + Array("text".utf8)
    try folder.write(Array("r/a".utf8), content)
    try folder.write("r/empty", "")
    try folder.commit(in: "r")
    for packed in [false, true] {
      if packed { try folder.git(in: "r", ["gc", "--quiet"]) }
      let repository = try Repository(at: folder["r"])
      let id = try #require(ObjectID(try folder.text(in: "r", ["rev-parse", "HEAD:a"])))
      #expect(try repository.blob(id, limit: content.count) == content)
      let empty = try #require(ObjectID(try folder.text(in: "r", ["rev-parse", "HEAD:empty"])))
      #expect(try repository.blob(empty, limit: 0) == [])
    }
  }

  @Test("is not read where it is larger than allowed")
  func limit() throws {
    let folder = try TemporaryFolder(repository: "r")
    try folder.write("r/a", "12345")
    try folder.commit(in: "r")
    let repository = try Repository(at: folder["r"])
    let id = try #require(ObjectID(try folder.text(in: "r", ["rev-parse", "HEAD:a"])))
    #expect(try codeOfFailure { _ = try repository.blob(id, limit: 4) } == .tooLarge(id, size: 5, limit: 4))
  }

  @Test("that a partial clone doesn't have is missing, and nothing is fetched")
  func missing() throws {
    let folder = try TemporaryFolder(repository: "r")
    try folder.write("r/a", "12345")
    try folder.commit(in: "r")
    try folder.git(in: "r", ["config", "uploadpack.allowFilter", "true"])
    try folder.git(in: "", ["clone", "--quiet", "--no-checkout", "--filter=blob:none", "file://" + folder["r"], "partial"])
    let repository = try Repository(at: folder["partial"])
    let found = try steps(TreeWalk(repository.revision("HEAD").tree), in: repository)
    guard case .entry(let entry)? = found.first else {
      Issue.record("the tree is not there")
      return
    }
    #expect(try codeOfFailure { _ = try repository.blob(entry.id, limit: 100) } == .missingObject(entry.id))
    #expect(try codeOfFailure { _ = try repository.blob(entry.id, limit: 100) } == .missingObject(entry.id))
  }

  @Test("that isn't what its name says is damaged, and so is one that doesn't inflate", arguments: [true, false])
  func damaged(inflates: Bool) throws {
    let folder = try TemporaryFolder(repository: "r")
    try folder.write("r/a", "12345")
    try folder.write("r/b", "67890")
    try folder.commit(in: "r")
    let names = try ["a", "b"].map { try folder.text(in: "r", ["rev-parse", "HEAD:\($0)"]) }
    let files = names.map { folder["r/.git/objects/\($0.prefix(2))/\($0.dropFirst(2))"] }
    let content = inflates ? try Data(contentsOf: URL(filePath: files[1])) : Data("nonsense".utf8)
    try FileManager.default.removeItem(atPath: files[0])
    try content.write(to: URL(filePath: files[0]))
    let repository = try Repository(at: folder["r"])
    let id = try #require(ObjectID(names[0]))
    #expect(try codeOfFailure { _ = try repository.blob(id, limit: 100) } == .corruptObject(id))
  }

  @Test("is damaged where it is a tree")
  func wrongKind() throws {
    let folder = try TemporaryFolder(repository: "r")
    try folder.write("r/a", "12345")
    try folder.commit(in: "r")
    let repository = try Repository(at: folder["r"])
    let tree = try repository.revision("HEAD").tree
    #expect(try codeOfFailure { _ = try repository.blob(tree, limit: 1_000) } == .corruptObject(tree))
  }
}
