/// How much may be done without saying so once more.
public struct ApplyLimits: Hashable, Sendable {
  /// How old what the plan saw may be, in seconds.
  public let age: Int
  /// How many of a kind's resources may be deleted, in percent of those that there were; one always may.
  public let share: Int
  /// How many deletions were said to be right, by watch.
  public let allowed: [Text: Int]

  public static let standardAge = 24 * 3_600
  public static let standardShare = 30

  public init(age: Int = standardAge, share: Int = standardShare, allowed: [Text: Int] = [:]) {
    (self.age, self.share, self.allowed) = (age, share, allowed)
  }

  /// Why the plan is too old; nil where it isn't.
  func tooOld(_ plan: Plan, now: Instant) -> Diagnostic? {
    let seconds = now.seconds(since: plan.seen)
    guard seconds > Int64(age) else { return nil }
    return Diagnostic(
      "too-old", "what the plan saw is \(UpgradeText.duration(seconds)) old, and the limit is \(UpgradeText.duration(Int64(age)))",
      advice: "Look again with `audit-residue audit` and make the plan anew, or allow more with --max-age.")
  }

  /// The deletions that are too many, by the steps' ids. A small set is guarded as a large one is: of two things one may go.
  func tooMany(_ steps: [Step], in plan: Plan) -> [Text: Diagnostic] {
    var refused: [Text: Diagnostic] = [:]
    for (watch, deletions) in Dictionary(grouping: steps.filter(\.deletes), by: \.address.watch) {
      if let allowed = allowed[watch], deletions.count <= allowed { continue }
      for (kind, some) in Dictionary(grouping: deletions, by: \.address.kind) {
        let there = plan.ground?.watch(watch)?.resources[kind] ?? 0
        guard some.count > max(1, there * share / 100) else { continue }
        let diagnostic = Diagnostic(
          "too-many-deletions",
          "it is one of \(some.count) deletions among the \(Headline.count(there, kind.string)) of \(watch), and the limit is \(share) %",
          advice: "If that is right, say so: --allow-deletions \(watch)=\(deletions.count)")
        for step in some { refused[step.id] = diagnostic }
      }
    }
    return refused
  }
}

extension Step {
  /// Whether requests of it delete its resource.
  var deletes: Bool {
    guard case .requests(let requests) = remedy else { return false }
    return requests.use.name == .created
  }
}
