import Foundation
import Glibc
import Testing

/// Files that are no copies of ours, or are no more: a message, a status, and a store that is as it was.
@Suite("import of a hostile file")
struct HostileCopiesTests {
  /// A workbench whose store holds one snapshot, and a copy of another with some hundred flags.
  private struct Sample {
    let workbench: StoreWorkbench
    let copy: [UInt8]
    let listed: String

    init() throws {
      workbench = try StoreWorkbench.copying()
      _ = try workbench.call("snapshot", "mine", "--store", "kept")
      try workbench.set((0..<400).map { "FLAG_\($0): true\n" }.joined())
      _ = try workbench.call("snapshot", "other")
      copy = try workbench.bytes(workbench.copies + "/other.snapshot")
      listed = try workbench.listed("kept").output
    }

    func expectRefused(_ bytes: [UInt8], _ what: String, words: [String] = ["other", "imported", "update"]) throws {
      try Data(bytes).write(to: URL(filePath: workbench.path + "/hostile.snapshot"))
      let ended = try workbench.call("import", "--store", "kept", "hostile.snapshot")
      #expect(ended.status == 1, "\(what): \(ended.output) \(ended.errors)")
      #expect(ended.output.isEmpty)
      #expect(ended.errors.hasPrefix("\(workbench.path)/hostile.snapshot: error: "), "\(what): \(ended.errors)")
      #expect(ended.errors.split(separator: "\n").count == 1)
    }

    func expectUnchanged() throws { #expect(try workbench.listed("kept").output == listed) }
  }

  @Test("that was cut at any kilobyte")
  func cut() throws {
    let sample = try Sample()
    #expect(sample.copy.count > 20_000)
    for length in stride(from: 0, to: sample.copy.count, by: 1_024) {
      try sample.expectRefused(Array(sample.copy.prefix(length)), "cut to \(length)")
    }
    try sample.expectRefused(Array(sample.copy.dropLast()), "without its last byte")
    try sample.expectUnchanged()
    // Unaltered it is taken.
    #expect(try sample.workbench.call("import", "--store", "kept", "copies/other.snapshot").status == 0)
  }

  @Test("in which a bit is another one")
  func bits() throws {
    let sample = try Sample()
    for round in 0..<48 {
      var bytes = sample.copy
      let position = (round &* 2_654_435_761) % bytes.count
      bytes[position] ^= 1 << (round % 8)
      try sample.expectRefused(bytes, "bit \(round % 8) of byte \(position)")
    }
    try sample.expectUnchanged()
  }

  @Test("of another version, another program, or nothing at all")
  func others() throws {
    let sample = try Sample()
    let text = String(decoding: sample.copy, as: UTF8.self)
    try sample.expectRefused(Array(text.replacing("snapshot 1\n", with: "snapshot 2\n").utf8), "a newer version")
    try sample.expectRefused(Array(text.replacing("\"version\":1}", with: "\"version\":2}").utf8), "a newer record")
    try sample.expectRefused([], "nothing")
    try sample.expectRefused(Array("SQLite format 3\0".utf8), "a database")
    try sample.expectRefused(Array("audit-residue snapshot 1\n".utf8), "a header alone")
    try sample.expectRefused(Array("audit-residue upgrade 1\n{}\n".utf8), "half of an upgrade")
    try sample.expectRefused(sample.copy + sample.copy, "two in one")
    try sample.expectUnchanged()
  }

  @Test("that is large and says little is refused without taking its size in memory")
  func bombs() throws {
    let sample = try Sample()
    // A compressed one is not unpacked: it doesn't begin as a copy does.
    try sample.expectRefused([0x28, 0xB5, 0x2F, 0xFD, 0xA4, 0xA0, 0x86, 0x01, 0x00], "Zstandard")
    let header = Array("audit-residue snapshot 1\n".utf8)
    try sample.expectRefused(header + Array(repeating: UInt8(ascii: "["), count: 2_000_000), "a record that nests without end")
    try sample.expectRefused(header + Array(repeating: UInt8(ascii: "["), count: 2_000_000) + [0x0A], "a record that nests deep")
    // Four gigabytes of zeros that take no room on the device.
    let path = sample.workbench.path + "/hostile.snapshot"
    #expect(truncate(path, 4 << 30) == 0)
    let limited = "ulimit -v 2000000; exec \(BuiltProgram.path) import --store kept hostile.snapshot"
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", limited]
    process.currentDirectoryURL = URL(filePath: sample.workbench.path)
    process.environment = ["HOME": sample.workbench.path]
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationReason == .exit)
    #expect(process.terminationStatus == 1)
    try sample.expectUnchanged()
  }

  @Test("whose digests are right and whose content is not")
  func forged() throws {
    let sample = try Sample()
    let lines = String(decoding: sample.copy, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
    func forge(_ change: (inout [String]) -> Void) throws -> [UInt8] {
      var forged = Array(lines.dropLast(2))
      change(&forged)
      let body = forged.map { $0 + "\n" }.joined()
      return Array((body + "sha256 \(try Self.digest(body, in: sample.workbench))\n").utf8)
    }
    #expect(try forge { _ in } == sample.copy)
    try sample.expectRefused(forge { $0.removeLast() }, "a resource less")
    try sample.expectRefused(forge { $0.append($0[2]) }, "a resource more")
    try sample.expectRefused(forge { $0.swapAt(2, 3) }, "out of order")
    for name in ["", "../../etc/x", "a b", "@latest", String(repeating: "x", count: 200)] {
      try sample.expectRefused(forge { $0[1] = $0[1].replacing("\"name\":\"other\"", with: "\"name\":\"\(name)\"") }, "the name `\(name)`")
    }
    try sample.expectRefused(forge { $0[1] = $0[1].replacing("\"count\":", with: "\"count\":9") }, "a wrong count")
    try sample.expectRefused(forge { $0[1] = $0[1].replacing("\"count\":", with: "\"count\":-9") }, "a negative count")
    // One part described in two ways: the second one would never be looked at.
    try sample.expectRefused(
      forge { forged in
        guard let start = forged[1].range(of: "\"chunks\":["),
          let end = forged[1].range(of: "]", range: start.upperBound..<forged[1].endIndex)
        else { return }
        let chunk = forged[1][start.upperBound..<end.lowerBound].split(separator: "}")[0] + "}"
        let other = chunk.replacing(/"count":\d+/, with: "\"count\":9223372036854775807")
        forged[1].insert(contentsOf: other + ",", at: start.upperBound)
      }, "two descriptions")
    try sample.expectUnchanged()
  }

  @Test("that is no file: a folder, a pipe, a device, a link into nothing")
  func noFile() throws {
    let sample = try Sample()
    let path = sample.workbench.path
    #expect(mkfifo(path + "/pipe", 0o600) == 0)
    #expect(symlink("/nonexistent", path + "/dangling") == 0)
    for (file, words) in [
      ("repository", "directory"), ("pipe", "no regular file"), ("/dev/zero", "no regular file"), ("dangling", "No such file"),
    ] {
      let ended = try sample.workbench.call("import", "--store", "kept", file)
      #expect(ended.status == 1)
      #expect(ended.errors.contains(words), "\(ended.errors)")
    }
    let missing = try sample.workbench.call("import", "--store", "kept", "missing.snapshot")
    #expect(missing.status == 64)
    #expect(missing.errors.contains("there is no file missing.snapshot"))
    try sample.expectUnchanged()
  }

  @Test("among good ones keeps these out too, and names each that is bad")
  func amongOthers() throws {
    let sample = try Sample()
    try Data(sample.copy.prefix(5_000)).write(to: URL(filePath: sample.workbench.path + "/a.snapshot"))
    try Data([1]).write(to: URL(filePath: sample.workbench.path + "/b.snapshot"))
    let ended = try sample.workbench.call("import", "--store", "kept", "copies/other.snapshot", "a.snapshot", "b.snapshot")
    #expect(ended.status == 1)
    #expect(ended.errors.contains("/a.snapshot: error") && ended.errors.contains("/b.snapshot: error"))
    #expect(ended.errors.contains("nothing was imported"))
    try sample.expectUnchanged()
  }

  private static func digest(_ text: String, in workbench: StoreWorkbench) throws -> String {
    let path = workbench.path + "/to-sum"
    try Data(text.utf8).write(to: URL(filePath: path))
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/sha256sum")
    process.arguments = [path]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: bytes.prefix(64), as: UTF8.self)
  }
}
