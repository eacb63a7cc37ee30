/// How a step is carried out, what it costs, and how it is undone, as far as the kind's remedies say.
struct Solution {
  let remedy: Remedy
  var first: Remedy?
  let risk: Risk
  var beware: Text?
  /// Nil where presence and attributes say it.
  var check: Expectation?
  /// Whether nothing that anyone does brings it back, so that there is nothing to read again.
  var isForGood = false
  var within = 60
  var undo: Remedy?
  var page: Text?

  static func unknown(_ words: String) -> Solution {
    Solution(remedy: .manual(words: Text(words), page: nil), risk: .irreversible(because: "nothing is known about undoing it"))
  }
}

/// Chooses the remedy for a situation out of those of its kind.
struct RemedyChoice {
  let situation: Situation
  let words: StepWords
  let planner: RemedyPlanner

  private var remedies: RemediesManifest { planner.kind.remedies }

  var solution: Solution {
    switch situation.aim {
    case .remove: return removal
    case .putBack: return putBack(remedies.updated)
    case .makeAgain: return making
    case .settle:
      guard !situation.plainDifferences.isEmpty, situation.current != nil else { return byHand(risk: .reversible) }
      return putBack(remedies.updated)
    case .decide: return byHand(risk: .reversible)
    }
  }

  private func byHand(risk: Risk) -> Solution { Solution(remedy: .manual(words: Text(words.general), page: nil), risk: risk) }

  // Delete -------------------------------------------------------------------------------------------------------

  private var removal: Solution {
    guard let current = situation.current else { return byHand(risk: .reversible) }
    guard let manifest = remedies.created else { return undeclared(risk: removalRisk(current, besides: [])) }
    let planned = planner.planned(.created, manifest, resource: current, wanted: nil, differences: [], words: words.general)
    var solution = Solution(
      remedy: planned.remedy, risk: manifest.never.map { .irreversible(because: $0) } ?? removalRisk(current, besides: manifest.loses))
    solution.page = planned.page
    (solution.beware, solution.within) = (manifest.beware, manifest.within)
    solution.check = Self.done(manifest, planned.remedy)
    solution.isForGood = manifest.never != nil
    if let disable = remedies.disable, current.isActive != false {
      let milder = planner.planned(.disable, disable, resource: current, wanted: nil, differences: [], words: words.general).remedy
      if case .requests = milder { solution.first = milder }
    }
    solution.undo = remedies.deleted.flatMap { manifest in
      guard manifest.never == nil else { return nil }
      return planner.planned(.deleted, manifest, resource: current, wanted: current, differences: [], words: words.making(current)).remedy
    }
    return solution
  }

  /// What would not come back if what is deleted were to be made again.
  private func removalRisk(_ current: Resource, besides own: [Text]) -> Risk {
    guard let again = remedies.deleted else { return .irreversible(because: "the provider knows no way to make it again") }
    if let never = again.never { return .irreversible(because: never) }
    let secrets = current.attributes.keys.filter { situation.entry.change.schema.role(of: $0) == .secret }.sorted()
    return Self.risk(losing: own + again.loses + secrets)
  }

  private static func risk(losing names: [Text]) -> Risk {
    var seen: Set<Text> = []
    return NonEmpty(names.filter { seen.insert($0).inserted }).map { .losing($0) } ?? .reversible
  }

  // Put back -----------------------------------------------------------------------------------------------------

  private func putBack(_ manifest: RemedyManifest?) -> Solution {
    guard let manifest, let current = situation.current, let wanted = situation.wanted else { return undeclared(risk: .reversible) }
    let isShown = !situation.plainDifferences.isEmpty
    let risk: Risk = manifest.never.map { .irreversible(because: $0) } ?? Self.risk(losing: manifest.loses)
    guard isShown || manifest.never != nil else {
      let own =
        manifest.byHand == nil
        ? nil : planner.planned(.updated, Self.byHand(manifest), resource: current, wanted: wanted, differences: [], words: words.general)
      var solution = Solution(remedy: own?.remedy ?? .manual(words: Text(words.general), page: own?.page), risk: risk)
      solution.page = own?.page
      return solution
    }
    let planned = planner.planned(
      .updated, manifest, resource: current, wanted: wanted.laid(over: current, situation.plainDifferences),
      differences: situation.plainDifferences, words: words.general)
    var solution = Solution(remedy: planned.remedy, risk: risk)
    solution.isForGood = manifest.never != nil
    solution.page = planned.page
    solution.within = manifest.within
    solution.beware = beware(manifest, planned)
    solution.check = Self.done(manifest, planned.remedy)
    switch planned.remedy {
    case .patch: solution.undo = (try? planner.patches.patch(of: current.address).get()).map { .patch($0.back) }
    case .requests:
      solution.undo =
        planner.planned(
          .updated, manifest, resource: current, wanted: current, differences: situation.plainDifferences.map(\.reversed),
          words: words.undoing
        ).remedy
    case .manual:
      solution.undo =
        manifest.never == nil && !planner.patches.isDone(current.address) ? .manual(words: Text(words.undoing), page: planned.page) : nil
    }
    return solution
  }

  /// What the provider warns of, and what changed and stays as it is.
  private func beware(_ manifest: RemedyManifest, _ planned: RemedyPlanner.Planned) -> Text? {
    var sentences = [manifest.beware?.string].compactMap { $0 }
    if !planned.leaves.isEmpty { sentences.append("It does not put back \(Self.joined(planned.leaves)): do that by hand") }
    let secrets = situation.secretDifferences.map(\.name)
    if !secrets.isEmpty {
      sentences.append("What is secret is not put back, since only a fingerprint of it is kept: \(Self.joined(secrets))")
    }
    return sentences.isEmpty ? nil : Text(sentences.map(RemedyPlanner.sentence).joined(separator: " "))
  }

  private static func joined(_ names: [Text]) -> String { names.map(\.string).joined(separator: ", ") }

  /// The same remedy, its words alone.
  private static func byHand(_ manifest: RemedyManifest) -> RemedyManifest {
    RemedyManifest(
      action: .byHand, done: manifest.done, within: manifest.within, loses: manifest.loses, beware: manifest.beware, never: manifest.never,
      byHand: manifest.byHand, open: manifest.open, after: manifest.after)
  }

  // Make again ---------------------------------------------------------------------------------------------------

  private var making: Solution {
    guard let wanted = situation.wanted else { return byHand(risk: .reversible) }
    guard let manifest = remedies.deleted else { return undeclared(risk: .reversible) }
    let planned = planner.planned(.deleted, manifest, resource: wanted, wanted: wanted, differences: [], words: words.general)
    var solution = Solution(
      remedy: planned.remedy, risk: manifest.never.map { .irreversible(because: $0) } ?? Self.risk(losing: manifest.loses))
    solution.page = planned.page
    (solution.beware, solution.within) = (manifest.beware, manifest.within)
    solution.check = Self.done(manifest, planned.remedy)
    solution.isForGood = manifest.never != nil
    solution.undo = remedies.created.flatMap { created in
      guard manifest.never == nil else { return nil }
      // What is made anew gets an id that nobody knows yet.
      guard case .requests(let requests) = planned.remedy else { return .manual(words: Text(words.removing(wanted)), page: planned.page) }
      guard requests.all.allSatisfy({ $0.method == "PUT" }) else {
        return .manual(words: "Delete it again, under the id that it has then.", page: planned.page)
      }
      return planner.planned(.created, created, resource: wanted, wanted: nil, differences: [], words: words.removing(wanted)).remedy
    }
    return solution
  }

  private func undeclared(risk: Risk) -> Solution {
    Solution(
      remedy: .manual(words: Text("\(words.general) The provider \(planner.provider.name) declares no way to do it."), page: nil),
      risk: risk)
  }

  /// What a manifest calls done.
  private static func done(_ manifest: RemedyManifest, _ remedy: Remedy) -> Expectation? {
    guard case .requests = remedy else { return nil }
    return switch manifest.done {
    case .condition(let condition): Expectation(condition)
    case .answer: .answered
    case nil: nil
    }
  }
}

extension Resource {
  /// What should be there: what differs as it was, and all else as it is now, which others may have changed since.
  fileprivate func laid(over current: Resource, _ differences: [AttributeChange]) -> Resource {
    var attributes = current.attributes
    for difference in differences { attributes[difference.name] = difference.before.map { .value($0) } }
    return Resource(
      address: address, name: name, attributes: attributes, origin: origin, isActive: isActive,
      references: references, kept: kept, location: location)
  }
}

extension AttributeChange {
  fileprivate var reversed: AttributeChange {
    switch difference {
    case .appeared(let value): AttributeChange(name: name, difference: .vanished(value))
    case .vanished(let value): AttributeChange(name: name, difference: .appeared(value))
    case .replaced(let old, let new): AttributeChange(name: name, difference: .replaced(new, old))
    }
  }
}
