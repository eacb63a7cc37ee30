import SideEffects

/// The names that stand for snapshots: their own, those of upgrades, and `@before`, `@after`, `@latest`.
struct SnapshotNames {
  /// Which of an upgrade's two snapshots is meant by its name.
  enum Side {
    case before, after
  }

  /// Oldest first.
  let snapshots: [SnapshotSummary]
  /// Oldest first.
  let upgrades: [Upgrade]

  init(_ store: any SnapshotStore) async throws(Failure) {
    snapshots = try await store.snapshots()
    upgrades = try await store.upgrades()
  }

  init(snapshots: [SnapshotSummary], upgrades: [Upgrade]) { (self.snapshots, self.upgrades) = (snapshots, upgrades) }

  /// The snapshot that a word stands for; a snapshot's own name goes before an upgrade's.
  func snapshot(_ word: String, _ side: Side) throws(Failure) -> Text {
    switch word {
    case "@latest":
      guard let latest = snapshots.last else { throw nothing("there is no snapshot yet") }
      return latest.name
    case "@before": return try upgrade(nil).before
    case "@after": return try after(try upgrade(nil))
    default:
      if snapshots.contains(where: { $0.name == Text(word) }) { return Text(word) }
      guard let upgrade = upgrades.first(where: { $0.name == Text(word) }) else { throw unknown(word) }
      switch side {
      case .before: return upgrade.before
      case .after: return try after(upgrade)
      }
    }
  }

  /// The upgrade of that name; the latest where none is named.
  func upgrade(_ name: String?) throws(Failure) -> Upgrade {
    guard let name else {
      guard let latest = upgrades.last else { throw nothing("there is no upgrade yet") }
      return latest
    }
    guard let upgrade = upgrades.first(where: { $0.name == Text(name) }) else {
      let nearest = NearestKey.of(name, among: upgrades.map(\.name.string))
      throw Failure(
        "unknown-upgrade", "no upgrade is called `\(name)`", advice: nearest.map { "Did you mean `\($0)`?" } ?? "`audit-residue list` names them.")
    }
    return upgrade
  }

  /// The first name of a day that is still free, such as `2026-11-23-1`.
  func free(on day: String) -> Text {
    let taken = Set(snapshots.map(\.name) + upgrades.flatMap { [$0.name, $0.before] })
    var number = 1
    while true {
      let name = Text("\(day)-\(number)")
      if !taken.contains(name), !taken.contains(Text("\(name).before")) { return name }
      number += 1
    }
  }

  /// A name of the user's own, if it can be one.
  static func checked(_ name: String) throws(Failure) -> Text {
    let first = name.unicodeScalars.first
    guard let first, first.isNameStart, name.unicodeScalars.allSatisfy({ $0.isNameStart || $0 == "." || $0 == "-" }), name.utf8.count <= 100 else {
      throw Failure(
        "wrong-name", "`\(name)` can't be a name", advice: "Take up to 100 letters, digits, `.`, `_` and `-`, a letter, digit or `_` first.")
    }
    return Text(name)
  }

  private func after(_ upgrade: Upgrade) throws(Failure) -> Text {
    guard let after = upgrade.after else {
      throw Failure(
        "no-after", "the upgrade `\(upgrade.name)` has no snapshot after it",
        advice: "Take it with `audit-residue end \(upgrade.name)`, or compare with what is there now: `audit-residue audit --upgrade \(upgrade.name)`.")
    }
    return after
  }

  private func unknown(_ word: String) -> Failure {
    let known = snapshots.map(\.name.string) + upgrades.map(\.name.string) + ["@before", "@after", "@latest"]
    let nearest = NearestKey.of(word, among: known)
    return Failure(
      "unknown-snapshot", "no snapshot and no upgrade is called `\(word)`",
      advice: nearest.map { "Did you mean `\($0)`?" } ?? "`audit-residue list` names them.")
  }

  private func nothing(_ sentence: String) -> Failure {
    Failure("nothing-recorded", sentence, advice: "Take one with `audit-residue snapshot NAME` or `audit-residue run -- COMMAND`.")
  }
}

extension Unicode.Scalar {
  fileprivate var isNameStart: Bool {
    switch self {
    case "a"..."z", "A"..."Z", "0"..."9", "_": true
    default: false
    }
  }
}
