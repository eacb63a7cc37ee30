import SideEffects

/// Writes a snapshot as one portable file. Copies are refused, never silently left out, until that is built.
enum SnapshotFileWriter {
  static func write(_ snapshot: Snapshot, to path: String, from store: any SnapshotStore) async throws(Failure) {
    throw Failure("not-built", "copies of snapshots are not built yet, so \(path) was not written", advice: "Leave `copies` out of the configuration.")
  }
}
