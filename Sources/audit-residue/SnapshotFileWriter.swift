import SideEffects

/// Writes snapshots and upgrades as portable files, each whole or not at all.
enum SnapshotFileWriter {
  /// Writes a snapshot into a folder, with no more than one chunk in memory.
  ///
  /// A file that is there already is never written over: it may be the only copy of a store that was lost. Then the name gets
  /// the first digits of the snapshot's digest added.
  static func write(_ snapshot: Snapshot, into folder: String, from store: any SnapshotStore) async throws(Failure) {
    let record = SnapshotRecord(snapshot)
    let file = try CopyFile(in: folder)
    try await SnapshotFile.write(
      record, fetch: { digest async throws(Failure) in try await store.chunk(digest) },
      to: { bytes throws(Failure) in try file.write(bytes) })
    if try file.place(as: "\(snapshot.name).snapshot") { return }
    // Where this is there too it is the same snapshot.
    try file.replace("\(snapshot.name).\(record.digest.description.prefix(12)).snapshot")
  }

  /// Writes an upgrade's record, or what became of it since.
  static func write(_ upgrade: Upgrade, into folder: String) async throws(Failure) {
    let file = try CopyFile(in: folder)
    try file.write(UpgradeFile.bytes(of: upgrade))
    let name = "\(upgrade.name).upgrade"
    if try file.place(as: name) { return }
    guard try await isEarlier("\(folder)/\(name)", of: upgrade) else {
      // Another upgrade of that name, of a store that was lost.
      let digest = Digest(of: "\(upgrade.began.seconds) \(upgrade.began.nanoseconds) \(upgrade.before)".utf8)
      return try file.replace("\(upgrade.name).\(digest.description.prefix(12)).upgrade")
    }
    try file.replace(name)
  }

  private static func isEarlier(_ path: String, of upgrade: Upgrade) async throws(Failure) -> Bool {
    do throws(Failure) {
      let input = try InputFile(path)
      return upgrade.continues(try await UpgradeFile.read(from: { () throws(Failure) in try input.next() }))
    } catch {
      return false
    }
  }
}
