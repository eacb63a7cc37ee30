/// Whether what a step is to reach is there, by one look.
enum GoalSight: Hashable {
  /// `made`: what came to be, where the goal was to make something.
  case reached(made: ResourceAddress?)
  case notReached
  case unknown(NonEmpty<Diagnostic>)
}

/// Which attributes of a resource may not have changed since the plan was made.
enum ComparedAttributes {
  /// What is deleted is gone with all that it has become.
  case all
  /// What requests write again would be lost as others have it.
  case only([AttributePattern])

  func covers(_ name: Text) -> Bool {
    switch self {
    case .all: true
    case .only(let patterns): patterns.contains { $0.covers(name) }
    }
  }
}

/// What one way of a step is to reach, and from what it may start.
struct StepGoal {
  /// The resource that the step is about, as the plan saw it.
  let resource: Resource
  let start: Expectation
  let end: Expectation
  /// What has to be as the plan saw it, besides what `start` says.
  let compared: ComparedAttributes
  /// What was there already when the plan was made.
  let old: Set<ResourceAddress>
  /// Whether what is made may come to be under another id than it had.
  var mayGetOtherID = true
  let schema: KindSchema

  /// By one look.
  func sight(_ look: FreshLook) -> GoalSight {
    let sight = look.sight(of: resource)
    switch (end, sight) {
    case (.absent, .absent): return .reached(made: nil)
    case (.absent, .present(let found)): return isOther(found) ? .reached(made: nil) : .notReached
    case (.absent, .unknown(let reasons)): return .unknown(reasons)
    case (_, _) where start == .absent: return making(look, sight)
    case (_, .present(let found)):
      switch end.holds(for: found) {
      case true?: return .reached(made: nil)
      case false?: return .notReached
      case nil: return .unknown(NonEmpty(Self.masked))
      }
    case (_, .absent): return .notReached
    case (_, .unknown(let reasons)): return .unknown(reasons)
    }
  }

  /// Something that was not there: under the id that it had, or under one that the service gave it.
  private func making(_ look: FreshLook, _ sight: FreshLook.Sight) -> GoalSight {
    if case .present(let found) = sight, end.holds(for: found) == true { return .reached(made: found.address) }
    let scope = resource.address.scope
    let alike =
      !mayGetOtherID
      ? []
      : look.resources.values.filter { found in
        found.address.scope == scope && isNamedAlike(found) && !old.contains(found.address) && end.holds(for: found) == true
      }
    if let made = alike.map(\.address).min() { return .reached(made: made) }
    return look.isWhole(in: scope) ? .notReached : .unknown(look.reasons(for: scope))
  }

  /// What people call it is the same, where that is more than its id.
  private func isNamedAlike(_ found: Resource) -> Bool { resource.name == resource.address.id || found.name == resource.name }

  /// Why the step may not begin; nil where all is as the plan saw it.
  func obstacle(_ look: FreshLook) -> Diagnostic? {
    switch (start, look.sight(of: resource)) {
    case (_, .unknown(let reasons)): return reasons.first
    case (.absent, .absent): return nil
    case (.absent, .present): return Self.changed("something is there by its id")
    case (_, .absent): return Self.changed("it is no longer there")
    case (_, .present(let found)):
      if isOther(found) {
        return Self.changed("its id is another thing's now, made \(found.origin.at.map { OriginText.moment($0) } ?? "since")")
      }
      if let first = differences(found).first { return Self.changed(Self.words(first)) }
      switch start.holds(for: found) {
      case true?: return nil
      case false?: return Self.changed(start.mismatch(with: found) ?? "it has other values")
      case nil: return Self.masked
      }
    }
  }

  /// The same where a part of the step was done already.
  func obstacle(amid found: Resource) -> Diagnostic? {
    guard case .only = compared else { return nil }
    // What the step itself changes is under way.
    let own: Set<Text> = if case .present(let values) = start { Set(values.keys) } else { [] }
    return differences(found).first { !own.contains($0.name) }.map { Self.changed(Self.words($0)) }
  }

  private func differences(_ found: Resource) -> [AttributeChange] {
    var comparison = AttributeComparison(before: schema, after: schema, keysAreEqual: true)
    return comparison.likeness(resource, found).differences.filter { compared.covers($0.name) }
  }

  private static func words(_ difference: AttributeChange) -> String {
    "\(difference.name) was \(ValueText.of(difference.before)) and is \(ValueText.of(difference.after))"
  }

  private static func changed(_ what: String) -> Diagnostic {
    Diagnostic(
      "changed-since", "it is not as the plan saw it: \(what)",
      advice: "Somebody has worked on it. Audit again and make the plan anew, or ask them.")
  }

  private static let masked = Diagnostic(
    "not-shown", "the service doesn't show what would tell", advice: "Look at it by hand, and say so with `verify --settled`.")

  /// One id may have been given to another thing: by the time of creation, where it is told.
  func isOther(_ found: Resource) -> Bool {
    switch AttributeComparison.creation(resource.origin, found.origin) {
    case .same, .untold: false
    case .other: true
    }
  }
}
