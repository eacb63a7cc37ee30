import Glibc
import Testing

@testable import audit_residue

@Suite("a file that is written")
struct FileSystemTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("takes the place of the one before, and leaves nothing beside it")
  func replaced() throws {
    for text in ["one", "two"] { try FileSystem.write(Array(text.utf8), to: folder.path + "/plan", mode: 0o600) }
    #expect(Files.text(folder.path + "/plan") == "two")
    #expect(try FileSystem.names(in: folder.path) == ["plan"])
  }

  @Test("behind a link is replaced, and the link stays; a link that leads nowhere is said")
  func link() throws {
    try folder.write("real", "old")
    symlink("real", folder.path + "/link")
    symlink("none", folder.path + "/lost")
    try FileSystem.write(Array("new".utf8), to: folder.path + "/link", mode: 0o600)
    #expect(Files.text(folder.path + "/real") == "new")
    #expect(FileSystem.realPath(folder.path + "/link")?.hasSuffix("/real") == true)
    #expect(throws: FileSystem.Problem(code: ENOENT)) { try FileSystem.write([], to: folder.path + "/lost", mode: 0o600) }
    #expect(try FileSystem.names(in: folder.path) == ["link", "lost", "real"])
  }

  @Test("that is a descriptor of the process goes on where that stands")
  func descriptor() throws {
    try folder.write("log", "precious\n")
    let log = open(folder.path + "/log", O_WRONLY | O_APPEND | O_CLOEXEC)
    defer { close(log) }
    for name in ["/dev/fd/\(log)", "/proc/self/fd/\(log)"] { try FileSystem.write(Array("more\n".utf8), to: name, mode: 0o600) }
    #expect(Files.text(folder.path + "/log") == "precious\nmore\nmore\n")
  }

  /// A pipe stands for `/dev/null`, which would be lost to the whole machine.
  @Test("that is a pipe or a device is written to, and stays what it is")
  func pipe() throws {
    let path = folder.path + "/pipe"
    try #require(mkfifo(path, 0o600) == 0)
    let reader = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    defer { close(reader) }
    try FileSystem.write(Array("report".utf8), to: path, mode: 0o600)
    var buffer = [UInt8](repeating: 0, count: 100)
    #expect(read(reader, &buffer, buffer.count) == 6 && buffer.starts(with: "report".utf8))
    var status = stat()
    #expect(stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO)
    #expect(throws: FileSystem.Problem(code: EISDIR)) { try FileSystem.write([], to: folder.path, mode: 0o600) }
  }
}
