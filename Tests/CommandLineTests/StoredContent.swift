import SideEffects
import SnapshotStores

/// What a store holds of each watch of a snapshot: its observations, and the bytes of their chunks.
struct StoredContent {
  struct Watch: Equatable {
    var observations: [Observation] = []
    var bytes: [UInt8] = []
  }

  private let store: SQLiteStore

  init(_ path: String) async throws { store = try await SQLiteStore.open(at: path, clock: { Instant(seconds: 0) }) }

  func content(of name: String) async throws -> [String: Watch] {
    guard let snapshot = try await store.snapshot(named: Text(name)) else { throw ProgramRun.Failure(description: "no snapshot \(name)") }
    var watches: [String: Watch] = [:]
    for observation in snapshot.observations {
      var watch = watches[observation.watch.string] ?? Watch()
      watch.observations.append(observation)
      for chunk in observation.chunks { watch.bytes += try await store.chunk(chunk.digest) }
      watches[observation.watch.string] = watch
    }
    return watches
  }

  /// The bytes of all chunks of all snapshots.
  func allBytes() async throws -> [UInt8] {
    var bytes: [UInt8] = []
    for summary in try await store.snapshots() {
      for watch in try await content(of: summary.name.string).values { bytes += watch.bytes }
    }
    return bytes
  }
}
