import Foundation
import Glibc
import LibGit2
import Testing

@Suite("A work tree")
struct WorkTreeTests {
  private func listing(_ folder: TemporaryFolder) throws -> WorkTreeListing {
    let repository = try Repository(at: folder["r"])
    return try repository.list(WorkTree(at: folder["r"]))
  }

  private func code(_ folder: TemporaryFolder, _ path: String, limit: Int = 100) throws -> WorkTreeError.Code {
    let tree = try WorkTree(at: folder["r"])
    let error = #expect(throws: WorkTreeError.self) { try tree.read(RepositoryPath(path), limit: limit) }
    return try #require(error?.code)
  }

  @Test("lists what git ls-files lists: tracked, and neither tracked nor ignored")
  func asGit() throws {
    let folder = try TemporaryFolder(repository: "r")
    for name in ["a.txt", "dir/b.txt", "ignored/tracked.txt", "dir/deep/c.log", "removed", "mod.txt", "build/keep/tracked"] {
      try folder.write("r/" + name, name)
    }
    try folder.commit(in: "r")
    try folder.remove("r/removed")
    try folder.write(
      "r/.gitignore",
      "*.log\n!important.log\nignored/\n/only-top\nbuild/*\n!build/keep\n\\#hash\n\\!bang\ntrail \ntrail\\ \nx/**/y\n**/tmp\n*.[oa]\n")
    try folder.write("r/dir/.gitignore", "/local\n!*.log\nsub/\n\u{FEFF}\n")
    try folder.write("r/.git/info/exclude", "excluded\n!a.log\n")
    for name in [
      "new", "x.log", "important.log", "dir/y.log", "ignored/new", "only-top", "dir/only-top", "build/out", "build/keep/new", "#hash",
      "!bang",
      "trail", "trail ", "x/y", "x/a/y", "x/a/b/y", "x/ya", "tmp/z", "dir/tmp/z", "a.o", "a.c", "dir/local", "dir/deep/local", "dir/sub/q",
      "dir/deep/sub/q", "excluded", "dir/excluded", "a.log", "dir/deep/c.log2",
    ] {
      try folder.write("r/" + name, name)
    }
    try folder.write(Array("r/new".utf8) + [0xFE], [1])
    try folder.link("r/linked-folder", to: "dir")
    try folder.link("r/linked-file", to: "/etc/passwd")
    try folder.git(in: "", ["init", "--quiet", "r/other"])
    try folder.write("r/other/file", "x")
    try #require(mkfifo(folder["r/pipe"], 0o644) == 0)
    let listing = try listing(folder)
    let git = try folder.fields(in: "r", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"]).map { RepositoryPath($0) }
    // git still lists what is gone from the work tree, and names the other repository without looking into it.
    let expected = Set(git).subtracting([RepositoryPath("removed"), RepositoryPath("other/")])
    #expect(listing.files.map(\.path) == expected.sorted())
    #expect(listing.unreadable.isEmpty)
    let links = listing.files.filter { $0.content == .link }.map(\.path.description)
    #expect(links == ["linked-file", "linked-folder"])
    let tracked = listing.files.filter(\.isTracked).map(\.path.description)
    #expect(tracked == ["a.txt", "build/keep/tracked", "dir/b.txt", "dir/deep/c.log", "ignored/tracked.txt", "mod.txt"])
  }

  @Test("leaves submodules to themselves")
  func submodules() throws {
    let folder = try TemporaryFolder(repository: "inner")
    try folder.write("inner/flags.yaml", "a: 1")
    try folder.commit(in: "inner")
    try folder.git(in: "", ["init", "--quiet", "r"])
    try folder.git(in: "r", ["submodule", "--quiet", "add", folder["inner"], "inner"])
    #expect(try listing(folder).files.map(\.path.description) == [".gitmodules"])
  }

  @Test("tells what a sparse checkout leaves out, and where its content is")
  func sparse() throws {
    let folder = try TemporaryFolder(repository: "r")
    try folder.write("r/in/a", "1")
    try folder.write("r/out/b", "2")
    try folder.commit(in: "r")
    try folder.git(in: "r", ["sparse-checkout", "set", "--no-cone", "in"])
    let id = try #require(ObjectID(try folder.text(in: "r", ["rev-parse", "HEAD:out/b"])))
    let files = try listing(folder).files
    #expect(files.map(\.path.description) == ["in/a", "out/b"])
    #expect(files.map(\.content) == [.file, .blob(id, .file)])
  }

  @Test("has tracked files only where its folders are folders, not links")
  func replacedFolder() throws {
    let folder = try TemporaryFolder(repository: "r")
    try folder.write("r/dir/a", "1")
    try folder.write("elsewhere/a", "2")
    try folder.commit(in: "r")
    try folder.remove("r/dir")
    try folder.link("r/dir", to: "../elsewhere")
    #expect(try listing(folder).files.map(\.path.description) == ["dir"])
    #expect(try code(folder, "dir/a") == .link)
  }

  @Test("reads a file as it is on disk")
  func read() throws {
    let folder = try TemporaryFolder(repository: "r")
    try folder.write("r/a/b", "one\r\ntwo")
    try folder.write("r/.gitattributes", "* text=auto filter=evil\n")
    try folder.git(in: "r", ["config", "filter.evil.smudge", "touch \(folder["ran"])"])
    let tree = try WorkTree(at: folder["r"])
    #expect(try tree.read(RepositoryPath("a/b"), limit: 8) == Array("one\r\ntwo".utf8))
    #expect(!FileManager.default.fileExists(atPath: folder["ran"]))
    #expect(try code(folder, "a/b", limit: 7) == .tooLarge(size: 8, limit: 7))
    #expect(try code(folder, "a/c") == .missing)
    #expect(try code(folder, "a/b/c") == .missing)
    #expect(try code(folder, "a") == .notAFile)
  }

  @Test(
    "is not led out of by links, dots or absolute paths",
    arguments: [
      ("out", WorkTreeError.Code.link), ("outside/secret", .link), ("inner", .link), ("../secret", .invalidPath),
      ("a/../../secret", .invalidPath),
      ("/etc/passwd", .invalidPath), ("./x", .invalidPath), ("a//x", .invalidPath), ("a\0b", .invalidPath), ("", .notAFile),
    ])
  func contained(path: String, code expected: WorkTreeError.Code) throws {
    let folder = try TemporaryFolder(repository: "r")
    try folder.write("secret", "s")
    try folder.write("r/a/x", "1")
    try folder.link("r/out", to: "../secret")
    try folder.link("r/outside", to: "..")
    try folder.link("r/inner", to: "a/x")
    #expect(try code(folder, path) == expected)
  }

  @Test("does not wait for a pipe")
  func pipe() throws {
    let folder = try TemporaryFolder(repository: "r")
    try #require(mkfifo(folder["r/pipe"], 0o644) == 0)
    #expect(try code(folder, "pipe") == .notAFile)
  }

  @Test("says which folder it may not read", .enabled(if: getuid() != 0, "root may read everything"))
  func forbidden() throws {
    let folder = try TemporaryFolder(repository: "r")
    try folder.write("r/closed/a", "1")
    try #require(chmod(folder["r/closed"], 0) == 0)
    defer { chmod(folder["r/closed"], 0o755) }
    #expect(try listing(folder).unreadable.map(\.path.description) == ["closed"])
  }

  @Test("says that a folder's rules are too large to read instead of listing what they may ignore in silence")
  func hugeIgnoreFile() throws {
    let folder = try TemporaryFolder(repository: "r")
    try folder.write(Array("r/.gitignore".utf8), [UInt8](repeating: 0x23, count: 17 << 20))
    let listing = try listing(folder)
    #expect(listing.files.map(\.path.description) == [".gitignore"])
    #expect(listing.unreadable.map(\.path.description) == [".gitignore"])
  }

  @Test("of more entries than allowed is refused")
  func limit() throws {
    let folder = try TemporaryFolder(repository: "r")
    for number in 0..<10 { try folder.write("r/\(number)", "") }
    let repository = try Repository(at: folder["r"])
    let limits = TreeWalk.Limits(entries: 5)
    #expect(try codeOfFailure { _ = try repository.list(WorkTree(at: folder["r"]), limits: limits) } == .limitReached(5))
  }
}
