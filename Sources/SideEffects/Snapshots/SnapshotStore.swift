/// Where snapshots, upgrades and plans are kept: write-once, content-addressed, safe with two processes and when killed at any moment.
///
/// Chunks are put in any order, twice without harm; a snapshot exists from `commit` on and never changes.
public protocol SnapshotStore: ReadingMemory {
  /// 32 bytes made with the store; fingerprints of two stores can't be compared.
  func fingerprintKey() async throws(Failure) -> [UInt8]

  /// Starts sorting the resources of one observation.
  func sorter() async throws(Failure) -> any ResourceSorting
  func put(_ chunks: [Chunk]) async throws(Failure)
  /// The lines of a chunk, whose digest has been checked.
  func chunk(_ digest: Digest) async throws(Failure) -> [UInt8]

  /// Fails with the rule `name-taken` where a snapshot of that name exists, and `missing-chunk` where a chunk was never put.
  func commit(_ snapshot: Snapshot) async throws(Failure)
  func snapshot(named name: Text) async throws(Failure) -> Snapshot?
  /// Oldest first.
  func snapshots() async throws(Failure) -> [SnapshotSummary]
  /// Removes a snapshot, and the chunks that no other needs; false where there is none of that name.
  func forget(_ name: Text) async throws(Failure) -> Bool

  /// Adds an upgrade, or replaces the one of the same name.
  func record(_ upgrade: Upgrade) async throws(Failure)
  /// Oldest first.
  func upgrades() async throws(Failure) -> [Upgrade]
  /// Removes an upgrade's record and leaves its snapshots; false where there is none of that name.
  func forgetUpgrade(_ name: Text) async throws(Failure) -> Bool

  /// Keeps a plan's JSON under its name; a plan of the same name is replaced.
  func keepPlan(_ name: Text, json: [UInt8], made: Instant) async throws(Failure)
  /// Nil where there is none of that name; the newest where `name` is nil.
  func plan(_ name: Text?) async throws(Failure) -> (name: Text, json: [UInt8])?

  /// Adds a line to a plan's journal; it is on the device when this returns.
  func write(_ entry: JournalEntry) async throws(Failure)
  /// What was written for a plan, in the order of writing.
  func journal(of plan: Text) async throws(Failure) -> [JournalEntry]
  /// Lets one process at a time carry out plans of this store; it ends with the process, however that ends.
  ///
  /// Fails with the rule `apply-running` where another one has it.
  func lockJournal() async throws(Failure) -> any JournalLock
}

/// The right to carry out plans of a store, held for as long as this is kept.
public protocol JournalLock: Sendable {
  func unlock() async
}

/// A line of `list`.
public struct SnapshotSummary: Hashable, Sendable {
  public let name: Text
  public let began: Instant
  public let ended: Instant
  public let digest: Digest
  public let resources: Int
  public let isComplete: Bool

  public init(name: Text, began: Instant, ended: Instant, digest: Digest, resources: Int, isComplete: Bool) {
    (self.name, self.began, self.ended, self.digest, self.resources, self.isComplete) = (name, began, ended, digest, resources, isComplete)
  }
}

/// Sorts the resources of one observation by their keys, cuts them into chunks and puts these into the store; memory stays bounded.
public protocol ResourceSorting: Sendable {
  func add(_ resources: [Resource]) async throws(Failure)
  /// Ends the sorting. Of resources with the same address the first is kept and the rest are told: an id that comes twice breaks the evidence.
  func finish() async throws(Failure) -> (chunks: [ChunkReference], duplicates: [ResourceAddress])
}
