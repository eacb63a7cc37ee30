import SideEffects

/// What a look would give, for people: for each watch who reads it, and for each kind how much and at what cost.
struct CheckText {
  private let snapshot: Snapshot

  init(_ snapshot: Snapshot) { self.snapshot = snapshot }

  func text() -> String {
    var blocks: [String] = []
    for watch in Set(snapshot.observations.map(\.watch)).sorted() {
      let observations = snapshot.observations.filter { $0.watch == watch }
      guard let first = observations.first else { continue }
      blocks.append(DisplayText.terminal(Text(heading(first))) + "\n" + TableText.lines(observations.map(row), indent: 2))
    }
    return blocks.joined(separator: "\n")
  }

  private func heading(_ observation: Observation) -> String {
    let subject = Audit.Subject(observation)
    let rights: String? =
      switch observation.reader.rights {
      case .told(let rights): "with " + (rights.isEmpty ? "no rights" : rights.sorted().map(\.string).joined(separator: ", "))
      case .untold: nil
      }
    return "\(observation.watch)   "
      + [
        observation.asked.provider.string, subject.place?.string, subject.account.map { "as \($0)" }, rights,
      ].compactMap { $0 }.joined(separator: ", ")
  }

  private func row(_ observation: Observation) -> [String] {
    [
      observation.kind.string, SnapshotText.completeness(observation),
      "\(observation.count) \(observation.count == 1 ? "resource" : "resources")",
      cost(observation.completeness),
    ]
  }

  private func cost(_ completeness: Completeness) -> String {
    switch completeness {
    case .complete(let evidence), .partial(let evidence, _): "\(evidence.reads) \(evidence.reads == 1 ? "read" : "reads")"
    case .failed: ""
    }
  }
}
