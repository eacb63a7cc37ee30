/// Makes the step that mends one change, by the remedies of its kind.
struct StepMaker {
  let audit: Audit
  let watches: [Text: Watch]
  let patches: FlagPatches

  func draft(_ entry: Audit.Entry) -> StepDraft {
    let situation = Situation(entry)
    let resource = situation.resource
    let (address, schema) = (resource.address, entry.change.schema)
    let words = StepWords(situation, audit: audit)
    let watch = watches[address.watch]
    let kind = watch?.provider.manifest.kind(address.kind)
    let solution = watch.flatMap { watch in
      kind.map {
        RemedyChoice(
          situation: situation, words: words,
          planner: RemedyPlanner(provider: watch.provider, kind: $0, settings: watch.settings, patches: patches)
        ).solution
      }
    }
    let chosen =
      solution
      ?? .unknown(
        words.general
          + (watch == nil ? " The watch \(address.watch) is in no configuration any more." : " Its provider no longer has this kind."))
    let check = chosen.check ?? check(situation, without: chosen.risk.lost)
    let isForGood = chosen.isForGood
    return StepDraft(
      id: id(situation), resource: resource, name: resource.name, sort: schema.sort, level: schema.level,
      title: isForGood ? words.stays : words.title,
      evidence: StepEvidence(situation, audit: audit).sentences, precondition: precondition(situation), remedy: chosen.remedy,
      first: chosen.first,
      risk: chosen.risk, beware: chosen.beware, check: isForGood ? nil : check,
      checkWords: isForGood ? words.forGood : words.check(check), within: chosen.within, undo: chosen.undo, owner: entry.owner,
      page: chosen.page)
  }

  /// The same for the same change in every plan, and fit for a command line.
  private func id(_ situation: Situation) -> Text {
    let verb = StepWords.verb(situation.aim)
    let digest = situation.resource.address.digest(with: verb)
    return Text("\(verb)-\(situation.entry.change.schema.sort.rawValue)-\(digest.description.prefix(12))")
  }

  private func precondition(_ situation: Situation) -> Expectation {
    switch situation.aim {
    case .remove: situation.current.map { .present(values($0, situation)) } ?? .absent
    case .putBack: .present(values(situation.differences.map { ($0.name, $0.after) }))
    case .makeAgain: .absent
    case .settle, .decide: situation.current == nil ? .absent : .present([:])
    }
  }

  /// What does not come back is not looked for.
  private func check(_ situation: Situation, without lost: [Text]) -> Expectation {
    switch situation.aim {
    case .remove: return .absent
    case .putBack: return .present(values(situation.plainDifferences.map { ($0.name, $0.before) }))
    case .makeAgain: return Expectation.present(situation.wanted.map { values($0, situation) } ?? [:]).without(lost)
    case .settle, .decide: return situation.current == nil ? .absent : .present([:])
    }
  }

  private func values(_ pairs: [(Text, Value?)]) -> [Text: Value] {
    Dictionary(pairs.map { ($0, $1 ?? .scalar(.null)) }, uniquingKeysWith: { first, _ in first })
  }

  /// What is compared of a resource and is no secret.
  private func values(_ resource: Resource, _ situation: Situation) -> [Text: Value] {
    var values: [Text: Value] = [:]
    for (name, reading) in resource.attributes {
      guard case .value(let value) = reading, !value.holdsFingerprint else { continue }
      switch situation.entry.change.schema.role(of: name) {
      case .value, .set, nil: values[name] = value
      case .volatile, .secret: continue
      }
    }
    return values
  }
}
