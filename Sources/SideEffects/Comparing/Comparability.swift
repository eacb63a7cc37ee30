/// How far the observations of one watch and kind in two snapshots can be compared.
enum Comparability {
  case comparable(ObservationPair)
  /// Nothing of them, and why: each is a blind spot.
  case incomparable(ObservationPair, BlindSpot)

  init(before: Observation, after: Observation, keysAreEqual: Bool, later: ObservationPair.Later = .after) {
    let pair = ObservationPair(before: before, after: after, keysAreEqual: keysAreEqual, later: later)
    if let reason = Self.otherQuestion(before.asked, after.asked, later.word) {
      self = .incomparable(pair, pair.blindSpot(.both, reason, unknown: before.count + after.count))
    } else if Self.showsEachReaderItsOwn(before) || Self.showsEachReaderItsOwn(after), before.reader.account != after.reader.account,
      !before.completeness.isFailed, !after.completeness.isFailed
    {
      let reason = Diagnostic(
        "other-reader",
        "\(Self.name(of: before.reader)) looked before and \(Self.name(of: after.reader)) \(later.word), and each sees its own things only",
        advice: "Look again with the credential of the first time")
      self = .incomparable(pair, pair.blindSpot(.both, reason, unknown: before.count + after.count))
    } else {
      self = .comparable(pair)
    }
  }

  /// Nil where the same was asked of both.
  private static func otherQuestion(_ before: Asked, _ after: Asked, _ later: String) -> Diagnostic? {
    if before.provider != after.provider {
      return Diagnostic(
        "first-look",
        "provider \(before.provider) looked before and provider \(after.provider) \(later), so nothing of them can be compared",
        advice: "Take all snapshots with one provider")
    }
    let changed = Set(before.settings.keys).union(after.settings.keys).filter { before.settings[$0] != after.settings[$0] }.sorted()
    guard !changed.isEmpty else { return nil }
    let words = changed.map { "`\($0)` was \(Self.told(before.settings[$0])) before and is \(Self.told(after.settings[$0])) \(later)" }
    return Diagnostic(
      "first-look", words.joined(separator: ", ") + ": this is another place, seen for the first time",
      advice: "The next snapshot will have something to compare with")
  }

  private static func told(_ setting: Text?) -> String { setting.map { "`\($0)`" } ?? "not set" }

  /// A provider says so by a standing blind spot on what can be listed.
  private static func showsEachReaderItsOwn(_ observation: Observation) -> Bool { observation.standing.contains { $0.rule == "not-shown" } }

  static func name(of reader: Reader) -> String { reader.name.map { "`\($0)`" } ?? "a reader without a name" }
}
