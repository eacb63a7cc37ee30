/// Says of each change of an upgrade whether it is the upgrade's, someone else's, or nobody can tell.
public struct Attributor: Sendable {
  private let began: Instant
  private let ended: Instant?
  /// Whether the times are those of a command that ran; else those of the looks.
  private let hasCommand: Bool
  /// Names of accounts that upgrades work as; `*` and `?` are wildcards.
  private let accounts: [Text]
  /// Upgrades that ran at the same time.
  private let others: [Text]

  /// Clocks of services and of this machine differ: what lies within so many seconds of an edge says nothing.
  static let margin: Int64 = 60

  /// - Parameters:
  ///   - after: The look after the upgrade; nil where there was none.
  ///   - all: Every upgrade of the store.
  public init(_ upgrade: Upgrade, before: Snapshot, after: Snapshot?, among all: [Upgrade], accounts: [Text] = []) {
    let hasCommand = upgrade.command != nil && upgrade.ended != nil
    let (began, ended) = (upgrade.began, upgrade.ended ?? after?.began)
    (self.hasCommand, self.began, self.ended, self.accounts) = (hasCommand, began, ended, accounts)
    others = all.filter { other in
      guard other.name != upgrade.name else { return false }
      // Of one whose end nobody saw it is not known whether it still ran.
      let end = other.ended ?? other.began
      return other.began <= (ended ?? upgrade.began) && end >= began
    }.map(\.name).sorted()
  }

  /// Of a change between the looks before and after the upgrade.
  func attribution(of change: Change) -> Attribution {
    if let other = others.first { return Attribution(.unknown, ["the upgrade \(other) ran at the same time"]) }
    let origin = change.resource.origin
    if origin.commit != nil { return ofCommit(origin) }
    switch change.what {
    case .created(let resource), .recreated(_, let resource):
      return attribution("created", at: resource.origin.createdAt, by: resource.origin.by) ?? untold(change)
    case .updated(_, let resource):
      // Who made it is not who changed it.
      return attribution("changed", at: resource.origin.changedAt, by: nil) ?? untold(change)
    case .deleted: return untold(change)
    }
  }

  private func untold(_ change: Change) -> Attribution {
    switch change.withoutCommit {
    case .uncommitted: return Attribution(.unknown, ["it stands in no commit: somebody or something edited the file"])
    case .wentBack: return Attribution(.unknown, ["the repository went back to an older revision"])
    case .shallow: return Attribution(.unknown, ["the clone is shallow, and its history ends before the commit that did it"])
    case .notFound: return Attribution(.unknown, ["no commit that was found did it"])
    case nil: break
    }
    return Attribution(.unknown, ["nobody tells when it was \(change.word == "recreated" ? "made" : change.word.string)"], isTold: false)
  }

  /// Nil where no time is told.
  private func attribution(_ word: String, at moment: Instant?, by account: Text?) -> Attribution? {
    guard let moment else { return nil }
    let who = account.map { ", by \($0)" } ?? ", by whom is not told"
    let when = "\(word) \(OriginText.moment(moment))"
    switch place(of: moment) {
    case .near: return Attribution(.unknown, ["\(when), within a minute of \(edge), and clocks may differ\(who)"])
    case .outside(let how): return Attribution(.other, ["\(when), \(how)\(who)"])
    case .inside:
      guard let account, !accounts.isEmpty else { return Attribution(.upgrade, ["\(when), \(window)\(who)"]) }
      let isUpgrades = accounts.contains { Glob.fits(name: account.string, $0.string) }
      return Attribution(
        isUpgrades ? .upgrade : .other, ["\(when), \(window)", "by \(account), which upgrades \(isUpgrades ? "work" : "don't work") as"])
    }
  }

  /// A commit's time is what the machine said on which it was made; one that was rebased or picked was made then.
  private func ofCommit(_ origin: Origin) -> Attribution {
    let commit = "commit \(OriginText.short(origin.commit ?? ""))\(origin.by.map { " of \($0)" } ?? "")"
    guard let moment = origin.story?.committed ?? origin.changedAt else {
      return Attribution(.unknown, ["\(commit), whose time is not told"])
    }
    switch place(of: moment) {
    case .inside: return Attribution(.upgrade, ["\(commit), committed \(window)"])
    case .near: return Attribution(.unknown, ["\(commit), committed within a minute of \(edge), and clocks may differ"])
    case .outside:
      return Attribution(
        .unknown, ["\(commit), committed \(OriginText.moment(moment)): it came with the revision that was there after the upgrade"])
    }
  }

  private enum Place {
    case inside, near
    case outside(String)
  }

  private func place(of moment: Instant) -> Place {
    guard let ended else { return moment < began ? outside(before: moment) : .near }
    // Many services and all commits tell whole seconds.
    if moment.seconds >= began.seconds, moment.seconds <= ended.seconds { return .inside }
    if moment < began { return began.seconds(since: moment) <= Self.margin ? .near : outside(before: moment) }
    let late = moment.seconds(since: ended)
    return late <= Self.margin
      ? .near : .outside("\(UpgradeText.duration(late)) after \(hasCommand ? "its command had ended" : "the upgrade")")
  }

  private func outside(before moment: Instant) -> Place {
    .outside("\(UpgradeText.duration(began.seconds(since: moment))) before \(hasCommand ? "its command began" : "the upgrade")")
  }

  private var edge: String { hasCommand ? "when its command began or ended" : "the upgrade's begin or end" }

  private var window: String {
    let end = ended.map { " to \($0.rfc3339.dropFirst(11).prefix(5))" } ?? ""
    return "\(hasCommand ? "while its command ran" : "between the two looks") (\(began.rfc3339.dropFirst(11).prefix(5))\(end))"
  }
}
