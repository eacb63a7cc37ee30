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
    try file.replace(otherName(of: record))
  }

  /// Removes a snapshot's file from a folder; one of the same name with another content stays.
  static func remove(_ snapshot: Snapshot, from folder: String) async throws(Failure) {
    let record = SnapshotRecord(snapshot)
    for name in ["\(snapshot.name).snapshot", otherName(of: record)] {
      let content = await content(of: "\(folder)/\(name)")
      if case .snapshot(let there) = content, there.digest == record.digest { try CopyFile.remove(name, from: folder) }
    }
  }

  /// Removes an upgrade's file from a folder; that of another upgrade of the same name stays.
  static func remove(_ upgrade: Upgrade, from folder: String) async throws(Failure) {
    for name in ["\(upgrade.name).upgrade", otherName(of: upgrade)] {
      let content = await content(of: "\(folder)/\(name)")
      if case .upgrade(let there) = content, upgrade.continues(there) { try CopyFile.remove(name, from: folder) }
    }
  }

  /// Writes an upgrade's record, or what became of it since.
  static func write(_ upgrade: Upgrade, into folder: String) async throws(Failure) {
    let file = try CopyFile(in: folder)
    try file.write(UpgradeFile.bytes(of: upgrade))
    let name = "\(upgrade.name).upgrade"
    if try file.place(as: name) { return }
    guard await isEarlier("\(folder)/\(name)", of: upgrade) else {
      // Another upgrade of that name, of a store that was lost.
      return try file.replace(otherName(of: upgrade))
    }
    try file.replace(name)
  }

  private static func isEarlier(_ path: String, of upgrade: Upgrade) async -> Bool {
    guard case .upgrade(let there) = await content(of: path) else { return false }
    return upgrade.continues(there)
  }

  /// What a whole file of ours holds; nil for anything else, and where nothing is.
  private static func content(of path: String) async -> CopyImport.Content? {
    guard FileSystem.exists(path) else { return nil }
    do throws(Failure) {
      return try await CopyImport.check(path)
    } catch {
      return nil
    }
  }

  /// What a snapshot's file is called where another one has its name.
  private static func otherName(of record: SnapshotRecord) -> String {
    "\(record.snapshot.name).\(record.digest.description.prefix(12)).snapshot"
  }

  private static func otherName(of upgrade: Upgrade) -> String {
    let digest = Digest(of: "\(upgrade.began.seconds) \(upgrade.began.nanoseconds) \(upgrade.before)".utf8)
    return "\(upgrade.name).\(digest.description.prefix(12)).upgrade"
  }
}
