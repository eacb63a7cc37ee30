import Testing

@testable import SideEffects

@Suite("Records of snapshots and upgrades")
struct RecordTests {
  static let reference = ChunkReference(first: "7\u{1f}repository\u{1f}1", count: 3, digest: Digest(of: [3]))

  @Test("come back as they were written, with the same bytes")
  func snapshots() throws {
    let snapshot = SnapshotSamples.snapshot(chunks: [Self.reference])
    let record = SnapshotRecord(snapshot)
    let read = try SnapshotRecord(json: record.json)
    #expect(read.snapshot == snapshot)
    #expect(SnapshotRecord(read.snapshot).json == record.json)
    #expect(read.digest == record.digest)
    // A label takes no part in equality.
    #expect(read.snapshot.observations[2].completeness.gaps[1].scope.label == "acme / 99")
  }

  @Test("of the smallest snapshot are what they always were: other bytes would be another digest")
  func frozen() {
    let snapshot = Snapshot(
      name: "n", began: Instant(seconds: 0), ended: Instant(seconds: 1), parent: nil, fingerprintKey: "k", tool: "1",
      observations: [SnapshotSamples.observation(chunks: [Self.reference])])
    let json = String(decoding: SnapshotRecord(snapshot).json, as: UTF8.self)
    #expect(
      json == #"{"began":"1970-01-01T00:00:00Z","ended":"1970-01-01T00:00:01Z","fingerprintKey":"k","name":"n","observations":"#
        + #"[{"asked":{"provider":"github"},"chunks":[{"count":3,"digest":""# + Digest(of: [3]).description
        + #"","first":"7\u001frepository\u001f1"}],"completeness":{"evidence":{"ends":["single-answer"],"items":0,"reads":1},"#
        + #""state":"complete"},"kind":"k","reader":{},"schema":{"attributes":{"active":"value","config.secret":"secret","#
        + #""events":"set","last_response":"volatile"},"level":"configuration","manifest":""# + Digest(of: [1]).description
        + #"","naturalKey":["config.url"],"sort":"webhook"},"watch":"w"}],"tool":"1","version":1}"#)
  }

  @Test("are read although a newer version added members")
  func newerMembers() throws {
    let json = String(decoding: SnapshotRecord(SnapshotSamples.snapshot()).json, as: UTF8.self)
    let newer = json.replacing("\"tool\":", with: "\"novelty\":[1],\"tool\":")
    #expect(try SnapshotRecord(json: Array(newer.utf8)).snapshot == SnapshotSamples.snapshot())
  }

  @Test(
    "of a newer format, or with a word of a newer version, say that an update is needed",
    arguments: [
      ("\"version\":1", "\"version\":2"), ("\"state\":\"complete\"", "\"state\":\"hinted\""), ("\"sort\":\"webhook\"", "\"sort\":\"x\""),
    ])
  func newerFormat(old: String, new: String) throws {
    let json = String(decoding: SnapshotRecord(SnapshotSamples.snapshot()).json, as: UTF8.self)
    let failure = #expect(throws: Failure.self) { try SnapshotRecord(json: Array(json.replacing(old, with: new).utf8)) }
    #expect(failure?.diagnostics.first.rule == "newer-version")
  }

  @Test("that were altered never crash, and never read as the same")
  func altered() {
    let record = SnapshotFileTests.small
    for index in record.json.indices {
      var json = record.json
      json[index] ^= 0x01
      let read = try? SnapshotRecord(json: json)
      #expect(read?.digest != record.digest)
    }
  }

  static let upgrades = [
    Upgrade(name: "2026-11-23-1", command: "./upgrade.sh", before: "b", began: Instant(seconds: 5)),
    Upgrade(name: "u", command: nil, before: "b", began: Instant(seconds: 5), after: "a", ended: Instant(seconds: 9), end: .byHand),
    Upgrade(name: "u", command: "x", before: "b", began: Instant(seconds: 5), after: "a", ended: Instant(seconds: 9), end: .exited(0)),
    Upgrade(name: "u", command: "x", before: "b", began: Instant(seconds: 5), ended: Instant(seconds: 9), end: .signalled(15)),
    Upgrade(
      name: "u", command: "x", before: "b", began: Instant(seconds: 5), after: "a", ended: Instant(seconds: 9), end: .exited(1),
      rollback: Upgrade.Rollback(now: "u.now-1", restored: ["vm-snapshot", "db"])),
    Upgrade(name: "u", command: "x", before: "b", began: Instant(seconds: 5), rollback: Upgrade.Rollback(now: "u.now-1", restored: [])),
  ]

  @Test("of upgrades come back as they were written", arguments: upgrades)
  func upgrade(upgrade: Upgrade) throws {
    #expect(try UpgradeRecord.upgrade(from: UpgradeRecord.json(of: upgrade)) == upgrade)
  }

  @Test("that are none are refused", arguments: ["", "{", "[]", "{}", "{\"version\":\"1\"}", "{\"version\":1}", "\u{0}"])
  func none(text: String) {
    let upgrade = #expect(throws: Failure.self) { try UpgradeRecord.upgrade(from: Array(text.utf8)) }
    let snapshot = #expect(throws: Failure.self) { try SnapshotRecord(json: Array(text.utf8)) }
    #expect(upgrade?.diagnostics.first.rule == "store-damaged")
    #expect(snapshot?.diagnostics.first.rule == "store-damaged")
  }
}
