/// What the newest snapshot holds, for engines that need not read again what did not change since.
public protocol EarlierLook: Sendable {
  /// All that was seen of a kind, where it was asked the same, of the same revision and with the same manifest; nil where it was not, or
  /// where it can't be had.
  func resources(of kind: KindManifest, in watch: Watch, asked: Asked) async -> [Resource]?
}

/// The newest snapshot of a store, read once, and only where somebody asks.
actor NewestSnapshot: EarlierLook {
  private let store: any SnapshotStore
  private let name: Text?
  private let tool: Text
  private let fingerprintKey: Text
  private var loading: Task<Snapshot?, Never>?

  /// More are read faster where they are than kept in memory.
  private static let mostResources = 100_000

  /// - Parameters:
  ///   - name: Nil where there is none.
  ///   - tool: The version that looks; another one may read otherwise.
  ///   - fingerprintKey: What secrets are known by now.
  init(_ name: Text?, of store: any SnapshotStore, tool: Text, fingerprintKey: Text) {
    (self.store, self.name, self.tool, self.fingerprintKey) = (store, name, tool, fingerprintKey)
  }

  nonisolated func resources(of kind: KindManifest, in watch: Watch, asked: Asked) async -> [Resource]? {
    guard let snapshot = await snapshot(), snapshot.tool == tool, snapshot.fingerprintKey == fingerprintKey,
      let observation = snapshot.observation(watch: watch.name, kind: kind.name), observation.asked == asked,
      observation.schema == kind.schema(manifest: watch.provider.digest), observation.count <= Self.mostResources
    else { return nil }
    var stream = ChunkStream(observation) { [store] digest async throws(Failure) in try await store.chunk(digest) }
    var resources: [Resource] = []
    do throws(Failure) {
      while let line = try await stream.next() { resources.append(try stream.resource(of: line)) }
    } catch { return nil }
    return resources
  }

  private func snapshot() async -> Snapshot? {
    guard let name else { return nil }
    let task = loading ?? Task { [store] in (try? await store.snapshot(named: name)) ?? nil }
    loading = task
    return await task.value
  }
}
