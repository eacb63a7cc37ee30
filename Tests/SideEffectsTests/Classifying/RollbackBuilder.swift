import SideEffects

/// Three looks at one watch, compared.
struct RollbackBuilder {
  var before = SnapshotBuilder("before")
  /// Nil for an upgrade that left no look after it.
  var after: SnapshotBuilder? = SnapshotBuilder("after")
  var now = SnapshotBuilder("now")

  func compare() async throws -> RollbackComparison {
    let table = ChunkTable([before, now] + (after.map { [$0] } ?? []))
    return try await RollbackComparison.compare(before: before.snapshot, after: after?.snapshot, now: now.snapshot) {
      digest throws(Failure) in
      try await table.read(digest)
    }
  }

  /// Of complete listings; nil for no look after the upgrade.
  static func compare(_ before: [Resource], _ after: [Resource]?, _ now: [Resource], schema: KindSchema = Self.schema) async throws
    -> RollbackComparison
  {
    var builder = RollbackBuilder()
    builder.before.look(before, schema: schema)
    builder.now.look(now, schema: schema)
    if let after { builder.after?.look(after, schema: schema) } else { builder.after = nil }
    return try await builder.compare()
  }

  static let schema = KindSchema(
    sort: .webhook, level: .configuration, manifest: Digest(of: [1]), naturalKey: ["url"],
    attributes: ["url": .value, "events": .set, "order": .value, "active": .value, "secret": .secret, "used": .volatile])
}

extension RollbackComparison {
  /// Each finding as `id word: outcome`, with its attributes' outcomes.
  func words(isCovered: Bool = false) -> [String] {
    findings.map { finding in
      let facts = finding.facts.map {
        "\($0.name) \(Outcome(of: Set($0.histories.map { AttributeOutcome($0, isCovered: isCovered) })).rawValue)"
      }
      let ids = [finding.change.before?.address.id, finding.change.after?.address.id].compactMap { $0?.string }
      let id = ids.count == 2 && ids[0] == ids[1] ? ids[0] : ids.joined(separator: ">")
      return "\(id) \(finding.change.word): \(finding.outcome(isCovered: isCovered).rawValue)"
        + (facts.isEmpty ? "" : " (\(facts.joined(separator: ", ")))")
    }
  }
}
