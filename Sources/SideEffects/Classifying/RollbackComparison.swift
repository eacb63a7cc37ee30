/// All that three snapshots say together: before an upgrade, after it, and after a rollback.
public struct RollbackComparison: Hashable, Sendable {
  public let before: Text
  /// Nil where nobody looked after the upgrade: a crash or a reboot.
  public let after: Text?
  public let now: Text
  /// In the order of a report: by watch, kind, id and scope.
  public internal(set) var findings: [RollbackFinding]
  /// What can't be said of before and now; a look after the upgrade that couldn't see is a remark, since it costs the cause alone.
  public internal(set) var blindSpots: [BlindSpot]
  public let remarks: [Diagnostic]

  /// Compares three snapshots by comparing each two of them, and looking up what one of these comparisons names and another doesn't.
  ///
  /// Memory holds what `SnapshotDiff` holds, and the resources that changed. Throws what reading throws.
  public static func compare(
    before: Snapshot, after: Snapshot?, now: Snapshot, read: @escaping ChunkStream.Fetch
  ) async throws(Failure) -> RollbackComparison {
    let left = try await SnapshotDiff.compare(before: before, after: now, later: .now, read: read)
    var (upgrade, later): (Comparison?, Comparison?)
    if let after {
      upgrade = try await SnapshotDiff.compare(before: before, after: after, read: read)
      later = try await SnapshotDiff.compare(before: after, after: now, later: .now, read: read)
    }
    let (started, stayed, moved) = (grouped(upgrade?.changes ?? []), grouped(left.changes), grouped(later?.changes ?? []))
    var findings: [RollbackFinding] = []
    for key in Set(started.keys).union(stayed.keys) {
      let changes = ThreePoints.Changes(upgrade: started[key] ?? [], left: stayed[key] ?? [], later: moved[key] ?? [])
      guard let old = before.observation(watch: key.watch, kind: key.kind) else { continue }
      let new = now.observation(watch: key.watch, kind: key.kind)
      let middle = after?.observation(watch: key.watch, kind: key.kind)
      var points = ThreePoints(
        before: old, after: middle, now: new,
        keys: ThreePoints.Keys(before: before.fingerprintKey, after: after?.fingerprintKey ?? "", now: now.fingerprintKey))
      if let new { points.now = try await ChunkLookup.resources(at: addresses(changes.upgrade), in: new, read: read) }
      if let middle { points.after = try await ChunkLookup.resources(at: addresses(changes.left), in: middle, read: read) }
      findings += points.findings(changes)
    }
    return RollbackComparison(
      before: before.name, after: after?.name, now: now.name, findings: findings.sorted { Change.precedes($0.change, $1.change) },
      blindSpots: left.blindSpots, remarks: remarks(upgrade, left))
  }

  private struct Key: Hashable {
    let watch: Text
    let kind: Text
  }

  private static func grouped(_ changes: [Change]) -> [Key: [Change]] {
    Dictionary(grouping: changes) { Key(watch: $0.resource.address.watch, kind: $0.resource.address.kind) }
  }

  private static func addresses(_ changes: [Change]) -> Set<ResourceAddress> {
    Set(changes.flatMap { [$0.before?.address, $0.after?.address].compactMap { $0 } })
  }

  /// What the look after the upgrade couldn't see and the two others could.
  private static func remarks(_ upgrade: Comparison?, _ left: Comparison) -> [Diagnostic] {
    guard let upgrade else {
      return [
        Diagnostic(
          "no-after",
          "nobody looked after the upgrade: what is not as before may be its doing or another's, and what came and went is not known")
      ]
    }
    let known = Set(left.blindSpots.map { [$0.watch, $0.kind, $0.scope.label, $0.code, $0.because.sentence] })
    return upgrade.blindSpots.compactMap { spot in
      guard spot.side != .before, !known.contains([spot.watch, spot.kind, spot.scope.label, spot.code, spot.because.sentence]) else {
        return nil
      }
      let place = ([spot.watch, spot.kind] + (spot.scope == .whole ? [] : [spot.scope.label])).map(\.string).joined(separator: " · ")
      return Diagnostic(
        "after-unknown",
        "\(place) could not be compared after the upgrade: \(spot.because.sentence); the cause of what is not as before is not known there")
    }
  }
}
