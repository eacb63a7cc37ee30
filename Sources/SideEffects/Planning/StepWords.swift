import LibPCRE2

/// A step in words, for people: what to do, how to see that it is done.
struct StepWords {
  private let situation: Situation
  private let audit: Audit

  init(_ situation: Situation, audit: Audit) { (self.situation, self.audit) = (situation, audit) }

  private var resource: Resource { situation.resource }
  /// `the deploy key ci`
  private var thing: String { Self.thing(resource) }

  static func thing(_ resource: Resource) -> String { "the \(resource.address.kind.string.replacing("-", with: " ")) \(resource.name)" }

  static func verb(_ aim: Situation.Aim) -> String {
    switch aim {
    case .remove: "delete"
    case .putBack: "put-back"
    case .makeAgain: "make-again"
    case .settle: "settle"
    case .decide: "decide"
    }
  }

  /// One line in the imperative, with the target where the watch has several.
  var title: Text {
    Text("\(deed)\(target)")
  }

  /// ` in release-1.2`
  private var target: String { WatchTarget.target(of: resource.address.watch).map { " in \($0)" } ?? "" }

  private var deed: Text {
    let isErased = situation.entry.outcome == .collateral
    switch situation.aim {
    case .remove: return Text("Delete \(thing)")
    case .putBack:
      guard let value = situation.differences.first(where: { $0.name == "value" }) else {
        return Text(isErased ? "Put back what the restore erased: \(thing) as it was" : "Put \(thing) back as it was")
      }
      if value.before?.holdsFingerprint == true { return Text("Put \(thing) back: what it was is not shown, since it may be a secret") }
      let words = "\(thing) back to \(ValueText.of(value.before))"
      return Text(isErased ? "Put back what the restore erased: set \(words)" : "Set \(words)")
    case .makeAgain: return Text(isErased ? "Put back what the restore erased: \(thing)" : "Make \(thing) again")
    case .settle: return Text("Settle what used \(thing)")
    case .decide: return Text("Look at \(thing)")
    }
  }

  /// The title of what can't be undone: how it stays.
  var stays: Text {
    let name = RemedyPlanner.capitalized(thing) + target
    switch situation.aim {
    case .remove: return Text("\(name) stays: it can't be undone")
    case .putBack:
      let value = situation.differences.first { $0.name == "value" }?.after
      return Text("\(name) stays \(value.map { ValueText.of($0) } ?? "as it is"): it can't be undone")
    case .makeAgain: return Text("\(name) stays gone: it can't be undone")
    case .settle, .decide: return title
    }
  }

  /// What a person does where no request or patch does it.
  var general: String {
    switch situation.aim {
    case .remove: return removing(resource)
    case .putBack:
      guard situation.plainDifferences.isEmpty else {
        return "In \(thing)\(place) set \(Self.list(situation.plainDifferences.map { ($0.name, $0.before) })).\(history)"
      }
      if let location = resource.location {
        let before = audit.subjects[resource.address.watch]?.revisionBefore?.string.prefix { $0 != "+" }
        let old = situation.wanted?.location?.path ?? location.path
        let shown = before.map { " `git show \(DisplayText.shell(Text("\($0):\(old)")))` shows the file as it was committed then." }
        return "Give \(thing)\(place) the value back that it had. It is not shown here, since it may be a secret.\(shown ?? history)"
      }
      return "Give \(thing)\(place) the value back that it had: it is secret, so only its owner has it."
    case .makeAgain: return making(situation.wanted ?? resource) + history
    case .settle:
      let ids = situation.wanted.flatMap { old in situation.current.map { " was \(old.address.id) and is there again as \($0.address.id)." }
      }
      return "\(RemedyPlanner.capitalized(thing))\(ids ?? " is there again.") "
        + "Its secret and its id are not those of before: give both to what used the old one."
    case .decide(let because):
      let back =
        situation.plainDifferences.isEmpty
        ? "" : " How it was: \(Self.list(situation.plainDifferences.map { ($0.name, $0.before) }, is: "was"))."
      return "\(because) Ask \(resource.origin.by ?? "whoever may have done it") before anything is undone.\(back)"
    }
  }

  /// How it is undone by hand.
  var undoing: String { "In \(thing)\(place) set \(Self.list(situation.plainDifferences.map { ($0.name, $0.after) }))." }

  func removing(_ resource: Resource) -> String { "Delete \(Self.thing(resource))\(place)." }

  func making(_ resource: Resource) -> String {
    let values = StepEvidence.state(resource, situation.entry.change.schema)
    return "Make \(Self.thing(resource)) again\(place)" + (values.isEmpty ? "." : ", with \(values.joined(separator: ", ")).")
  }

  /// Where it is: a file and line, or the place that the watch looks at.
  private var place: String {
    if let location = resource.location { return " in \(location.path), line \(location.line)" }
    let parents = resource.address.scope.label
    let at = audit.subjects[resource.address.watch]?.place.map { " at \($0)" } ?? ""
    return (parents.isEmpty ? "" : " of \(parents)") + at
  }

  /// Where the history of a file tells how it was.
  private var history: String {
    guard let location = resource.location else { return "" }
    if let commit = resource.origin.commit {
      let word = DisplayText.shell(commit)
      return " See `git show \(word)`; if it did nothing else, `git revert \(word)` undoes it."
    }
    guard let seen = audit.subjects[resource.address.watch]?.revision?.string.prefix(while: { $0 != "+" }), !seen.isEmpty else { return "" }
    return " See `git log -p \(DisplayText.shell(Text(String(seen)))) -- \(DisplayText.shell(Text(":/\(location.path)")))` for how it was."
  }

  /// How what can't be undone is settled.
  var forGood: Text {
    switch situation.aim {
    case .remove, .putBack: "Whoever runs the restored version knows that it runs with it."
    case .makeAgain, .settle, .decide: Text("Whoever needs it knows what became of \(thing), and does with it or makes another one.")
    }
  }

  func check(_ expectation: Expectation) -> Text {
    switch (situation.aim, expectation) {
    case (.decide, _), (.settle, _): return "Someone who knows it says that it is meant, or has undone it."
    case (_, .absent): return Text("Read it again: \(thing) is no longer there.")
    case (_, .answered): return Text("The service's answer says that it is done: reading \(thing) again does not show it.")
    case (_, .meets(let requirements)):
      let words = requirements.all.map { "\($0.name) \(Self.words($0.matcher))" }.joined(separator: ", ")
      return Text("Read it again: \(words).")
    case (_, .present(let values)):
      if values.isEmpty, resource.location != nil, let old = situation.secretDifferences.first?.before {
        return Text("Look again: \(thing) shows \(ValueText.of(old)), as before.")
      }
      guard !values.isEmpty else { return Text("Sign in with the value that is to hold: \(thing) does not show it.") }
      return Text("Read it again: \(Self.list(values.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }, is: "is")).")
    }
  }

  private static func words(_ matcher: Condition.Matcher) -> String {
    switch matcher {
    case .equals(let text): "is \(text)"
    case .any(let matchers): matchers.map { words($0) }.joined(separator: " or ")
    case .emptyList, .emptyMap: "is empty"
    case .absentOrNull: "is not there"
    case .not(let inner): "not: \(words(inner))"
    case .matches(let pattern): "fits \(pattern.source)"
    }
  }

  /// `active to true, events to push`
  private static func list(_ values: [(name: Text, value: Value?)], is verb: String = "to") -> String {
    // An expectation writes null for what should not be there.
    values.map { "\($0.name) \(verb) \($0.value == .scalar(.null) ? ValueText.of(nil) : ValueText.of($0.value))" }.joined(separator: ", ")
  }
}
