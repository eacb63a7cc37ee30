internal import Documents

/// A plan as it was kept, and as somebody has read it.
public struct KeptPlan: Sendable {
  public let name: Text
  public let upgrade: Text?
  /// The newest snapshot that it was made of.
  public let basis: Text
  /// The id of the key of the store that it was made in; nil where an earlier version of this tool made it.
  public let store: Text?
  /// Each step's JSON by its id, but for its number and those of others: these move when a step comes or goes.
  private let steps: [Text: [UInt8]]
  private let numbers: [Text: Int]

  /// - Throws: `wrong-plan` where it is no plan, `newer-version` where a newer version of this tool made it.
  public init(json bytes: [UInt8]) throws(Failure) {
    do throws(Failure) {
      try self.init(StoredObject(json: bytes, name: "plan"))
    } catch {
      guard error.diagnostics.first.rule == "store-damaged" else { throw error }
      throw Failure(
        "wrong-plan", "this is no plan: \(error.diagnostics.first.sentence)",
        advice: "Write one with `audit-residue plan --format json -o FILE`.")
    }
  }

  private init(_ object: StoredObject) throws(Failure) {
    guard try object.integer("version") == 1 else {
      throw Failure(
        "newer-version", "the plan is of a later version than 1, which this program reads", advice: "Take a newer audit-residue.")
    }
    name = try object.text("name")
    upgrade = try object.optionalText("upgrade")
    let newest = [try object.optionalText("now"), try object.optionalText("after"), try object.text("before")]
    basis = newest.compactMap(\.self).first ?? name
    store = try object.optionalText("store")
    var steps: [Text: [UInt8]] = [:]
    var numbers: [Text: Int] = [:]
    for step in object["steps"]?.list ?? [] {
      guard let id = step["id"]?.text else { throw StoredObject.damaged("a step has no id") }
      steps[Text(id)] = Self.bytes(of: step)
      numbers[Text(id)] = step["number"]?.number.flatMap { Int($0) }
    }
    (self.steps, self.numbers) = (steps, numbers)
  }

  /// Whether it has the same steps under the same numbers.
  public func numbersAlike(_ plan: Plan) -> Bool {
    numbers == Dictionary(plan.steps.map { ($0.id, $0.number) }, uniquingKeysWith: { first, _ in first })
  }

  /// Whether it holds a step.
  func holds(_ step: Text) -> Bool { steps[step] != nil }

  /// Whether a step stands in it as it is now.
  func showed(_ step: Step) -> Bool { steps[step.id] == Self.bytes(of: StepFields.document(step)) }

  private static func bytes(of step: Document) -> [UInt8] {
    let members = (step.members ?? []).filter { !["number", "follows"].contains($0.key) }
    return JSONWriter(.canonical).write(Document(.map(members)))
  }
}
