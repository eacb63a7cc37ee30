/// What was, what is, since when, by whom: what a step is planned on, a sentence each.
struct StepEvidence {
  private let situation: Situation
  private let audit: Audit

  init(_ situation: Situation, audit: Audit) { (self.situation, self.audit) = (situation, audit) }

  var sentences: NonEmpty<Text> {
    let (first, rest) = presence
    return NonEmpty(Text(first), (rest + origin + commits + attribution + place + found + coverage + ties).map { Text($0) })
  }

  private var presence: (String, [String]) {
    let now = audit.now ?? audit.after ?? audit.before
    switch situation.aim {
    case .remove:
      let state = situation.current.map { Self.state($0, schema) } ?? []
      return (
        "It was not there before (\(audit.before)) and is there after (\(now)).",
        state.isEmpty ? [] : ["It has \(state.joined(separator: ", "))."]
      )
    case .makeAgain:
      let state = situation.wanted.map { Self.state($0, schema) } ?? []
      return (
        situation.entry.isOthersLoss
          ? "It was there after the upgrade (\(audit.after ?? now)) and is gone now (\(now))."
          : "It was there before (\(audit.before)) and is gone after (\(now)).",
        state.isEmpty ? [] : ["It had \(state.joined(separator: ", "))."]
      )
    case .settle:
      let then = situation.entry.isOthersLoss ? "after the upgrade (\(audit.after ?? now))" : "before (\(audit.before))"
      let ids = situation.wanted.flatMap { old in
        situation.current.map {
          "It was \(old.address.id) \(then) and is \($0.address.id) \(situation.entry.isOthersLoss ? "now" : "after") (\(now))."
        }
      }
      return (ids ?? "It was deleted and made again.", differences)
    case .putBack, .decide:
      guard let first = differences.first else { return (unshown, masked) }
      return (first, Array(differences.dropFirst()) + masked)
    }
  }

  private var schema: KindSchema { situation.entry.change.schema }

  private var differences: [String] {
    situation.differences.map { "\($0.name) was \(ValueText.of($0.before)) and is \(ValueText.of($0.after))." }
  }

  private var unshown: String {
    switch situation.aim {
    case .decide(let because): because.string
    case .remove, .putBack, .makeAgain, .settle:
      "The service says that it was changed and shows nothing that was: a secret may be another one."
    }
  }

  private var masked: [String] {
    let names = situation.entry.change.notCompared
    return names.isEmpty ? [] : ["Not compared: \(names.map(\.string).joined(separator: ", "))."]
  }

  private var origin: [String] {
    let origin = situation.resource.origin
    let created = origin.at.map { OriginText.moment($0) }
    let who = origin.by.map { " by \($0)" } ?? ""
    let owner = origin.commit == nil ? origin.by.map { ["Created by \($0)."] } ?? [] : []
    let made = created.map { ["Created \($0)\(who)."] } ?? owner
    let changed = origin.changed.map { ["Changed last \(OriginText.moment($0))."] } ?? []
    let until = origin.until.map { ["Ends by itself \(OriginText.moment($0))."] } ?? []
    return (situation.current == nil ? made : made + changed) + until
  }

  private var commits: [String] {
    let origin = situation.resource.origin
    let by = origin.by.map { " of \($0)" } ?? ""
    guard let commit = origin.commit else { return [] }
    guard let story = origin.story else { return ["The commit \(commit)\(by) did it."] }
    let title = story.title.isEmpty ? "" : ": \(story.title)"
    let committer = story.committer.map { ["Committed by \($0)."] } ?? []
    let request = story.request.map { ["It was merged by \($0)."] } ?? []
    let earlier =
      story.earlier.isEmpty
      ? [] : ["It went back and forth: before that \(story.earlier.map(OriginText.short).joined(separator: ", ")) changed it too."]
    return [RemedyPlanner.sentence("The commit \(commit)\(by) did it\(title)")] + committer + request + earlier
  }

  private var attribution: [String] {
    guard let attribution = situation.entry.attribution, attribution.isTold else { return [] }
    return ["\(RemedyPlanner.capitalized(AttributionText.phrase(attribution)))."]
  }

  private var ties: [String] {
    situation.entry.ties.map {
      "It \($0.isPast ? "shared" : "shares") \($0.how) with the \($0.address.kind.string.replacing("-", with: " ")) \($0.name) of \($0.address.watch)."
    }
  }

  private var place: [String] {
    var sentences: [String] = []
    if let location = situation.resource.location {
      sentences.append("It \(situation.current == nil ? "stood" : "stands") in \(location.path), line \(location.line).")
    }
    if let uses = UsesText.phrase(situation.entry.change.resource, atMost: 10) { sentences.append("It is \(uses).") }
    if let subject = audit.subjects[situation.resource.address.watch] {
      let word = situation.resource.location == nil ? "at" : "in"
      let revision = subject.revision.map { " at \($0)" } ?? ""
      let words = [subject.place.map { "\(word) \($0)\(revision)" }, subject.account.map { "as \($0)" }].compactMap { $0 }
      let before = subject.revisionBefore.map { "; before, it was at \($0)" } ?? ""
      if !words.isEmpty { sentences.append("Seen \(ValueText.withShortFingerprints(words.joined(separator: ", ") + before)).") }
    }
    return sentences
  }

  /// What the look after the rollback says.
  private var found: [String] {
    guard let outcome = situation.entry.outcome else { return [] }
    let wrong = situation.entry.wrongDeclaration.map { ["The restore \($0) is declared to cover it, and did not put it back."] } ?? []
    return ["After the rollback: \(OutcomeText.phrase(situation.entry) ?? OutcomeText.phrase(outcome))."] + wrong
  }

  private var coverage: [String] {
    guard situation.entry.outcome == nil else { return [] }
    switch situation.entry.coverage {
    case .survives(let names): return ["\(Headline.joined(names.map(\.string))) leaves it as it is."]
    case .unknown: return ["No restore is declared that puts it back."]
    case .restored: return []
    }
  }

  /// What a resource is set to: `active true`, in short.
  static func state(_ resource: Resource, _ schema: KindSchema) -> [String] {
    let most = 12
    let shown = resource.attributes.sorted { $0.key < $1.key }.compactMap { name, reading -> String? in
      guard case .value(let value) = reading, schema.role(of: name) != .volatile else { return nil }
      return "\(name) \(ValueText.of(value))"
    }
    return shown.count <= most ? shown : shown.prefix(most) + ["\(shown.count - most) more"]
  }
}
