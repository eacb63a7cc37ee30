import SideEffects
enum SnapshotFileWriter { static func write(_ s: Snapshot, to: String, from: any SnapshotStore) async throws(Failure) {} }
