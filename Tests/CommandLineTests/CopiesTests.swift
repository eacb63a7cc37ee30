import Foundation
import Glibc
import Testing

@Suite("Copies of snapshots, and import")
struct CopiesTests {
  private static func mode(_ path: String) -> mode_t {
    var status = stat()
    return lstat(path, &status) == 0 ? status.st_mode & 0o7777 : 0
  }

  @Test("are whole files for the owner alone, one for each snapshot and upgrade")
  func written() throws {
    let workbench = try StoreWorkbench.copying()
    #expect(try workbench.call("snapshot", "first").errors.isEmpty)
    _ = try workbench.call("run", "-q", "--name", "u", "--", "/bin/sh", "-c", "exit 3")
    #expect(try workbench.names(in: workbench.copies) == ["first.snapshot", "u.after.snapshot", "u.before.snapshot", "u.upgrade"])
    for name in try workbench.names(in: workbench.copies) {
      #expect(Self.mode(workbench.copies + "/" + name) == 0o600)
      let text = String(decoding: try workbench.bytes(workbench.copies + "/" + name), as: UTF8.self)
      #expect(text.hasPrefix("audit-residue "))
      #expect(text.split(separator: "\n").last?.hasPrefix("sha256 ") == true)
    }
    #expect(String(decoding: try workbench.bytes(workbench.copies + "/u.upgrade"), as: UTF8.self).contains("\"after\":\"u.after\""))
  }

  @Test("hold no secret and no key")
  func secrets() throws {
    let workbench = try StoreWorkbench.copying()
    try workbench.set("HYBRID: false\nSECRET: hunter2-hunter2\n")
    _ = try workbench.call("snapshot", "first")
    let text = String(decoding: try workbench.bytes(workbench.copies + "/first.snapshot"), as: UTF8.self)
    #expect(text.contains("fingerprint"))
    #expect(!text.contains("hunter2"))
  }

  @Test("bring back all that a lost store held: its diff is the same to the letter")
  func lostStore() throws {
    let workbench = try StoreWorkbench.copying()
    _ = try workbench.call("snapshot", "first")
    _ = try workbench.call("run", "-q", "--name", "u", "--", "/bin/sh", "-c", "printf 'HYBRID=true\\nSECRET=two\\n' > repository/flags.env")
    let before = try workbench.call("diff", "u", "u", "--format", "json")
    let listed = try workbench.listed("store")
    #expect(before.status == 3)
    try FileManager.default.removeItem(atPath: workbench.path + "/store")
    let files = try workbench.names(in: workbench.copies).map { workbench.copies + "/" + $0 }
    let imported = try workbench.call(["import"] + files)
    #expect(imported.status == 0)
    #expect(imported.output.split(separator: "\n").count == 4)
    #expect(imported.output.split(separator: "\n").allSatisfy { $0.hasSuffix("imported") })
    #expect(imported.errors.contains("another fingerprint key"))
    #expect(try workbench.listed("store").output == listed.output)
    let after = try workbench.call("diff", "u", "u", "--format", "json")
    #expect(after.output == before.output)
    #expect(after.status == before.status)

    let again = try workbench.call(["import"] + files)
    #expect(again.status == 0)
    #expect(again.output.split(separator: "\n").allSatisfy { $0.hasSuffix("is there already, the same") })
    #expect(try workbench.listed("store").output == listed.output)
  }

  @Test("from a store with another key: what is no secret is compared, and secrets are named as not compared")
  func otherKey() throws {
    let workbench = try StoreWorkbench.copying()
    _ = try workbench.call("snapshot", "old")
    try FileManager.default.removeItem(atPath: workbench.path + "/store")
    _ = try workbench.call("import", "copies/old.snapshot")
    try workbench.set("HYBRID: true\nSECRET: one\n")
    _ = try workbench.call("snapshot", "new")
    let diff = try workbench.call("diff", "old", "new")
    #expect(diff.output.contains("HYBRID"))
    #expect(!diff.output.contains("~ SECRET"), "a secret that did not change was called changed: \(diff.output)")
    let json = try workbench.call("diff", "old", "new", "--format", "json").output
    #expect(json.contains("fingerprint-key"), "\(json)")
    #expect(json.contains("\"complete\": false"))
  }

  @Test("of an upgrade that was not at its end are completed by a later one, and never the other way round")
  func upgradeContinues() throws {
    let workbench = try StoreWorkbench.copying()
    #expect(try workbench.call("begin", "u").status == 0)
    let begun = try workbench.bytes(workbench.copies + "/u.upgrade")
    try Data(begun).write(to: URL(filePath: workbench.path + "/begun.upgrade"))
    try FileManager.default.copyItem(atPath: workbench.path + "/store", toPath: workbench.path + "/restored")
    #expect(try workbench.call("end", "u").status == 0)
    let ended = try workbench.bytes(workbench.copies + "/u.upgrade")
    #expect(ended != begun)
    // The store was put back to the moment before the end, as a restore of its machine does.
    let completed = try workbench.call(
      "import", "--store", "restored", "copies/u.upgrade", "copies/u.after.snapshot", "copies/u.before.snapshot")
    #expect(completed.status == 0)
    #expect(completed.output.contains("its end was added"))
    #expect(completed.errors.isEmpty)
    #expect(try workbench.call("diff", "u", "u", "--store", "restored").status == 0)
    #expect(try workbench.call("import", "--store", "restored", "begun.upgrade").output.contains("is there already"))
    #expect(try workbench.call("list", "--store", "restored").output == (try workbench.call("list").output))
  }

  @Test("of an upgrade alone say which snapshots are missing")
  func upgradeAlone() throws {
    let workbench = try StoreWorkbench.copying()
    _ = try workbench.call("run", "-q", "--name", "u", "--", "/bin/true")
    let ended = try workbench.call("import", "--store", "other", "copies/u.upgrade")
    #expect(ended.status == 0)
    #expect(ended.errors.contains("`u.before`") && ended.errors.contains("`u.after`"))
  }

  @Test("never go over another's: a store that was lost and begun anew takes the same names")
  func neverOverwritten() throws {
    let workbench = try StoreWorkbench.copying()
    _ = try workbench.call("run", "-q", "--name", "u", "--", "/bin/true")
    let files = try workbench.names(in: workbench.copies)
    let first = try files.map { try workbench.bytes(workbench.copies + "/" + $0) }
    try FileManager.default.removeItem(atPath: workbench.path + "/store")
    #expect(try workbench.call("run", "-q", "--name", "u", "--", "/bin/true").errors.isEmpty)
    #expect(try files.map { try workbench.bytes(workbench.copies + "/" + $0) } == first)
    #expect(try workbench.names(in: workbench.copies).count == 2 * files.count)
    let conflict = try workbench.call("import", "copies/u.before.snapshot")
    #expect(conflict.status == 1)
    #expect(conflict.errors.contains("the store has another snapshot `u.before`"))
    #expect(try workbench.call("import", "copies/u.upgrade").errors.contains("the store has another upgrade `u`"))
  }

  @Test("of an upgrade whose command never started are taken back with it, and those of others stay")
  func takenBack() throws {
    let workbench = try StoreWorkbench.copying()
    _ = try workbench.call("run", "-q", "--name", "u", "--", "/bin/sh", "-c", "printf 'HYBRID=true\\nSECRET=two\\n' > repository/flags.env")
    let files = try workbench.names(in: workbench.copies)
    let typo = try workbench.call("run", "--name", "typo", "--", "./no-such")
    #expect(typo.status == 127)
    #expect(!typo.errors.contains("warning"))
    #expect(try workbench.names(in: workbench.copies) == files)

    // After the loss of the store the latest upgrade is the one that was, and of one name only the new copies are taken back.
    try FileManager.default.removeItem(atPath: workbench.path + "/store")
    #expect(try workbench.call("run", "--name", "u", "--", "./no-such").status == 127)
    #expect(try workbench.names(in: workbench.copies) == files)
    #expect(try workbench.call(["import", "-q"] + files.map { workbench.copies + "/" + $0 }).status == 0)
    #expect(try workbench.call("plan").status == 3)
  }

  @Test("that can't be written are told, and the snapshot is in the store", arguments: ["missing", "file", "read-only"])
  func unwritable(kind: String) throws {
    let workbench = try StoreWorkbench(configuration: "copies: [copies]")
    switch kind {
    case "file": try workbench.folder.write("copies", "mine")
    case "read-only":
      mkdir(workbench.copies, 0o500)
      // Root writes where nobody may.
      if geteuid() == 0 { return }
    default: break
    }
    let ended = try workbench.call("snapshot", "first")
    #expect(ended.status == 0)
    #expect(ended.errors.contains("warning"))
    #expect(ended.errors.contains("copies"))
    #expect(try workbench.call("show", "first").status == 0)
    if kind == "missing" { #expect(!FileManager.default.fileExists(atPath: workbench.copies)) }
  }

  @Test("of a device that is full leave no half of a file", .enabled(if: geteuid() == 0, "only root can mount a small device"))
  func full() throws {
    let workbench = try StoreWorkbench.copying()
    let mount = Process()
    mount.executableURL = URL(filePath: "/bin/mount")
    mount.arguments = ["-t", "tmpfs", "-o", "size=4k,mode=700", "tmpfs", workbench.copies]
    try mount.run()
    mount.waitUntilExit()
    guard mount.terminationStatus == 0 else { return }
    defer { umount2(workbench.copies, Int32(MNT_DETACH)) }
    let lines = (0..<300).map { "FLAG_\($0): true\n" }.joined()
    try workbench.set(lines)
    let ended = try workbench.call("snapshot", "first")
    #expect(ended.status == 0)
    #expect(ended.errors.contains("No space left on device"), "\(ended.errors)")
    #expect(try workbench.names(in: workbench.copies).isEmpty)
  }
}
