/// Where a change came from, in the words of a report.
enum OriginText {
  /// `9c01ab2 A. Author, 2026-11-20`, `created 2026-11-23 14:02 by dten`; empty where nobody tells.
  static func of(_ change: Change) -> String {
    let origin = change.resource.origin
    switch change.what {
    case .updated: return sentence("changed", origin.changed, origin)
    case .created, .recreated: return sentence("created", origin.at ?? origin.changed, origin)
    // With a commit it is the one that took it away; a service tells no more than when the thing was made.
    case .deleted: return origin.commit == nil ? sentence("was created", origin.at, origin) : sentence("deleted", origin.changed, origin)
    }
  }

  private static func sentence(_ verb: String, _ time: Text?, _ origin: Origin) -> String {
    let who = origin.by.map { DisplayText.shortened(DisplayText.terminal($0), to: 40) }
    if let commit = origin.commit {
      let request = origin.story?.request.map { DisplayText.shortened(DisplayText.terminal($0), to: 60) }
      let parts = [who, time.map { day($0) }, request].compactMap { $0 }
      return ([short(commit)] + (parts.isEmpty ? [] : [parts.joined(separator: ", ")])).joined(separator: " ")
    }
    switch (time.map { moment($0) }, who) {
    case (nil, nil): return ""
    case (let time?, nil): return "\(verb) \(time)"
    case (nil, let who?): return verb == "changed" ? "of \(who)" : "\(verb) by \(who)"
    case (let time?, let who?): return "\(verb) \(time)" + (verb == "changed" ? ", of \(who)" : " by \(who)")
    }
  }

  /// Seven digits, as git shortens a commit at least.
  static func short(_ commit: Text) -> String {
    DisplayText.terminal(Text(String(commit.string.prefix(commit.string.count >= 40 ? 8 : 12))))
  }

  /// To the minute in UTC; as the service spells it where that is no time.
  static func moment(_ told: Text) -> String {
    guard let instant = Instant(told: told.string) else { return DisplayText.shortened(DisplayText.terminal(told), to: 40) }
    return moment(instant)
  }

  static func moment(_ instant: Instant) -> String { "\(instant.day) " + instant.rfc3339.dropFirst(11).prefix(5) + " UTC" }

  private static func day(_ told: Text) -> String { Instant(told: told.string)?.day ?? DisplayText.terminal(told) }
}
