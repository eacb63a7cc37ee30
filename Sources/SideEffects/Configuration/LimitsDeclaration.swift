internal import Documents

/// How much `apply` may do without being told so once more.
public struct LimitsDeclaration: Hashable, Sendable {
  /// How old what a plan saw may be, in seconds.
  public let age: Int
  /// How many of a kind's resources may be deleted, in percent of those that there were; one always may.
  public let deletions: Int

  public init(age: Int = 24 * 3_600, deletions: Int = 30) { (self.age, self.deletions) = (age, deletions) }
}

extension LimitsDeclaration {
  static let keys = KeyTable(
    "limits", help: "How much `audit-residue apply` may do without being told so once more.",
    keys: [
      .init(
        "age", .text(named: "a time such as 12h"), help: "How old what a plan saw may be: 24h, if left out; units are `m`, `h` and `d`.",
        example: "12h"),
      .init(
        "deletions", .integer(0...100),
        help: "How many of a kind's resources may be deleted, in percent of those that there were: 30, if left out. One always may.",
        example: "10"),
    ])

  /// Reads a section whose form was checked; what is wrong is noted, and left as it is without the section.
  init(_ document: Document?, checker: inout KeyChecker) {
    let standard = LimitsDeclaration()
    var age = standard.age
    if let given = document?["age"], let text = given.text {
      let units: [Character: Int] = ["m": 60, "h": 3_600, "d": 86_400]
      if let unit = text.last.flatMap({ units[$0] }), let number = Int(text.dropLast()), (1...10_000).contains(number) {
        age = number * unit
      } else {
        checker.note("wrong-value", "`age` must be a time", advice: "Write it such as `30m`, `12h` or `2d`.", at: given.span)
      }
    }
    self.init(age: age, deletions: document?["deletions"]?.number.flatMap { Int($0) } ?? standard.deletions)
  }
}
