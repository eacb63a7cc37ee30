import SideEffects

/// What a snapshot's watches could not read, each reason said once.
struct GapSummary {
  /// In the order of the watches; a reason that holds for several kinds of a watch names them together.
  let diagnostics: [Diagnostic]

  init(_ snapshot: Snapshot) {
    struct Reason: Hashable {
      let watch: Text
      let scope: Text
      let because: Diagnostic
    }
    var order: [Reason] = []
    var kinds: [Reason: [Text]] = [:]
    for observation in snapshot.observations {
      for gap in observation.completeness.gaps {
        let reason = Reason(watch: observation.watch, scope: gap.scope.label, because: gap.because)
        if kinds[reason] == nil { order.append(reason) }
        if kinds[reason]?.contains(observation.kind) != true { kinds[reason, default: []].append(observation.kind) }
      }
    }
    diagnostics = order.map { reason in
      let listing = "\(reason.watch) · \((kinds[reason] ?? []).map(\.string).joined(separator: ", "))"
      let scope = reason.scope.isEmpty ? "" : " in \(reason.scope)"
      return Diagnostic(
        reason.because.rule, "\(listing)\(scope): \(reason.because.sentence)", advice: reason.because.advice.string,
        place: reason.because.place)
    }
  }
}
