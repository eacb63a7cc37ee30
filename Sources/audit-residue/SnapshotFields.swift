import Documents
import SideEffects

/// A snapshot as JSON: what it holds, without its resources.
enum SnapshotFields {
  static func document(_ snapshot: Snapshot) -> Document {
    object([
      ("name", text(snapshot.name)), ("began", text(Text(snapshot.began.rfc3339))), ("ended", text(Text(snapshot.ended.rfc3339))),
      ("digest", text(Text(SnapshotRecord(snapshot).digest.description))), ("parent", snapshot.parent.map { text(Text($0.description)) }),
      ("fingerprintKey", text(snapshot.fingerprintKey)), ("tool", text(snapshot.tool)),
      ("complete", Document(.boolean(snapshot.isComplete))),
      ("observations", Document(.list(snapshot.observations.map { document($0) }))),
    ])
  }

  private static func document(_ observation: Observation) -> Document {
    let (state, diagnostics): (Text, [(Text?, Diagnostic)]) =
      switch observation.completeness {
      case .complete: ("complete", [])
      case .partial(_, let gaps): ("partial", gaps.all.map { ($0.scope.label.isEmpty ? nil : $0.scope.label, $0.because) })
      case .failed(let reasons): ("failed", reasons.all.map { (nil, $0) })
      }
    let standing = observation.standing.map { document($0, scope: nil) }
    return object([
      ("watch", text(observation.watch)), ("kind", text(observation.kind)), ("provider", text(observation.asked.provider)),
      ("account", observation.reader.account.map { text($0) }), ("revision", observation.asked.revision.map { text($0) }),
      ("resources", Document(.number(String(observation.count)))), ("state", text(state)),
      ("gaps", diagnostics.isEmpty ? nil : Document(.list(diagnostics.map { document($0.1, scope: $0.0) }))),
      ("standing", standing.isEmpty ? nil : Document(.list(standing))),
    ])
  }

  private static func document(_ diagnostic: Diagnostic, scope: Text?) -> Document {
    object([
      ("parent", scope.map { text($0) }), ("code", text(diagnostic.rule)), ("reason", text(diagnostic.sentence)),
      ("hint", diagnostic.advice.isEmpty ? nil : text(diagnostic.advice)),
    ])
  }

  private static func text(_ text: Text) -> Document { Document(.text(text.string)) }

  /// Members without a value are left out.
  static func object(_ members: [(String, Document?)]) -> Document {
    Document(.map(members.compactMap { key, value in value.map { Document.Member(key: key, value: $0) } }))
  }
}
