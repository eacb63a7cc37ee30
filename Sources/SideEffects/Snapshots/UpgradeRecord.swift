internal import Documents

/// An upgrade as canonical JSON, and back.
public enum UpgradeRecord {
  static let version = 1

  /// Canonical JSON, without a line feed.
  public static func json(of upgrade: Upgrade) -> [UInt8] {
    JSONWriter(.canonical).write(
      .object([
        ("after", .of(upgrade.after)), ("before", .of(upgrade.before)), ("began", .of(upgrade.began)), ("command", .of(upgrade.command)),
        ("end", upgrade.end.map(document(of:))), ("ended", .of(upgrade.ended)), ("name", .of(upgrade.name)),
        ("rollback", upgrade.rollback.map(document(of:))), ("version", .of(version)),
      ]))
  }

  /// Fails with the rule `newer-version` where a newer version of this tool wrote it, and `store-damaged` where it is no record.
  public static func upgrade(from json: [UInt8]) throws(Failure) -> Upgrade {
    let record = try StoredObject(json: json, name: "upgrade")
    try record.checkVersion(version)
    return Upgrade(
      name: try record.text("name"), command: try record.optionalText("command"), before: try record.text("before"),
      began: try record.instant("began"), after: try record.optionalText("after"), ended: try record.optionalInstant("ended"),
      end: try record.optional("end", end), rollback: try record.optional("rollback", rollback))
  }

  private static func document(of rollback: Upgrade.Rollback) -> Document {
    .object([("now", .of(rollback.now)), ("restored", .list(rollback.restored.map { .of($0) }))])
  }

  private static func rollback(from document: Document, name: String) throws(Failure) -> Upgrade.Rollback {
    let record = try StoredObject(document, name: name)
    return Upgrade.Rollback(now: try record.text("now"), restored: try record.list("restored", of: StoredObject.text))
  }

  private static func document(of end: Upgrade.End) -> Document {
    switch end {
    case .exited(let status): .object([("exited", .of(Int(status)))])
    case .signalled(let signal): .object([("signalled", .of(Int(signal)))])
    case .byHand: .object([("byHand", Document(.boolean(true)))])
    }
  }

  private static func end(from document: Document, name: String) throws(Failure) -> Upgrade.End {
    let record = try StoredObject(document, name: name)
    if let status = try record.optionalInteger("exited") { return .exited(Int32(clamping: status)) }
    if let signal = try record.optionalInteger("signalled") { return .signalled(Int32(clamping: signal)) }
    guard try record.optionalBoolean("byHand") == true else { throw StoredObject.damaged("`\(name)` is no way to end") }
    return .byHand
  }
}
