import Foundation
import Glibc
import SideEffects
import SnapshotStores
import Testing

@Suite("The files of a store")
struct PermissionTests {
  private static func mode(_ path: String) -> mode_t? {
    var status = stat()
    return lstat(path, &status) == 0 ? status.st_mode & 0o7777 : nil
  }

  private static func modes(of folder: TemporaryFolder) throws -> [String: mode_t?] {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.store)
    return Dictionary(uniqueKeysWithValues: names.map { ($0, mode(folder.store + "/" + $0)) })
  }

  /// The writer as a user who is bound by permissions, which root isn't.
  private static func bound(_ folder: TemporaryFolder, _ arguments: [String]) throws -> ChildProcess {
    guard geteuid() == 0 else { return try ChildProcess(writer: arguments) }
    for path in [folder.path, folder.store, folder.store + "/store.sqlite"] { chown(path, 65_534, 65_534) }
    return try ChildProcess(["/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", ChildProcess.path] + arguments)
  }

  @Test("are readable by the owner alone, whatever the umask says", arguments: ["000", "022", "077"])
  func umask(mask: String) async throws {
    let folder = try TemporaryFolder()
    let child = try ChildProcess(after: "umask \(mask)", writer: ["write", folder.store, "n", "3000"])
    child.wait(for: "open")
    #expect(Self.mode(folder.store) == 0o700)
    #expect(try Self.modes(of: folder).values.allSatisfy { $0 == nil || $0 == 0o600 })
    #expect(child.end().status == 0)
    #expect(try Self.modes(of: folder)["store.sqlite"] == 0o600)
    #expect(try Self.modes(of: folder).values.allSatisfy { $0 == 0o600 })
  }

  @Test("that others could read are closed to them, and that is said", arguments: [0o644, 0o660, 0o666] as [mode_t])
  func opened(mode: mode_t) async throws {
    let folder = try TemporaryFolder()
    _ = try await SQLiteStore.open(at: folder.store, clock: { Instant(seconds: 0) })
    #expect(chmod(folder.store + "/store.sqlite", mode) == 0)
    let store = try await SQLiteStore.open(at: folder.store, clock: { Instant(seconds: 0) })
    #expect(store.remarks.map(\.rule) == ["store-was-open"])
    #expect(store.remarks.allSatisfy { !$0.advice.isEmpty })
    #expect(Self.mode(folder.store + "/store.sqlite") == 0o600)
    #expect(try await SQLiteStore.open(at: folder.store, clock: { Instant(seconds: 0) }).remarks.isEmpty)
  }

  @Test("are not used in a folder that others may write", arguments: [0o770, 0o777, 0o1777] as [mode_t])
  func writable(mode: mode_t) async throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(atPath: folder.store, withIntermediateDirectories: false)
    #expect(chmod(folder.store, mode) == 0)
    let failure = await #expect(throws: Failure.self) { try await SQLiteStore.open(at: folder.store, clock: { Instant(seconds: 0) }) }
    #expect(failure?.diagnostics.first.rule == "store-exposed")
    #expect(try Self.modes(of: folder).isEmpty)
  }

  @Test("are not used where they are links, folders or pipes", arguments: ["link", "folder", "pipe"])
  func noFile(kind: String) async throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      atPath: folder.store, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    let file = folder.store + "/store.sqlite"
    switch kind {
    case "link": #expect(symlink(folder.path + "/elsewhere", file) == 0)
    case "folder": #expect(mkdir(file, 0o700) == 0)
    default: #expect(mkfifo(file, 0o600) == 0)
    }
    let failure = await #expect(throws: Failure.self) { try await SQLiteStore.open(at: folder.store, clock: { Instant(seconds: 0) }) }
    #expect(failure?.diagnostics.first.rule == "store-foreign")
    #expect(Self.mode(folder.path + "/elsewhere") == nil)
  }

  @Test("are not looked for in a file")
  func placeIsFile() async throws {
    let folder = try TemporaryFolder()
    try Data("mine".utf8).write(to: URL(filePath: folder.store))
    let failure = await #expect(throws: Failure.self) { try await SQLiteStore.open(at: folder.store, clock: { Instant(seconds: 0) }) }
    #expect(failure?.diagnostics.first.sentence.string.contains("Not a directory") == true)
    #expect(try Data(contentsOf: URL(filePath: folder.store)) == Data("mine".utf8))
  }

  @Test("that can't be written are told, and stay as they are")
  func readOnly() async throws {
    let folder = try TemporaryFolder()
    do {
      let store = try await StoreBackend.all[0].open(folder)
      try await store.commit(StoreSamples.snapshot("n", [try await StoreSamples.generated(20, in: store)]))
    }
    let before = try Data(contentsOf: URL(filePath: folder.store + "/store.sqlite"))
    chmod(folder.path, 0o755)
    chmod(folder.store, 0o500)
    let outcome = try Self.bound(folder, ["write", folder.store, "m", "20"]).end()
    #expect(outcome.status == 1)
    #expect(outcome.lines.contains { $0.hasPrefix("store-unwritable: ") }, "\(outcome.lines)")
    #expect(try Data(contentsOf: URL(filePath: folder.store + "/store.sqlite")) == before)
    chmod(folder.store, 0o700)
  }

  @Test("are not made where the folder above can't be written")
  func noRoomAbove() async throws {
    let folder = try TemporaryFolder()
    chmod(folder.path, 0o555)
    let outcome = try Self.bound(folder, ["write", folder.store, "m", "20"]).end()
    #expect(outcome.status == 1)
    #expect(outcome.lines.contains { $0.hasPrefix("store-unwritable: ") }, "\(outcome.lines)")
    chmod(folder.path, 0o755)
  }

  @Test("of another user are not used", .enabled(if: geteuid() == 0, "only root can make files of another user"))
  func foreign() async throws {
    let folder = try TemporaryFolder()
    _ = try await StoreBackend.all[0].open(folder)
    chown(folder.store + "/store.sqlite", 65_534, 65_534)
    let failure = await #expect(throws: Failure.self) { try await StoreBackend.all[0].open(folder) }
    #expect(failure?.diagnostics.first.rule == "store-foreign")
  }
}
