import LibGit2
import Testing

@Suite("A tree")
struct TreeTests {
  @Test("is walked in git's own order, with modes and names as they are")
  func order() throws {
    let folder = try TemporaryFolder(repository: "r")
    for name in ["b/c/d", "b.txt", "b-", "b/a", "a", "z/y", ".hidden"] { try folder.write("r/" + name, name) }
    try folder.write(Array("r/caf".utf8) + [0xE9], Array("latin".utf8))
    try folder.write("r/line\nend", "x")
    try folder.write("r/run", "#!/bin/sh\n")
    try folder.link("r/link", to: "/etc/passwd")
    try folder.git(in: "r", ["update-index", "--add", "--cacheinfo", "160000,\(String(repeating: "1", count: 40)),module"])
    try folder.git(in: "r", ["add", "."])
    try folder.git(in: "r", ["update-index", "--chmod=+x", "run"])
    try folder.git(in: "r", ["commit", "--quiet", "-m", "all"])
    let repository = try Repository(at: folder["r"])
    let found = try steps(TreeWalk(repository.revision("HEAD").tree), in: repository)
    let listed = try folder.fields(in: "r", ["ls-tree", "-r", "-z", "HEAD"])
    #expect(
      found.map { step -> [UInt8] in
        guard case .entry(let entry) = step else { return [] }
        let mode =
          switch entry.mode {
          case .file: "100644 blob"
          case .executable: "100755 blob"
          case .link: "120000 blob"
          case .submodule: "160000 commit"
          case .folder: "040000 tree"
          }
        return Array("\(mode) \(entry.id)\t".utf8) + entry.path.bytes
      } == listed)
    #expect(paths(found) == paths(found).sorted())
  }

  @Test("is walked without the folders that are left out")
  func prune() throws {
    let folder = try TemporaryFolder(repository: "r")
    for name in ["vendor/x/a", "src/vendor/b", "src/c", "vendor.txt"] { try folder.write("r/" + name, name) }
    try folder.commit(in: "r")
    let repository = try Repository(at: folder["r"])
    var asked: [String] = []
    let walk = TreeWalk(try repository.revision("HEAD").tree) { path in
      asked.append(path.description)
      return path.name.elementsEqual("vendor".utf8)
    }
    #expect(paths(try steps(walk, in: repository)).map(\.description) == ["src/c", "vendor.txt"])
    #expect(asked == ["src", "src/vendor", "vendor"])
  }

  @Test("says which folder can't be read and goes on with the others")
  func missing() throws {
    let folder = try TemporaryFolder(repository: "r")
    for name in ["a/x", "b/y", "c/z"] { try folder.write("r/" + name, name) }
    try folder.commit(in: "r")
    let lost = try folder.text(in: "r", ["rev-parse", "HEAD:b"])
    try folder.remove("r/.git/objects/\(lost.prefix(2))/\(lost.dropFirst(2))")
    let repository = try Repository(at: folder["r"])
    let found = try steps(TreeWalk(repository.revision("HEAD").tree), in: repository)
    #expect(paths(found).map(\.description) == ["a/x", "c/z"])
    guard case .unreadable(let path, let error)? = found.dropFirst().first else {
      Issue.record("the folder is not reported")
      return
    }
    #expect(path == RepositoryPath("b"))
    #expect(error.code == .missingObject(try #require(ObjectID(lost))))
  }

  @Test("that names itself a million times over ends at the limit")
  func bomb() throws {
    let folder = try TemporaryFolder(repository: "r")
    try folder.write("r/a", "1")
    try folder.git(in: "r", ["add", "."])
    var tree = try folder.text(in: "r", ["write-tree"])
    for _ in 0..<6 {
      for name in 0..<10 { try folder.git(in: "r", ["read-tree", "--prefix=\(name)/", tree]) }
      try folder.git(in: "r", ["rm", "--quiet", "--cached", "--ignore-unmatch", "a"])
      tree = try folder.text(in: "r", ["write-tree"])
      try folder.git(in: "r", ["read-tree", "--empty"])
      if try folder.git(in: "r", ["ls-tree", "-r", tree]).count > 100_000 { break }
    }
    let repository = try Repository(at: folder["r"])
    let id = try #require(ObjectID(tree))
    let limits = TreeWalk.Limits(entries: 500)
    #expect(try codeOfFailure { _ = try steps(TreeWalk(id, limits: limits), in: repository) } == .limitReached(500))
    #expect(try codeOfFailure { _ = try TreeDiff(limits: limits).changes(from: nil, to: id, in: repository) } == .limitReached(500))
    let short = try steps(TreeWalk(id, limits: TreeWalk.Limits(pathLength: 0)), in: repository)
    #expect(short.count == 10)
  }

  @Test("of another kind, or a commit in its place, is damaged")
  func wrongKind() throws {
    let folder = try TemporaryFolder(repository: "r")
    let commit = try #require(ObjectID(try folder.commit(in: "r")))
    let repository = try Repository(at: folder["r"])
    guard case .unreadable(.root, let error)? = try steps(TreeWalk(commit), in: repository).first else {
      Issue.record("it was read")
      return
    }
    #expect(error.code == .corruptObject(commit))
  }

  @Test("differs from another exactly where git says so")
  func differences() throws {
    let folder = try TemporaryFolder(repository: "r")
    for name in ["same/a", "same/b", "edited", "removed", "gone/x", "gone/y", "file-then-folder", "folder/inner/deep"] {
      try folder.write("r/" + name, name)
    }
    try folder.write("r/mode", "x")
    let before = try folder.commit(in: "r", "before")
    try folder.write("r/edited", "other")
    try folder.remove("r/removed")
    try folder.remove("r/gone")
    try folder.remove("r/file-then-folder")
    try folder.write("r/file-then-folder/a", "1")
    try folder.remove("r/folder")
    try folder.write("r/folder", "now a file")
    try folder.write(Array("r/n".utf8) + [0xFF], [1])
    try folder.write("r/folder.txt", "sorts between")
    try folder.git(in: "r", ["add", "--all"])
    try folder.git(in: "r", ["update-index", "--chmod=+x", "mode"])
    try folder.git(in: "r", ["commit", "--quiet", "-m", "after"])
    let repository = try Repository(at: folder["r"])
    let (old, new) = (try repository.revision(before).tree, try repository.revision("HEAD").tree)
    let changes = try TreeDiff().changes(from: old, to: new, in: repository)
    let git = try folder.fields(in: "r", ["diff-tree", "-r", "-z", "--no-renames", before, "HEAD"])
    var expected: [RepositoryPath: [String]] = [:]
    for index in stride(from: 0, to: git.count, by: 2) {
      let words = String(decoding: git[index], as: UTF8.self).split(separator: " ")
      expected[RepositoryPath(git[index + 1])] = [String(words[2]), String(words[3])]
    }
    let zero = String(repeating: "0", count: 40)
    #expect(changes.map(\.path) == expected.keys.sorted())
    for change in changes {
      #expect([change.before?.id.description ?? zero, change.after?.id.description ?? zero] == expected[change.path])
    }
    let root = FolderChange(path: .root, before: old, after: new)
    for enough in 0...4 {
      // Parts that several threads can share come to the same.
      let first = try TreeDiff().compare([root], until: enough, in: repository)
      var shared = first.changes
      for folder in first.pending { shared += try TreeDiff().compare([folder], in: repository).changes }
      #expect(enough > 3 || first.pending.count >= enough)
      #expect(shared.sorted { $0.path < $1.path } == changes)
    }
    #expect(try TreeDiff().changes(from: old, to: old, in: repository) == [])
    #expect(try TreeDiff { $0 == RepositoryPath("gone") }.changes(from: old, to: nil, in: repository).count == 7)
  }
}
