extension Audit.Subject {
  /// What a watch looked at, as one of its observations tells it.
  public init(_ observation: Observation) {
    let settings = observation.asked.settings
    // The narrowest of the standard settings that says where it is.
    let place = ["owner", "repository", "base"].lazy.compactMap { settings[$0] }.first
    self.init(place: place, account: observation.reader.name, revision: observation.asked.revision)
  }

  /// Those of all watches of a snapshot, by watch.
  ///
  /// - Parameter before: The snapshot that it is compared with.
  public static func all(of snapshot: Snapshot, since before: Snapshot? = nil) -> [Text: Audit.Subject] {
    let older = Dictionary((before?.observations ?? []).map { ($0.watch, $0.asked.revision) }) { first, _ in first }
    var subjects: [Text: Audit.Subject] = [:]
    for observation in snapshot.observations where subjects[observation.watch] == nil {
      var subject = Audit.Subject(observation)
      if let revision = older[observation.watch] ?? nil, revision != subject.revision { subject.revisionBefore = revision }
      subjects[observation.watch] = subject
    }
    return subjects
  }
}
