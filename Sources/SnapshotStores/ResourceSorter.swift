internal import SideEffects
internal import Threads

/// Sorts the resources of one observation in bounded memory: runs of sorted lines go to a file and are merged in the end.
///
/// Where one address comes several times, the line that is least in bytes is kept, so that the order of arrival doesn't matter.
actor ResourceSorter: ResourceSorting {
  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  private nonisolated let executor: ThreadExecutor
  private nonisolated let memory: SortingMemory
  private let store: any SnapshotStore
  private var batch = LineBatch()
  /// What `memory` has been told of the batch.
  private var counted = 0
  private var runs: SpilledRuns
  private var subject: (watch: Text, kind: Text)?
  private var hasEnded = false

  /// Where many sort at once, one that holds less than this writes nothing, or it would write very many runs.
  private static let leastRun = 1 << 20

  init(folder: String, memory: SortingMemory, executor: ThreadExecutor, store: any SnapshotStore) {
    (self.memory, self.executor, self.store) = (memory, executor, store)
    runs = SpilledRuns(in: folder)
  }

  deinit { _ = memory.add(-counted) }

  /// Encodes on the caller's thread, so that reading many watches uses all processors.
  nonisolated func add(_ resources: [Resource]) async throws(Failure) {
    guard let first = resources.first?.address else { return }
    guard resources.allSatisfy({ $0.address.watch == first.watch && $0.address.kind == first.kind }) else { throw Self.mixed }
    try await take(resources.map { ResourceLine($0) }, watch: first.watch, kind: first.kind)
  }

  private func take(_ lines: [ResourceLine], watch: Text, kind: Text) throws(Failure) {
    guard !hasEnded else { throw Failure("sorting-ended", "a resource of `\(watch)` came after the end of its observation") }
    if let subject, subject != (watch, kind) { throw Self.mixed }
    subject = (watch, kind)
    for line in lines {
      batch.append(line)
      let isTooMuch = memory.add(batch.size - counted)
      counted = batch.size
      if isTooMuch, batch.size >= Self.leastRun { try spill() }
    }
  }

  func finish() async throws(Failure) -> (chunks: [ChunkReference], duplicates: [ResourceAddress]) {
    guard !hasEnded else { throw Failure("sorting-ended", "an observation was ended twice") }
    hasEnded = true
    var outcome = SortedOutcome(of: subject)
    if runs.isEmpty {
      for line in batch.sorted() {
        try outcome.add(line)
        if outcome.isReady { try await store.put(outcome.takeChunks()) }
      }
      clearBatch()
    } else {
      if !batch.isEmpty { try spill() }
      var merged = try runs.merged()
      while let line = try merged.next() {
        try outcome.add(line[...])
        if outcome.isReady { try await store.put(outcome.takeChunks()) }
      }
      runs = SpilledRuns(in: "")
    }
    outcome.end()
    try await store.put(outcome.takeChunks())
    return (outcome.references, outcome.duplicates)
  }

  private func spill() throws(Failure) {
    try runs.add(batch.sorted())
    clearBatch()
  }

  private func clearBatch() {
    batch = LineBatch()
    _ = memory.add(-counted)
    counted = 0
  }

  private static var mixed: Failure { Failure("sorting-mixed", "resources of two observations came to one sorting") }
}
