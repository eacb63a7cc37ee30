internal import Documents

/// A line of a plan's journal as canonical JSON, and back.
public enum JournalRecord {
  static let version = 1

  /// Canonical JSON, without a line feed.
  public static func json(of entry: JournalEntry) -> [UInt8] {
    JSONWriter(.canonical).write(
      .object([
        ("at", .of(entry.at)), ("course", .of(Text(entry.course.rawValue))), ("event", document(of: entry.event)),
        ("plan", .of(entry.plan)),
        ("step", .of(entry.step)), ("version", .of(version)),
      ]))
  }

  /// Fails with the rule `newer-version` where a newer version of this tool wrote it, and `store-damaged` where it is no record.
  public static func entry(from json: [UInt8]) throws(Failure) -> JournalEntry {
    let record = try StoredObject(json: json, name: "journal")
    try record.checkVersion(version)
    return JournalEntry(
      plan: try record.text("plan"), step: try record.text("step"), course: try record.word("course"),
      event: try event(try record.object("event")), at: try record.instant("at"))
  }

  private static func document(of event: JournalEntry.Event) -> Document {
    switch event {
    case .intended(let part): .object([("part", .of(part)), ("what", .of("intended"))])
    case .taken(let part, let status): .object([("part", .of(part)), ("status", status.map { .of($0) }), ("what", .of("taken"))])
    case .refused(let part, let because): .object([("because", .of(because)), ("part", .of(part)), ("what", .of("refused"))])
    case .unclear(let part, let because): .object([("because", .of(because)), ("part", .of(part)), ("what", .of("unclear"))])
    case .done(let made): .object([("made", made.map(document(of:))), ("what", .of("done"))])
    case .proposed(let commit, let branch): .object([("branch", .of(branch)), ("commit", .of(commit)), ("what", .of("proposed"))])
    case .settled: .object([("what", .of("settled"))])
    }
  }

  private static func event(_ record: StoredObject) throws(Failure) -> JournalEntry.Event {
    switch try record.text("what") {
    case "intended": .intended(part: try record.integer("part"))
    case "taken": .taken(part: try record.integer("part"), status: try record.optionalInteger("status"))
    case "refused": .refused(part: try record.integer("part"), because: try record.text("because"))
    case "unclear": .unclear(part: try record.integer("part"), because: try record.text("because"))
    case "done": .done(made: try record.optional("made", address))
    case "proposed": .proposed(commit: try record.text("commit"), branch: try record.text("branch"))
    case "settled": .settled
    default:
      throw Failure("newer-version", "a record of the store has an event that this program doesn't know", advice: "update audit-residue")
    }
  }

  private static func document(of address: ResourceAddress) -> Document {
    .object([
      ("id", .of(address.id)), ("kind", .of(address.kind)),
      ("scope", .list(address.scope.steps.map { .object([("id", .of($0.id)), ("list", .of($0.list))]) })), ("watch", .of(address.watch)),
    ])
  }

  private static func address(from document: Document, name: String) throws(Failure) -> ResourceAddress {
    let record = try StoredObject(document, name: name)
    let steps = try record.list("scope") { document, name throws(Failure) in
      let step = try StoredObject(document, name: name)
      return Scope.Step(list: try step.text("list"), id: try step.text("id"))
    }
    return ResourceAddress(
      watch: try record.text("watch"), kind: try record.text("kind"), id: try record.text("id"), scope: Scope(steps))
  }
}
