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

  /// The two snapshots that a difference is of; an upgrade that is named alone means both of its own.
  func pair(_ before: String, _ after: String?) throws(Failure) -> (Text, Text) {
    if let after { return (try snapshot(before, .before), try snapshot(after, .after)) }
    if before == "@before" { return (try snapshot(before, .before), try snapshot("@after", .after)) }
    let old = try snapshot(before, .before)
    guard let upgrade = upgrades.first(where: { $0.name == Text(before) && $0.before == old }) else {
      throw Failure(
        "one-snapshot", "`\(before)` is one snapshot, and a difference is of two",
        advice: "Name the other one too: audit-residue diff \(before) AFTER.")
    }
    return (old, try self.after(upgrade))
  }

  /// The upgrade of that name; the latest where none is named.
  func upgrade(_ name: String?) throws(Failure) -> Upgrade {
    guard let name else {
      guard let latest = upgrades.last else { throw withoutUpgrade }
      return latest
    }
    guard let upgrade = upgrades.first(where: { $0.name == Text(name) }) else {
      let nearest = NearestKey.of(name, among: upgrades.map(\.name.string))
      throw Failure(
        "unknown-upgrade", "no upgrade is called `\(name)`",
        advice: nearest.map { "Did you mean `\($0)`?" } ?? "`audit-residue list` names them.")
    }
    return upgrade
  }

  private var withoutUpgrade: Failure {
    let compare = snapshots.last.map { ", or compare what is there now with a snapshot: `audit-residue audit --before \($0)`" } ?? ""
    return Failure(
      "nothing-recorded", "there is no upgrade yet", advice: "Record one with `audit-residue run -- COMMAND`\(compare).")
  }

  /// What to know where no upgrade was named and the latest may not be the one that is meant: nobody saw its end.
  func doubt(of picked: Upgrade) -> String? {
    guard picked.end == nil, picked.ended == nil, let earlier = upgrades.last(where: { $0.name != picked.name }) else { return nil }
    return "the latest upgrade `\(picked.name)` has no recorded end; if you mean the one before it: --upgrade \(earlier.name)"
  }

  /// An upgrade without an after: the named one, or the latest.
  func open(_ name: String?) throws(Failure) -> Upgrade {
    guard name == nil else {
      let upgrade = try upgrade(name)
      guard upgrade.after == nil else {
        throw Failure(
          "already-ended", "the upgrade `\(upgrade.name)` has its snapshot after it already",
          advice: "See it with `audit-residue diff \(upgrade.name)`.")
      }
      return upgrade
    }
    guard let latest = upgrades.last(where: { $0.after == nil }) else {
      throw Failure(
        "nothing-begun", "there is no upgrade that has begun and not ended",
        advice: "Begin one with `audit-residue begin`, or wrap its command: `audit-residue run -- COMMAND`.")
    }
    return latest
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

  /// The first name that is still free for a look after a rollback, such as `2026-11-23-1.now-1`.
  func freeNow(after name: Text) -> Text {
    let taken = Set(snapshots.map(\.name) + upgrades.compactMap(\.rollback?.now))
    var number = 1
    while taken.contains(Text("\(name).now-\(number)")) { number += 1 }
    return Text("\(name).now-\(number)")
  }

  /// A name of the user's own that no snapshot and no upgrade has yet.
  func unused(_ name: String) throws(Failure) -> Text {
    let name = try Self.checked(name)
    let taken = snapshots.map(\.name) + upgrades.map(\.name)
    guard !taken.contains(name), !taken.contains(Text("\(name).before")) else {
      throw Failure(
        "name-taken", "there is a snapshot or an upgrade `\(name)` already",
        advice: "Take another name, or remove that one with `audit-residue forget \(name)`.")
    }
    return name
  }

  /// A name of the user's own, if it can be one.
  static func checked(_ name: String) throws(Failure) -> Text {
    guard isName(name), name.utf8.count <= 100 else {
      throw Failure(
        "wrong-name", "`\(name)` can't be a name", advice: "Take up to 100 letters, digits, `.`, `_` and `-`, a letter, digit or `_` first."
      )
    }
    return Text(name)
  }

  /// Whether a name can be one of a snapshot or an upgrade, those that are made of the user's own included.
  static func isName(_ name: String) -> Bool {
    guard let first = name.unicodeScalars.first, first.isNameStart, name.utf8.count <= 120 else { return false }
    return name.unicodeScalars.allSatisfy { $0.isNameStart || $0 == "." || $0 == "-" }
  }

  /// The snapshot after an upgrade.
  func after(_ upgrade: Upgrade) throws(Failure) -> Text {
    guard let after = upgrade.after else { throw Self.withoutAfter(upgrade) }
    return after
  }

  static func withoutAfter(_ upgrade: Upgrade) -> Failure {
    Failure(
      "no-after", "the upgrade `\(upgrade.name)` has no snapshot after it",
      advice:
        "Take it with `audit-residue end \(upgrade.name)`, or compare with what is there now: `audit-residue audit --upgrade \(upgrade.name)`."
    )
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
