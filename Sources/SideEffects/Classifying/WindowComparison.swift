/// What can be told of a time when nobody looked before: by the times that services tell, and by what repositories were then.
public struct WindowComparison {
  private let since: Instant
  private let until: Instant

  public init(since: Instant, until: Instant) { (self.since, self.until) = (since, until) }

  /// Changes and all that such a comparison can't see, which is told for each watch and kind.
  ///
  /// - Parameters:
  ///   - before: The watches of repositories as they were then, as far as that is known.
  ///   - hints: How the state before is known, by watch.
  public func compare(
    before: Snapshot, now: Snapshot, hints: [Text: Diagnostic], read: @escaping ChunkStream.Fetch
  ) async throws(Failure) -> Comparison {
    let seenBefore = Set(before.observations.map(\.watch))
    let comparable = Snapshot(
      name: now.name, began: now.began, ended: now.ended, parent: now.parent, fingerprintKey: now.fingerprintKey, tool: now.tool,
      observations: now.observations.filter { seenBefore.contains($0.watch) })
    let told = try await SnapshotDiff.compare(before: before, after: comparable, read: read)
    var (changes, blindSpots) = (told.changes, told.blindSpots)
    for observation in now.observations {
      let hint = hints[observation.watch]
      if seenBefore.contains(observation.watch) {
        // Where the state before could not be read, that is told already.
        let isRead = !(before.observation(watch: observation.watch, kind: observation.kind)?.completeness.isFailed ?? false)
        if let hint, isRead { blindSpots.append(BlindSpot(watch: observation.watch, kind: observation.kind, side: .before, because: hint)) }
        continue
      }
      let (found, tellsTimes) = try await windowed(of: observation, read)
      changes += found
      blindSpots += BlindSpotLedger.known(to: observation, side: .now)
      blindSpots.append(
        BlindSpot(
          watch: observation.watch, kind: observation.kind, side: .before, because: hint ?? Self.noBefore(tellsTimes),
          unknown: observation.count))
    }
    return Comparison(
      before: Text("since \(since.rfc3339)"), after: now.name, changes: changes.sorted(by: Change.precedes),
      blindSpots: blindSpots.sorted(by: BlindSpot.precedes))
  }

  /// What was made or changed in the window, by the times that are told.
  private func windowed(of observation: Observation, _ read: @escaping ChunkStream.Fetch) async throws(Failure) -> (
    changes: [Change], tellsTimes: Bool
  ) {
    var stream = ChunkStream(observation, fetch: read)
    var (changes, tellsTimes) = ([Change](), false)
    while let line = try await stream.next() {
      let resource = try stream.resource(of: line)
      let (created, changed) = (resource.origin.createdAt, resource.origin.changedAt)
      tellsTimes = tellsTimes || created != nil || changed != nil
      if let created, isInside(created) {
        changes.append(Change(what: .created(resource), schema: observation.schema))
      } else if let changed, isInside(changed) {
        // What it was is not known: it is told as changed, and not shown.
        changes.append(Change(what: .updated(before: resource, after: resource), schema: observation.schema))
      }
    }
    return (changes, tellsTimes)
  }

  private func isInside(_ moment: Instant) -> Bool { since <= moment && moment <= until }

  private static func noBefore(_ tellsTimes: Bool) -> Diagnostic {
    Diagnostic(
      "no-before",
      tellsTimes
        ? "nobody looked before: what was deleted, and what it was that changed, can't be seen"
        : "nobody looked before, and the service tells no times: nothing can be said of what changed",
      advice: "Take a snapshot before the next upgrade: `audit-residue run -- COMMAND`.")
  }
}
