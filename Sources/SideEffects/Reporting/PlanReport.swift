internal import Documents

/// A plan as JSON, version 1: see docs/plan.md. Fields may be added, never renamed or removed.
public struct PlanReport {
  private let plan: Plan

  public init(_ plan: Plan) { self.plan = plan }

  /// UTF-8, a line feed at the end; the same bytes for the same plan.
  public func json() -> String { String(decoding: JSONWriter(.pretty).write(document), as: UTF8.self) + "\n" }

  var document: Document {
    JSONFields.object([
      ("version", .count(1)), ("name", .text(plan.name)), ("upgrade", .optional(plan.upgrade)), ("before", .text(plan.before)),
      ("after", .optional(plan.after)), ("now", .optional(plan.now)), ("seen", .moment(plan.seen)),
      ("prediction", .boolean(plan.isPrediction)),
      ("complete", .boolean(plan.isComplete)), ("steps", .list(plan.steps.map(StepFields.document))),
      ("blindSpots", .list(plan.blindSpots.map(BlindSpotFields.document))), ("unseen", .texts(plan.unseen)),
      ("store", .optional(plan.ground?.store)), ("watches", plan.ground.map { .list($0.watches.map(Self.watch)) }),
    ])
  }

  private static func watch(_ watch: PlanGround.Watch) -> Document {
    JSONFields.object([
      ("name", .text(watch.name)), ("provider", .text(watch.provider)), ("manifest", .text(Text(watch.manifest.description))),
      ("account", .optional(watch.account)),
      (
        "kinds",
        .list(
          watch.resources.sorted { $0.key < $1.key }.map { kind, count in
            JSONFields.object([("kind", .text(kind)), ("resources", .count(count))])
          })
      ),
    ])
  }
}
