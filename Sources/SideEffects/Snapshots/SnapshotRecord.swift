internal import Documents

/// A snapshot as canonical JSON, and back: what a store keeps beside the chunks.
public struct SnapshotRecord: Hashable, Sendable {
  public let snapshot: Snapshot
  /// Canonical JSON, without a line feed.
  public let json: [UInt8]
  /// Over `json`: with it everything that the snapshot holds is fixed, since the chunks stand in it by their digests.
  public let digest: Digest

  /// Members may be added within a version; what changes their meaning makes a new one.
  static let version = 1

  public init(_ snapshot: Snapshot) {
    self.snapshot = snapshot
    json = JSONWriter(.canonical).write(Self.document(of: snapshot))
    digest = Digest(of: json)
  }

  /// Reads a record that a store kept; members that are not known are passed over.
  ///
  /// Fails with the rule `newer-version` where a newer version of this tool wrote it, and `store-damaged` where it is no record.
  public init(json: [UInt8]) throws(Failure) {
    let record = try StoredObject(json: json, name: "snapshot")
    try record.checkVersion(Self.version)
    snapshot = Snapshot(
      name: try record.text("name"), began: try record.instant("began"), ended: try record.instant("ended"),
      parent: try record.optionalDigest("parent"), fingerprintKey: try record.text("fingerprintKey"), tool: try record.text("tool"),
      observations: try record.list("observations") { document, name throws(Failure) in
        try ObservationRecord.observation(from: StoredObject(document, name: name))
      })
    let pairs = snapshot.observations.map { [$0.watch, $0.kind] }
    guard Set(pairs).count == pairs.count else { throw StoredObject.damaged("a watch and kind were observed twice in one `snapshot`") }
    self.json = json
    digest = Digest(of: json)
  }

  private static func document(of snapshot: Snapshot) -> Document {
    .object([
      ("began", .of(snapshot.began)), ("ended", .of(snapshot.ended)), ("fingerprintKey", .of(snapshot.fingerprintKey)),
      ("name", .of(snapshot.name)), ("observations", .listed(snapshot.observations.map(ObservationRecord.document(of:)))),
      ("parent", .of(snapshot.parent)), ("tool", .of(snapshot.tool)), ("version", .of(version)),
    ])
  }
}

extension StoredObject {
  func checkVersion(_ known: Int) throws(Failure) {
    let version = try integer("version")
    guard version == known else {
      throw Failure(
        "newer-version", "a \(name) was written in version \(version) of its format, and this program reads version \(known)",
        advice: "update audit-residue")
    }
  }
}
