/// An upgrade in a few words.
enum UpgradeText {
  /// Such as `upgrade 2026-11-23-1`, `./upgrade.sh`, `exit 0`, `4 min 12 s`.
  static func words(_ upgrade: Upgrade) -> [String] {
    var words = ["upgrade \(DisplayText.terminal(upgrade.name))"]
    if let command = upgrade.command { words.append(DisplayText.terminal(command)) }
    switch upgrade.end {
    case .exited(let status): words.append("exit \(status)")
    case .signalled(let signal): words.append("ended by signal \(signal)")
    case .byHand: words.append("by hand")
    case nil: words.append("its end was not recorded")
    }
    if let ended = upgrade.ended { words.append(duration(ended.seconds(since: upgrade.began))) }
    return words
  }

  static func duration(_ seconds: Int64) -> String {
    let (days, hours, minutes, rest) = (seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60)
    if days > 0 { return "\(days) d \(hours) h" }
    if hours > 0 { return "\(hours) h \(minutes) min" }
    return minutes > 0 ? "\(minutes) min \(rest) s" : "\(rest) s"
  }
}
