internal import Documents

/// A diff or an audit as JSON, version 1: see docs/exit-statuses-and-json.md. Fields may be added, never renamed or removed.
public struct JSONReport {
  private let audit: Audit

  public init(_ audit: Audit) { self.audit = audit }

  /// UTF-8, a line feed at the end; the same bytes for the same audit.
  public func json() -> String { String(decoding: JSONWriter(.pretty).write(document), as: UTF8.self) + "\n" }

  var document: Document {
    JSONFields.object([
      ("version", .count(1)), ("before", .text(audit.before)), ("after", .optional(audit.after)), ("now", .optional(audit.now)),
      ("restored", audit.restored.isEmpty ? nil : .texts(audit.restored)),
      ("upgrade", audit.upgrade.map { UpgradeFields.document($0) }), ("complete", .boolean(audit.isComplete)),
      ("summary", summary), ("changes", .list(audit.entries.map(ChangeFields.document))),
      ("stale", audit.stale.isEmpty ? nil : .list(audit.stale.map(ChangeFields.document))),
      ("ignored", .list(audit.ignored.map(ChangeFields.document))), ("blindSpots", .list(audit.blindSpots.map(BlindSpotFields.document))),
      ("wrongDeclarations", audit.wrongDeclarations.isEmpty ? nil : .list(audit.wrongDeclarations.map(DiagnosticFields.document))),
      ("remarks", audit.remarks.isEmpty ? nil : .list(audit.remarks.map(DiagnosticFields.document))),
    ])
  }

  private var summary: Document {
    JSONFields.object([
      ("changes", .count(audit.entries.count)), ("residue", .count(audit.residue.count)), ("ignored", .count(audit.ignored.count)),
      ("blindSpots", .count(audit.openBlindSpots.count)), ("stale", audit.stale.isEmpty ? nil : .count(audit.stale.count)),
    ])
  }
}
