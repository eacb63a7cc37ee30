extension Audit.Subject {
  /// What a watch looked at, as one of its observations tells it.
  public init(_ observation: Observation) {
    let settings = observation.asked.settings
    // The narrowest of the standard settings that says where it is.
    let place = ["owner", "repository", "base"].lazy.compactMap { settings[$0] }.first
    self.init(place: place, account: observation.reader.name, revision: observation.asked.revision)
  }

  /// Those of all watches of a snapshot, by watch.
  public static func all(of snapshot: Snapshot) -> [Text: Audit.Subject] {
    var subjects: [Text: Audit.Subject] = [:]
    for observation in snapshot.observations where subjects[observation.watch] == nil {
      subjects[observation.watch] = Audit.Subject(observation)
    }
    return subjects
  }
}
