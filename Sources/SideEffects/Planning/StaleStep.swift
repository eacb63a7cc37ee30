/// Makes the step for what refers to something that is gone or another now: a person does it, and reading tells when it is done.
struct StaleStep {
  let stale: Stale
  let audit: Audit

  var draft: StepDraft {
    let holder = stale.holder
    let value: Value? = if case .value(let value)? = holder.attributes[stale.attribute] { value } else { nil }
    let thing = StepWords.thing(holder)
    let words: String
    if let replacement = stale.replacement {
      words =
        "Give \(thing)\(place) what \(StepWords.thing(replacement)) of \(stale.target.address.watch) has now, and have what reads \(place.isEmpty ? "it" : "the file") read it again."
    } else {
      words =
        "\(RemedyPlanner.capitalized(StepWords.thing(stale.target))) of \(stale.target.address.watch) is gone. Have another one made and give it to \(thing)\(place), or take the reference out."
    }
    return StepDraft(
      id: id, resource: holder, name: holder.name, sort: stale.schema.sort, level: stale.schema.level,
      title: Text("Mend \(thing): what it refers to is \(stale.replacement == nil ? "gone" : "another now")"),
      evidence: NonEmpty(Text(RemedyPlanner.sentence(stale.sentence)), evidence),
      precondition: .present(value.map { [stale.attribute: $0] } ?? [:]), remedy: .manual(words: Text(words), page: nil), first: nil,
      risk: .reversible, beware: nil, check: check,
      checkWords: Text("Read it again: \(thing) no longer holds the old \(isSecret ? "secret" : "id")."), within: 60, undo: nil,
      owner: stale.owner, page: nil)
  }

  private var isSecret: Bool { stale.reference == .secret }

  /// It no longer holds what it holds now.
  private var check: Expectation {
    guard case .value(.scalar(let scalar))? = holderReading, let text = Value.scalar(scalar).document.plainText else {
      return .present([:])
    }
    return .meets(NonEmpty(Requirement(name: stale.attribute, matcher: .not(.equals(Text(text))))))
  }

  private var holderReading: Reading? { stale.holder.attributes[stale.attribute] }

  private var place: String { stale.holder.location.map { " (\($0.path), line \($0.line))" } ?? "" }

  private var evidence: [Text] {
    let seen = "By the snapshot \(audit.now ?? audit.after ?? audit.before)."
    return (stale.holder.location.map { [Text("It stands in \($0.path), line \($0.line).")] } ?? []) + [Text(seen)]
  }

  private var id: Text {
    let digest = stale.holder.address.digest(with: stale.attribute.string, "stale")
    return Text("mend-\(stale.schema.sort.rawValue)-\(digest.description.prefix(12))")
  }
}
