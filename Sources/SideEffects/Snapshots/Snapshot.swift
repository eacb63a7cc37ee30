/// Observations of all watches at one moment, named, write-once.
public struct Snapshot: Hashable, Sendable {
  public let name: Text
  public let began: Instant
  public let ended: Instant
  /// The snapshot before it in the same store, by the digest of its canonical JSON.
  public let parent: Digest?
  /// The key of its fingerprints; those of two keys are not compared.
  public let fingerprintKey: Text
  /// The version of the tool that took it.
  public let tool: Text
  /// Sorted by watch and kind, each pair once.
  public let observations: [Observation]

  public init(
    name: Text, began: Instant, ended: Instant, parent: Digest?, fingerprintKey: Text, tool: Text, observations: [Observation]
  ) {
    (self.name, self.began, self.ended, self.parent) = (name, began, ended, parent)
    (self.fingerprintKey, self.tool) = (fingerprintKey, tool)
    self.observations = observations.sorted { ($0.watch, $0.kind) < ($1.watch, $1.kind) }
  }

  /// What was seen of a watch and a kind; nil where nobody looked.
  public func observation(watch: Text, kind: Text) -> Observation? { observations.first { $0.watch == watch && $0.kind == kind } }

  public var isComplete: Bool { observations.allSatisfy { $0.completeness.isComplete } }
}
