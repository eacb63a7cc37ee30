import Documents

/// An upgrade in a JSON report.
enum UpgradeFields {
  static func document(_ upgrade: Upgrade) -> Document {
    let (exit, signal): (Int32?, Int32?) =
      switch upgrade.end {
      case .exited(let status): (status, nil)
      case .signalled(let signal): (nil, signal)
      case .byHand, nil: (nil, nil)
      }
    return JSONFields.object([
      ("name", .text(upgrade.name)), ("command", .optional(upgrade.command)), ("began", .moment(upgrade.began)),
      ("ended", upgrade.ended.map { .moment($0) }), ("exit", exit.map { .count(Int($0)) }), ("signal", signal.map { .count(Int($0)) }),
    ])
  }
}
