import Testing

@testable import SideEffects

@Suite("An upgrade's file")
struct UpgradeFileTests {
  static func read(_ file: [UInt8], piece: Int = 1_000) async throws(Failure) -> Upgrade {
    var rest = file[...]
    return try await UpgradeFile.read(from: {
      defer { rest = rest.dropFirst(piece) }
      return Array(rest.prefix(piece))
    })
  }

  @Test("brings back the upgrade, in whatever pieces it arrives", arguments: RecordTests.upgrades, [1, 7, 1_000])
  func roundTrip(upgrade: Upgrade, piece: Int) async throws {
    #expect(try await Self.read(UpgradeFile.bytes(of: upgrade), piece: piece) == upgrade)
  }

  @Test("is refused when it is cut, altered or longer, at whichever byte")
  func damaged() async throws {
    let file = UpgradeFile.bytes(of: RecordTests.upgrades[2])
    for index in file.indices {
      await #expect(throws: Failure.self) { try await Self.read(Array(file.prefix(index))) }
      var altered = file
      altered[index] ^= 1 << (index % 8)
      await #expect(throws: Failure.self) { try await Self.read(altered) }
    }
    await #expect(throws: Failure.self) { try await Self.read(file + [0x0A]) }
  }

  @Test("of a newer format says that an update is needed")
  func newer() async throws {
    let text = String(decoding: UpgradeFile.bytes(of: RecordTests.upgrades[0]), as: UTF8.self)
    for (old, new) in [("upgrade 1\n", "upgrade 2\n"), ("\"name\":", "\"novelty\":1,\"name\":"), ("\"version\":1", "\"version\":2")] {
      let failure = await #expect(throws: Failure.self) { try await Self.read(Array(text.replacing(old, with: new).utf8)) }
      #expect(failure?.diagnostics.first.rule == "newer-version")
    }
  }

  @Test("continues an earlier record of the same upgrade, and no other")
  func continuation() {
    let begun = Upgrade(name: "u", command: "x", before: "b", began: Instant(seconds: 5))
    let ended = Upgrade(name: "u", command: "x", before: "b", began: Instant(seconds: 5), ended: Instant(seconds: 9), end: .exited(0))
    var seen = ended
    seen.after = "a"
    #expect(begun.continues(begun) && ended.continues(begun) && seen.continues(begun) && seen.continues(ended))
    #expect(!begun.continues(ended) && !ended.continues(seen))
    var audited = seen
    audited.rollback = Upgrade.Rollback(now: "now", restored: ["vm"])
    #expect(audited.continues(seen) && !seen.continues(audited))
    var auditedAgain = audited
    auditedAgain.rollback = Upgrade.Rollback(now: "later", restored: [])
    #expect(auditedAgain.continues(audited) && audited.continues(auditedAgain))
    var other = seen
    other.end = .exited(1)
    #expect(!other.continues(ended) && other.continues(begun))
    for stranger in [
      Upgrade(name: "v", command: "x", before: "b", began: Instant(seconds: 5)),
      Upgrade(name: "u", command: nil, before: "b", began: Instant(seconds: 5)),
      Upgrade(name: "u", command: "x", before: "c", began: Instant(seconds: 5)),
      Upgrade(name: "u", command: "x", before: "b", began: Instant(seconds: 6)),
    ] {
      #expect(!seen.continues(stranger))
    }
  }
}
