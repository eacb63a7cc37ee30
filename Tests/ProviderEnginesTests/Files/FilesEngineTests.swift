import Foundation
import Glibc
import LoopbackServers
import SideEffects
import Testing

@Suite("The files engine", .timeLimit(.minutes(2)))
struct FilesEngineTests {
  private static func folder(_ files: [String: String]) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for (name, text) in files {
      let parent = URL(filePath: folder.file(name)).deletingLastPathComponent()
      try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
      try folder.write(text, to: name)
    }
    return folder
  }

  @Test("reads what its globs take, below folders and by name, relative and absolute, each file once")
  func reads() async throws {
    let folder = try Self.folder(["a.yaml": "x: 1\n", "b/c.ini": "[s]\ny = 2\n", "b/test/d.json": "{\"z\": 3}", "b/e.txt": "no settings"])
    let look = try await FilesLook.settings(
      folder.path, files: ["a.yaml", "*.yaml", "b/**/*.ini", folder.file("b/**/*.json"), "!b/**/*.txt"])
    #expect(look.ids() == [folder.file("b/test/d.json") + " z", "a.yaml x", "b/c.ini s.y"])
    #expect(look.gaps().isEmpty && look.completeness("setting").proves(absenceIn: .whole))
  }

  @Test(
    "tells a folder that isn't there or that is a file as a gap: nobody knows what it would hold",
    arguments: ["none/*.yaml", "none/a.yaml", "none/b/**", "file/*.yaml", "file/a.yaml"])
  func noFolder(glob: String) async throws {
    let folder = try Self.folder(["a.yaml": "x: 1\n", "file": ""])
    let look = try await FilesLook.settings(folder.path, files: ["a.yaml", glob])
    #expect(look.ids() == ["a.yaml x"])
    #expect(look.gaps() == ["no-folder"])
    #expect(!look.completeness("setting").proves(absenceIn: .whole))
  }

  @Test("tells a folder that can't be listed as a gap")
  func unlistable() async throws {
    let folder = try Self.folder(["a.yaml": "x: 1\n"])
    // A link to itself can't be listed by root either, nor can a name that is too long.
    try FileManager.default.createSymbolicLink(atPath: folder.file("loop"), withDestinationPath: "loop")
    for glob in ["loop/*.yaml", "loop/a.yaml", String(repeating: "n", count: 300) + "/*.yaml"] {
      let look = try await FilesLook.settings(folder.path, files: ["a.yaml", glob])
      #expect(look.ids() == ["a.yaml x"])
      #expect(look.gaps() == ["unreadable-folder"], "\(glob.prefix(20))")
    }
  }

  @Test("tells a folder that it may not list as a gap", .enabled(if: getuid() != 0, "root may list everything"))
  func forbidden() async throws {
    let folder = try Self.folder(["a.yaml": "x: 1\n", "closed/b.yaml": "x: 1\n"])
    try #require(chmod(folder.file("closed"), 0) == 0)
    defer { chmod(folder.file("closed"), 0o755) }
    let look = try await FilesLook.settings(folder.path, files: ["**/*.yaml"])
    #expect(look.ids() == ["a.yaml x"] && look.gaps() == ["forbidden"])
  }

  @Test(
    "tells a folder that it may list and not enter as a gap", .enabled(if: getuid() != 0, "root may enter everything"),
    arguments: ["app/*/a.yaml", "app/**"])
  func unsearchable(glob: String) async throws {
    let folder = try Self.folder(["app/b/a.yaml": "x: 1\n"])
    try #require(chmod(folder.file("app"), 0o644) == 0)
    defer { chmod(folder.file("app"), 0o755) }
    let look = try await FilesLook.settings(folder.path, files: [glob])
    #expect(look.ids().isEmpty && look.gaps().contains("forbidden"))
    #expect(!look.completeness("setting").proves(absenceIn: .whole))
  }

  @Test("takes a named file that isn't there in a folder that is there for absent")
  func absent() async throws {
    let folder = try Self.folder(["a.yaml": "x: 1\n"])
    for glob in ["none.yaml", folder.file("none.yaml")] {
      let look = try await FilesLook.settings(folder.path, files: ["a.yaml", glob])
      #expect(look.ids() == ["a.yaml x"])
      #expect(look.gaps().isEmpty && look.completeness("setting").proves(absenceIn: .whole))
    }
  }

  @Test("follows a link to a file, tells a link to a folder as left out, and a link to nothing as a gap of its own")
  func links() async throws {
    let folder = try Self.folder(["there/a.yaml": "x: 1\n", "here/b.yaml": "y: 2\n", "elsewhere/c.yaml": "z: 3\n"])
    for (name, target) in [("here/a.yaml", "../there/a.yaml"), ("here/folder", "../elsewhere"), ("here/gone.yaml", "nothing")] {
      try FileManager.default.createSymbolicLink(atPath: folder.file(name), withDestinationPath: target)
    }
    let look = try await FilesLook.settings(folder.path, files: ["here/**/*.yaml"])
    #expect(look.ids() == ["here/a.yaml x", "here/b.yaml y"])
    #expect(look.leftOut() == ["link here/folder"])
    #expect(look.gaps() == ["link-to-nothing in here/gone.yaml"])
    // A folder that the configuration names itself is looked into, whatever leads there.
    #expect(try await FilesLook.settings(folder.path, files: ["here/folder/*.yaml"]).ids() == ["here/folder/c.yaml z"])
  }

  @Test("opens neither pipes nor devices, and doesn't wait for them")
  func pipes() async throws {
    let folder = try Self.folder(["a.yaml": "x: 1\n"])
    try #require(mkfifo(folder.file("pipe.yaml"), 0o644) == 0)
    try FileManager.default.createSymbolicLink(atPath: folder.file("zero.yaml"), withDestinationPath: "/dev/zero")
    try FileManager.default.createDirectory(atPath: folder.file("folder.yaml"), withIntermediateDirectories: false)
    for files in [["*.yaml"], ["a.yaml", "pipe.yaml", "zero.yaml"]] {
      let look = try await FilesLook.settings(folder.path, files: files)
      #expect(look.ids() == ["a.yaml x"])
      #expect(look.gaps() == ["unreadable-file in pipe.yaml", "unreadable-file in zero.yaml"])
    }
    #expect(try await FilesLook.settings(folder.path, files: ["folder.yaml"]).gaps() == ["unreadable-file in folder.yaml"])
  }

  @Test("tells a file that is too large or that can't be read as a gap of its own, and the others stand")
  func badFiles() async throws {
    let folder = try Self.folder([
      "a.yaml": "x: 1\n", "b.yaml": "x: [1\n", "c.json": "{", "d.ini": "[s", "e.toml": "x = \n", "f.yaml": "y: 2\n", "large.yaml": "",
    ])
    try #require(truncate(folder.file("large.yaml"), (16 << 20) + 1) == 0)
    let look = try await FilesLook.settings(folder.path, files: ["*"])
    #expect(look.ids() == ["a.yaml x", "f.yaml y"])
    let gaps = look.gaps()
    #expect(gaps.map { $0.split(separator: " ").last.map(String.init) } == ["b.yaml", "c.json", "d.ini", "e.toml", "large.yaml"])
    #expect(gaps.last == "too-large in large.yaml")
    let completeness = look.completeness("setting")
    #expect(completeness.proves(absenceIn: Scope([.init(list: "file", id: "a.yaml")])))
    #expect(!completeness.proves(absenceIn: Scope([.init(list: "file", id: "b.yaml")])))
  }

  @Test("tells a name that is no UTF-8, and reads what stands beside it")
  func names() async throws {
    let folder = try Self.folder(["a.yaml": "x: 1\n", "é ü.yaml": "y: 2\n"])
    let path = Array(folder.path.utf8) + [0x2F, 0xFF] + Array(".yaml".utf8) + [0]
    let descriptor = open(path.map { CChar(bitPattern: $0) }, O_WRONLY | O_CREAT, 0o644)
    try #require(descriptor >= 0)
    close(descriptor)
    let look = try await FilesLook.settings(folder.path, files: ["*.yaml"])
    #expect(look.ids() == ["a.yaml x", "é ü.yaml y"])
    #expect(look.gaps() == ["not-utf8"])
  }

  @Test("keeps of secrets only fingerprints, which are those of the same secret at a service")
  func sameSecret() async throws {
    let secret = "s3cr3t-of-webhook-4711"
    let folder = try Self.folder([
      "mail.ini": "[mail]\ntoken = \"\(secret)\"\nhost = mail.example\n", "a.yaml": "api: {token: \(secret)}\n",
    ])
    let look = try await FilesLook.settings(
      folder.path, files: ["*"], keys: ["mail.host"], secrets: ["mail.token", "api.token"])
    let own = look.attribute(".", of: "secret")
    #expect(Set(own.keys) == ["mail.ini mail.token", "a.yaml api.token"])
    let listed = try await ListedSecret.reading(of: secret, fingerprinter: FilesLook.fingerprinter)
    guard case .value(.scalar(.secret)) = listed else {
      Issue.record("the service's secret is no fingerprint: \(listed)")
      return
    }
    #expect(Set(own.values) == [listed])
    let other = try await ListedSecret.reading(of: secret + "x", fingerprinter: FilesLook.fingerprinter)
    #expect(other != listed)
    #expect(!look.everything.contains(secret))
  }
}
